//! Wasmtime 6.0.0 as a lane of the harness.

use modal_harness_worker::{About, Engine, Fault, Instance, Interface, Stop, Trap, Value, names, serve};
use std::collections::BTreeMap;
use std::io;
use wasmtime::{Config, Extern, ExternRef, ExternType, Func, ImportType, Module, Store, Val};

/// Bytes: far above what the meter's stack limit lets be live, and below what a worker's thread has.
const STACK: usize = 16 << 20;

fn main() -> io::Result<()> {
    let mut config = Config::new();
    config.max_wasm_stack(STACK);
    let engine = wasmtime::Engine::new(&config).map_err(io::Error::other)?;
    serve(|| Wasmtime6(engine))
}

struct Wasmtime6(wasmtime::Engine);

impl Engine for Wasmtime6 {
    type Module = Module;
    type Instance = Running;

    fn about(&self) -> About {
        About { engine: "wasmtime".into(), version: "6.0.0".into(), ..About::default() }
    }

    fn compile(&mut self, metered: &[u8]) -> Result<Module, Fault> {
        Module::new(&self.0, metered).map_err(|error| Fault::new("EngineCompile", format!("{error:#}")))
    }

    fn instantiate(&mut self, module: &Module, interface: &Interface) -> Result<Running, Fault> {
        let mut store = Store::new(&self.0, Vec::new());
        let imports = module.imports().map(|import| link(&mut store, &import)).collect::<Result<Vec<_>, _>>()?;
        let fault = |error| Fault::new("EngineInstantiate", format!("{error:#}"));
        let instance = wasmtime::Instance::new(&mut store, module, &imports).map_err(fault)?;
        let mut functions = Vec::new();
        for &index in &interface.functions {
            let name = names::function(index);
            let function = instance.get_func(&mut store, &name).ok_or_else(|| missing(&name))?;
            functions.push((index, function));
        }
        let by_identity = functions.iter().map(|(index, function)| (identity(&store, function), *index)).collect();
        Ok(Running { store, instance, by_identity, by_index: functions.into_iter().collect() })
    }
}

/// Calls of `env.abort`, by their arguments.
type Aborts = Vec<Vec<Value>>;

struct Running {
    store: Store<Aborts>,
    instance: wasmtime::Instance,
    /// The functions that references name, both ways.
    by_identity: BTreeMap<usize, u32>,
    by_index: BTreeMap<u32, Func>,
}

impl Instance for Running {
    fn call(&mut self, export: &str, args: &[Value], results: usize) -> Result<Vec<Value>, Stop> {
        let function = self.instance.get_func(&mut self.store, export).ok_or_else(|| missing(export))?;
        let args = args.iter().map(|&value| self.lower(value)).collect::<Result<Vec<_>, _>>()?;
        let mut returned = vec![Val::I32(0); results];
        function.call(&mut self.store, &args, &mut returned).map_err(|error| stop(&error))?;
        returned.iter().map(|value| Ok(self.lift(value)?)).collect()
    }

    fn global(&mut self, export: &str) -> Result<Value, Fault> {
        let global = self.instance.get_global(&mut self.store, export).ok_or_else(|| missing(export))?;
        let value = global.get(&mut self.store);
        self.lift(&value)
    }

    fn set_global(&mut self, export: &str, value: Value) -> Result<(), Fault> {
        let global = self.instance.get_global(&mut self.store, export).ok_or_else(|| missing(export))?;
        let value = self.lower(value)?;
        global.set(&mut self.store, value).map_err(|error| Fault::new("Counter", format!("{export}: {error:#}")))
    }

    fn memory(&mut self) -> Option<&mut [u8]> {
        let memory = self.instance.get_memory(&mut self.store, names::MEMORY)?;
        Some(memory.data_mut(&mut self.store))
    }

    fn table(&mut self, export: &str) -> Result<Vec<Value>, Fault> {
        let table = self.instance.get_table(&mut self.store, export).ok_or_else(|| missing(export))?;
        let size = table.size(&self.store);
        let element = |index| {
            let element = table.get(&mut self.store, index);
            element.ok_or_else(|| Fault::new("UnknownValue", format!("{export} has no element {index}")))
        };
        let elements = (0..size).map(element).collect::<Result<Vec<_>, _>>()?;
        elements.iter().map(|element| self.lift(element)).collect()
    }

    fn take_aborts(&mut self) -> Aborts {
        std::mem::take(self.store.data_mut())
    }
}

impl Running {
    fn lower(&self, value: Value) -> Result<Val, Fault> {
        Ok(match value {
            Value::I32(bits) => Val::I32(bits.cast_signed()),
            Value::I64(bits) => Val::I64(bits.cast_signed()),
            Value::F32(bits) => Val::F32(bits),
            Value::F64(bits) => Val::F64(bits),
            Value::FuncRef(None) => Val::FuncRef(None),
            Value::FuncRef(Some(index)) => match self.by_index.get(&index) {
                Some(function) => Val::FuncRef(Some(*function)),
                None => return Err(Fault::new("UnknownFunction", format!("no reference can name function {index}"))),
            },
            Value::ExternRef(number) => Val::ExternRef(number.map(ExternRef::new)),
        })
    }

    fn lift(&self, value: &Val) -> Result<Value, Fault> {
        let unknown = || Fault::new("UnknownValue", format!("{value:?}"));
        Ok(match value {
            Val::I32(bits) => Value::I32(bits.cast_unsigned()),
            Val::I64(bits) => Value::I64(bits.cast_unsigned()),
            Val::F32(bits) => Value::F32(*bits),
            Val::F64(bits) => Value::F64(*bits),
            Val::FuncRef(None) => Value::FuncRef(None),
            Val::FuncRef(Some(function)) => {
                let identity = identity(&self.store, function);
                Value::FuncRef(Some(*self.by_identity.get(&identity).ok_or_else(unknown)?))
            }
            Val::ExternRef(None) => Value::ExternRef(None),
            Val::ExternRef(Some(object)) => {
                Value::ExternRef(Some(*object.data().downcast_ref::<u32>().ok_or_else(unknown)?))
            }
            Val::V128(_) => return Err(unknown()),
        })
    }
}

/// The address of what a reference to the function holds.
fn identity(store: &Store<Aborts>, function: &Func) -> usize {
    // SAFETY: the address is compared with those of the same store, which is alive, and never read through.
    unsafe { function.to_raw(store) }
}

fn missing(export: &str) -> Fault {
    Fault::new("MissingExport", export)
}

/// Why a host function stopped its guest.
#[derive(Debug, thiserror::Error)]
enum HostStop {
    #[error("the guest aborted")]
    Abort,
    #[error("the guest calls another module")]
    Composition,
}

fn link(store: &mut Store<Aborts>, import: &ImportType<'_>) -> Result<Extern, Fault> {
    let aborts = match (import.module(), import.name()) {
        ("env", "abort") => true,
        ("modal", _) => false,
        (module, name) => return Err(Fault::new("UnknownImport", format!("{module}.{name}"))),
    };
    let ExternType::Func(ty) = import.ty() else { return Err(Fault::new("UnknownImport", import.name())) };
    let function = Func::new(store, ty, move |mut caller, args, _| {
        if !aborts {
            return Err(HostStop::Composition.into());
        }
        let args = args.iter().filter_map(Val::i32).map(|arg| Value::I32(arg.cast_unsigned()));
        caller.data_mut().push(args.collect());
        Err(HostStop::Abort.into())
    });
    Ok(function.into())
}

fn stop(error: &anyhow::Error) -> Stop {
    match error.downcast_ref::<HostStop>() {
        Some(HostStop::Abort) => return Trap::GuestAbort.into(),
        Some(HostStop::Composition) => return Fault::new("Composition", error).into(),
        None => {}
    }
    match error.downcast_ref::<wasmtime::Trap>() {
        Some(wasmtime::Trap::UnreachableCodeReached) => Trap::Unreachable.into(),
        Some(wasmtime::Trap::MemoryOutOfBounds) => Trap::MemoryOutOfBounds.into(),
        Some(wasmtime::Trap::TableOutOfBounds) => Trap::TableOutOfBounds.into(),
        Some(wasmtime::Trap::IndirectCallToNull) => Trap::IndirectCallToNull.into(),
        Some(wasmtime::Trap::BadSignature) => Trap::BadSignature.into(),
        Some(wasmtime::Trap::IntegerDivisionByZero) => Trap::IntegerDivisionByZero.into(),
        Some(wasmtime::Trap::IntegerOverflow) => Trap::IntegerOverflow.into(),
        Some(wasmtime::Trap::BadConversionToInteger) => Trap::BadConversionToInteger.into(),
        Some(wasmtime::Trap::StackOverflow) => Fault::new("EngineStackOverflow", error).into(),
        _ => Fault::new("UnknownTrap", format!("{error:#}")).into(),
    }
}
