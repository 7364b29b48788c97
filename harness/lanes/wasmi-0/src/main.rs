//! wasmi 0.35.0 as a lane of the harness.

use modal_harness_worker::{About, Engine, Fault, Instance, Interface, Stop, Trap, Value, names, serve};
use std::collections::BTreeMap;
use std::fmt;
use wasmi::core::{F32, F64, HostError, TrapCode};
use wasmi::errors::{ErrorKind, LinkerError, TableError};
use wasmi::{
    CompilationMode, Config, ExternRef, ExternType, Func, FuncRef, ImportType, Linker, Module, StackLimits, Store, Val,
};

fn main() -> std::io::Result<()> {
    serve(|| Wasmi0)
}

struct Wasmi0;

impl Engine for Wasmi0 {
    type Module = (wasmi::Engine, Module);
    type Instance = Running;

    fn about(&self) -> About {
        About { engine: "wasmi".into(), version: "0.35.0".into(), ..About::default() }
    }

    fn compile(&mut self, metered: &[u8]) -> Result<Self::Module, Fault> {
        let mut config = Config::default();
        config.compilation_mode(CompilationMode::Eager).consume_fuel(false).ignore_custom_sections(true);
        // Far above what the meter's stack limit lets be live: values of eight bytes, and frames.
        let limits = StackLimits::new(1 << 10, 1 << 21, 65_536).map_err(|error| Fault::new("EngineLimits", error))?;
        config.set_stack_limits(limits);
        // An engine keeps the code of every module that it ever translated, so each module has one.
        let engine = wasmi::Engine::new(&config);
        let module = Module::new(&engine, metered).map_err(|error| Fault::new("EngineCompile", error))?;
        Ok((engine, module))
    }

    fn instantiate(&mut self, (engine, module): &Self::Module, interface: &Interface) -> Result<Running, Fault> {
        let mut store = Store::new(engine, Vec::new());
        let mut linker = Linker::new(engine);
        for import in module.imports() {
            link(&mut linker, &import)?;
        }
        // The meter takes the start function away, so there is none to run.
        let instance =
            linker.instantiate(&mut store, module).and_then(|instance| Ok(instance.ensure_no_start(&mut store)?));
        let instance = instance.map_err(|error| Fault::new("EngineInstantiate", error))?;
        let mut functions = Vec::new();
        for &index in &interface.functions {
            let name = names::function(index);
            let function = instance.get_func(&store, &name).ok_or_else(|| missing(&name))?;
            functions.push((index, function));
        }
        let by_identity = functions.iter().map(|(index, function)| (identity(*function), *index)).collect();
        Ok(Running { store, instance, by_identity, by_index: functions.into_iter().collect() })
    }
}

/// Calls of `env.abort`, by their arguments.
type Aborts = Vec<Vec<Value>>;

struct Running {
    store: Store<Aborts>,
    instance: wasmi::Instance,
    /// The functions that references name, both ways. wasmi compares none, but what it prints of one is its identity.
    by_identity: BTreeMap<String, u32>,
    by_index: BTreeMap<u32, Func>,
}

impl Instance for Running {
    fn call(&mut self, export: &str, args: &[Value], results: usize) -> Result<Vec<Value>, Stop> {
        let function = self.instance.get_func(&self.store, export).ok_or_else(|| missing(export))?;
        let args = args.iter().map(|&value| self.lower(value)).collect::<Result<Vec<_>, _>>()?;
        let mut returned = vec![Val::I32(0); results];
        function.call(&mut self.store, &args, &mut returned).map_err(|error| stop(&error))?;
        returned.iter().map(|value| Ok(self.lift(value)?)).collect()
    }

    fn global(&mut self, export: &str) -> Result<Value, Fault> {
        let global = self.instance.get_global(&self.store, export).ok_or_else(|| missing(export))?;
        self.lift(&global.get(&self.store))
    }

    fn set_global(&mut self, export: &str, value: Value) -> Result<(), Fault> {
        let global = self.instance.get_global(&self.store, export).ok_or_else(|| missing(export))?;
        let value = self.lower(value)?;
        global.set(&mut self.store, value).map_err(|error| Fault::new("Counter", format!("{export}: {error}")))
    }

    fn memory(&mut self) -> Option<&mut [u8]> {
        let memory = self.instance.get_memory(&self.store, names::MEMORY)?;
        Some(memory.data_mut(&mut self.store))
    }

    fn table(&mut self, export: &str) -> Result<Vec<Value>, Fault> {
        let table = self.instance.get_table(&self.store, export).ok_or_else(|| missing(export))?;
        let element = |index| match table.get(&self.store, index) {
            Some(element) => self.lift(&element),
            None => Err(Fault::new("UnknownValue", format!("{export} has no element {index}"))),
        };
        (0..table.size(&self.store)).map(element).collect()
    }

    fn take_aborts(&mut self) -> Aborts {
        std::mem::take(self.store.data_mut())
    }
}

impl Running {
    fn lower(&mut self, value: Value) -> Result<Val, Fault> {
        Ok(match value {
            Value::I32(bits) => Val::I32(bits.cast_signed()),
            Value::I64(bits) => Val::I64(bits.cast_signed()),
            Value::F32(bits) => Val::F32(F32::from_bits(bits)),
            Value::F64(bits) => Val::F64(F64::from_bits(bits)),
            Value::FuncRef(None) => Val::FuncRef(FuncRef::null()),
            Value::FuncRef(Some(index)) => match self.by_index.get(&index) {
                Some(function) => Val::FuncRef(FuncRef::new(*function)),
                None => return Err(Fault::new("UnknownFunction", format!("no reference can name function {index}"))),
            },
            Value::ExternRef(None) => Val::ExternRef(ExternRef::null()),
            Value::ExternRef(Some(number)) => Val::ExternRef(ExternRef::new(&mut self.store, number)),
        })
    }

    fn lift(&self, value: &Val) -> Result<Value, Fault> {
        let unknown = || Fault::new("UnknownValue", format!("{value:?}"));
        Ok(match value {
            Val::I32(bits) => Value::I32(bits.cast_unsigned()),
            Val::I64(bits) => Value::I64(bits.cast_unsigned()),
            Val::F32(float) => Value::F32(float.to_bits()),
            Val::F64(float) => Value::F64(float.to_bits()),
            Val::FuncRef(reference) => match reference.func() {
                None => Value::FuncRef(None),
                Some(function) => {
                    Value::FuncRef(Some(*self.by_identity.get(&identity(*function)).ok_or_else(unknown)?))
                }
            },
            Val::ExternRef(reference) => match reference.data(&self.store) {
                None => Value::ExternRef(None),
                Some(object) => Value::ExternRef(Some(*object.downcast_ref::<u32>().ok_or_else(unknown)?)),
            },
        })
    }
}

fn identity(function: Func) -> String {
    format!("{function:?}")
}

fn missing(export: &str) -> Fault {
    Fault::new("MissingExport", export)
}

/// Why a host function stopped its guest.
#[derive(Debug)]
enum HostStop {
    Abort,
    Composition,
}

impl fmt::Display for HostStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Abort => "the guest aborted",
            Self::Composition => "the guest calls another module",
        })
    }
}

impl HostError for HostStop {}

/// Defines what is imported, once: a module may import one function twice.
fn link(linker: &mut Linker<Aborts>, import: &ImportType<'_>) -> Result<(), Fault> {
    let (module, name) = (import.module(), import.name());
    let aborts = match (module, name) {
        ("env", "abort") => true,
        ("modal", _) => false,
        _ => return Err(Fault::new("UnknownImport", format!("{module}.{name}"))),
    };
    let ExternType::Func(ty) = import.ty() else { return Err(Fault::new("UnknownImport", name)) };
    let linked = linker.func_new(module, name, ty.clone(), move |mut caller, args, _| {
        if !aborts {
            return Err(wasmi::Error::host(HostStop::Composition));
        }
        let args = args.iter().filter_map(Val::i32).map(|arg| Value::I32(arg.cast_unsigned()));
        caller.data_mut().push(args.collect());
        Err(wasmi::Error::host(HostStop::Abort))
    });
    match linked {
        Ok(_) | Err(LinkerError::DuplicateDefinition { .. }) => Ok(()),
        Err(error) => Err(Fault::new("EngineInstantiate", error)),
    }
}

fn stop(error: &wasmi::Error) -> Stop {
    match error.downcast_ref::<HostStop>() {
        Some(HostStop::Abort) => return Trap::GuestAbort.into(),
        Some(HostStop::Composition) => return Fault::new("Composition", error).into(),
        None => {}
    }
    if let ErrorKind::Table(TableError::CopyOutOfBounds) = error.kind() {
        // The one trap that wasmi gives no code.
        return Trap::TableOutOfBounds.into();
    }
    match error.as_trap_code() {
        Some(TrapCode::UnreachableCodeReached) => Trap::Unreachable.into(),
        Some(TrapCode::MemoryOutOfBounds) => Trap::MemoryOutOfBounds.into(),
        Some(TrapCode::TableOutOfBounds) => Trap::TableOutOfBounds.into(),
        Some(TrapCode::IndirectCallToNull) => Trap::IndirectCallToNull.into(),
        Some(TrapCode::BadSignature) => Trap::BadSignature.into(),
        Some(TrapCode::IntegerDivisionByZero) => Trap::IntegerDivisionByZero.into(),
        Some(TrapCode::IntegerOverflow) => Trap::IntegerOverflow.into(),
        Some(TrapCode::BadConversionToInteger) => Trap::BadConversionToInteger.into(),
        Some(TrapCode::StackOverflow) => Fault::new("EngineStackOverflow", error).into(),
        Some(TrapCode::GrowthOperationLimited) => Fault::new("EngineOutOfMemory", error).into(),
        Some(TrapCode::OutOfFuel) | None => Fault::new("UnknownTrap", error).into(),
    }
}
