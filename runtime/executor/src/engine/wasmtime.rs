//! Wasmtime as a backend.

mod config;

use super::backend::{CompiledModule, Counter, EngineInstance, Stop, named_functions};
use super::{Compiler, EngineConfig};
use crate::fault::Fault;
use crate::host::{GuestAbort, Host, HostFunction, OutOfMemory};
use crate::stack::{NATIVE_STACK, with_native_stack};
use crate::trap::Trap;
use crate::value::Value;
use config::shared_engine;
use modal_wasm_meter::{Interface, ValueType, names};
use std::collections::BTreeMap;
use std::sync::Arc;
use wasmtime::{
    AsContextMut, Extern, ExternRef, ExternType, Func, FuncType, Global, ImportType, Instance, Memory, Module,
    ModuleExport, Ref, RootScope, Store, Table, Val, ValType,
};

/// A module compiled by one of Wasmtime's compilers.
pub(super) struct Compiled {
    config: EngineConfig,
    interface: Arc<Interface>,
    module: Module,
    imports: Vec<(HostFunction, FuncType)>,
    counters: [ModuleExport; Counter::ALL.len()],
    memory: Option<ModuleExport>,
}

impl Compiled {
    pub(super) fn new(compiler: Compiler, metered: &[u8], interface: Arc<Interface>) -> Result<Self, Fault> {
        let config = EngineConfig::Wasmtime(compiler);
        let engine = shared_engine(compiler)?;
        let module = with_native_stack(NATIVE_STACK, || Module::from_binary(engine, metered))
            .map_err(|error| Fault::Compile { engine: config, reason: format!("{error:#}") })?;
        let imports = module.imports().map(|import| host_function(&import)).collect::<Result<_, _>>()?;
        let export =
            |name: &str| module.get_export_index(name).ok_or_else(|| Fault::MissingExport { name: name.to_owned() });
        let [gas, stack, low, status] = Counter::ALL.map(|counter| export(counter.name()));
        let counters = [gas?, stack?, low?, status?];
        let memory = if interface.has_memory { Some(export(names::MEMORY)?) } else { None };
        Ok(Self { config, interface, imports, counters, memory, module })
    }
}

impl CompiledModule for Compiled {
    fn instantiate(&self) -> Result<Box<dyn EngineInstance>, Fault> {
        let failed = |error: wasmtime::Error| match error.is::<OutOfMemory>() {
            true => Fault::OutOfMemory,
            false => Fault::Instantiate { engine: self.config, reason: format!("{error:#}") },
        };
        let mut store = Store::try_new(self.module.engine(), Host::default()).map_err(failed)?;
        store.limiter(|host| &mut host.growth);
        let imports: Vec<Extern> = self
            .imports
            .iter()
            .map(|(function, ty)| {
                let function = *function;
                Func::new(&mut store, ty.clone(), move |mut caller, args, _results| {
                    // The type was checked when the import was resolved: every argument is an i32.
                    let args = args.iter().filter_map(Val::i32).map(|bits| Value::I32(bits.cast_unsigned())).collect();
                    Err(function.call(caller.data_mut(), args).into())
                })
                .into()
            })
            .collect();
        let instance = Instance::new(&mut store, &self.module, &imports).map_err(failed)?;
        let mut counter = |of: Counter| {
            let export = &self.counters[of as usize];
            let global = instance.get_module_export(&mut store, export).and_then(Extern::into_global);
            global.ok_or_else(|| Fault::MissingExport { name: of.name().to_owned() })
        };
        let [gas, stack, low, status] = Counter::ALL.map(&mut counter);
        let counters = [gas?, stack?, low?, status?];
        let memory = match &self.memory {
            None => None,
            Some(export) => {
                let memory = instance.get_module_export(&mut store, export).and_then(Extern::into_memory);
                Some(memory.ok_or_else(|| Fault::MissingExport { name: names::MEMORY.to_owned() })?)
            }
        };
        let interface = Arc::clone(&self.interface);
        Ok(Box::new(Running { config: self.config, interface, store, instance, counters, memory, functions: None }))
    }
}

/// An instance in a store of its own.
struct Running {
    config: EngineConfig,
    interface: Arc<Interface>,
    store: Store<Host>,
    instance: Instance,
    counters: [Global; Counter::ALL.len()],
    memory: Option<Memory>,
    /// The functions that references can name, made when the first is met.
    functions: Option<Functions>,
}

/// The index of each function by its address in the store, and the other way round.
struct Functions {
    indices: BTreeMap<usize, u32>,
    by_index: BTreeMap<u32, Func>,
}

impl EngineInstance for Running {
    fn native_stack(&self) -> usize {
        NATIVE_STACK
    }

    fn call(&mut self, export: &str, args: &[Value], results: &[ValueType]) -> Result<Vec<Value>, Stop> {
        let function = self
            .instance
            .get_func(&mut self.store, export)
            .ok_or_else(|| Fault::MissingExport { name: export.to_owned() })?;
        let args = args.iter().map(|&value| self.lower(value)).collect::<Result<Vec<_>, _>>()?;
        // The call overwrites every result; the type of these does not matter.
        let mut returned = vec![Val::I32(0); results.len()];
        function.call(&mut self.store, &args, &mut returned).map_err(|error| self.stop(&error))?;
        if returned.iter().any(|value| value.ref_().is_some()) {
            self.functions()?;
        }
        let functions = self.functions.as_ref();
        returned.iter().map(|value| Ok(lift(&mut self.store, functions, value)?)).collect()
    }

    fn counter(&mut self, counter: Counter) -> Result<i64, Fault> {
        match self.counters[counter as usize].get(&mut self.store) {
            Val::I64(value) => Ok(value),
            Val::I32(value) => Ok(value.into()),
            _ => Err(Fault::MissingExport { name: counter.name().to_owned() }),
        }
    }

    fn set_counter(&mut self, counter: Counter, value: i64) -> Result<(), Fault> {
        let wrong = || Fault::MissingExport { name: counter.name().to_owned() };
        let value = match counter {
            Counter::Gas => Val::I64(value),
            Counter::Stack | Counter::StackLow | Counter::Status => Val::I32(value.try_into().map_err(|_| wrong())?),
        };
        self.counters[counter as usize].set(&mut self.store, value).map_err(|_| wrong())
    }

    fn memory(&self) -> Option<&[u8]> {
        self.memory.map(|memory| memory.data(&self.store))
    }

    fn memory_mut(&mut self) -> Option<&mut [u8]> {
        self.memory.map(|memory| memory.data_mut(&mut self.store))
    }

    fn globals(&mut self) -> Result<Vec<Value>, Fault> {
        self.functions()?;
        let functions = self.functions.as_ref();
        let mut scope = RootScope::new(&mut self.store);
        (0..)
            .zip(&self.interface.globals)
            .map(|(index, _)| {
                let name = names::global(index);
                let global = self.instance.get_global(&mut scope, &name).ok_or(Fault::MissingExport { name })?;
                let value = global.get(&mut scope);
                lift(&mut scope, functions, &value)
            })
            .collect()
    }

    fn tables(&mut self) -> Result<Vec<Vec<Value>>, Fault> {
        self.functions()?;
        let functions = self.functions.as_ref();
        (0..)
            .zip(&self.interface.tables)
            .map(|(index, _)| {
                let name = names::table(index);
                let table = self.instance.get_table(&mut self.store, &name).ok_or(Fault::MissingExport { name })?;
                table_values(&mut self.store, functions, table)
            })
            .collect()
    }

    fn host(&self) -> &Host {
        self.store.data()
    }

    fn host_mut(&mut self) -> &mut Host {
        self.store.data_mut()
    }
}

impl Running {
    fn stop(&self, error: &wasmtime::Error) -> Stop {
        if error.is::<GuestAbort>() {
            return Stop::Trap(Trap::GuestAbort);
        }
        if error.is::<OutOfMemory>() {
            return Stop::Fault(Fault::OutOfMemory);
        }
        let unknown = || Stop::Fault(Fault::UnknownStop { engine: self.config, reason: format!("{error:#}") });
        let Some(trap) = error.downcast_ref::<wasmtime::Trap>() else { return unknown() };
        match trap {
            wasmtime::Trap::UnreachableCodeReached => Stop::Trap(Trap::Unreachable),
            wasmtime::Trap::MemoryOutOfBounds => Stop::Trap(Trap::MemoryOutOfBounds),
            wasmtime::Trap::TableOutOfBounds => Stop::Trap(Trap::TableOutOfBounds),
            wasmtime::Trap::IndirectCallToNull => Stop::Trap(Trap::IndirectCallToNull),
            wasmtime::Trap::BadSignature => Stop::Trap(Trap::BadSignature),
            wasmtime::Trap::IntegerDivisionByZero => Stop::Trap(Trap::IntegerDivisionByZero),
            wasmtime::Trap::IntegerOverflow => Stop::Trap(Trap::IntegerOverflow),
            wasmtime::Trap::BadConversionToInteger => Stop::Trap(Trap::BadConversionToInteger),
            wasmtime::Trap::StackOverflow => Stop::Fault(Fault::NativeStack { engine: self.config }),
            // The enumeration is open. What it has besides belongs to features that no profile lets in.
            _ => unknown(),
        }
    }

    /// Finds out which functions references can name.
    fn functions(&mut self) -> Result<&Functions, Fault> {
        if self.functions.is_none() {
            let mut functions = Functions { indices: BTreeMap::new(), by_index: BTreeMap::new() };
            for (index, name) in named_functions(&self.interface) {
                let function = self.instance.get_func(&mut self.store, &name).ok_or(Fault::MissingExport { name })?;
                functions.indices.insert(function.to_raw(&mut self.store).addr(), index);
                functions.by_index.insert(index, function);
            }
            self.functions = Some(functions);
        }
        self.functions.as_ref().ok_or(Fault::UnknownFunction)
    }

    fn lower(&mut self, value: Value) -> Result<Val, Fault> {
        Ok(match value {
            Value::I32(bits) => Val::I32(bits.cast_signed()),
            Value::I64(bits) => Val::I64(bits.cast_signed()),
            Value::F32(bits) => Val::F32(bits),
            Value::F64(bits) => Val::F64(bits),
            Value::FuncRef(None) => Val::FuncRef(None),
            Value::FuncRef(Some(index)) => {
                let function = self.functions()?.by_index.get(&index).copied();
                Val::FuncRef(Some(function.ok_or(Fault::UnreachableFunction { index })?))
            }
            Value::ExternRef(None) => Val::ExternRef(None),
            Value::ExternRef(Some(number)) => {
                let object = ExternRef::new(&mut self.store, number).map_err(|_| Fault::OutOfMemory)?;
                Val::ExternRef(Some(object))
            }
        })
    }
}

fn table_values(store: &mut Store<Host>, functions: Option<&Functions>, table: Table) -> Result<Vec<Value>, Fault> {
    // Reading a reference roots it; the scope lets go of all of them.
    let mut scope = RootScope::new(store);
    (0..table.size(&scope))
        .map(|index| match table.get(&mut scope, index) {
            Some(Ref::Func(function)) => lift(&mut scope, functions, &Val::FuncRef(function)),
            Some(Ref::Extern(object)) => lift(&mut scope, functions, &Val::ExternRef(object)),
            Some(Ref::Any(_) | Ref::Exn(_)) | None => Err(Fault::UnknownValue),
        })
        .collect()
}

/// A value by its bits. References are named by `functions`, and by the numbers that this host gave.
fn lift(mut store: impl AsContextMut<Data = Host>, functions: Option<&Functions>, value: &Val) -> Result<Value, Fault> {
    Ok(match value {
        Val::I32(bits) => Value::I32(bits.cast_unsigned()),
        Val::I64(bits) => Value::I64(bits.cast_unsigned()),
        Val::F32(bits) => Value::F32(*bits),
        Val::F64(bits) => Value::F64(*bits),
        Val::FuncRef(None) => Value::FuncRef(None),
        Val::FuncRef(Some(function)) => {
            let address = function.to_raw(&mut store).addr();
            let index = functions.and_then(|functions| functions.indices.get(&address));
            Value::FuncRef(Some(*index.ok_or(Fault::UnknownFunction)?))
        }
        Val::ExternRef(None) => Value::ExternRef(None),
        Val::ExternRef(Some(object)) => {
            let data = object.data(&store).ok().flatten();
            let number = data.and_then(|data| data.downcast_ref::<u32>());
            Value::ExternRef(Some(*number.ok_or(Fault::UnknownValue)?))
        }
        Val::V128(_) | Val::AnyRef(_) | Val::ExnRef(_) | Val::ContRef(_) => return Err(Fault::UnknownValue),
    })
}

fn host_function(import: &ImportType<'_>) -> Result<(HostFunction, FuncType), Fault> {
    let unknown = || Fault::UnknownImport { module: import.module().to_owned(), name: import.name().to_owned() };
    let ExternType::Func(ty) = import.ty() else { return Err(unknown()) };
    let all_i32 = ty.params().all(|param| matches!(param, ValType::I32));
    let function =
        HostFunction::resolve(import.module(), import.name(), ty.params().len(), all_i32, ty.results().len());
    function.map(|function| (function, ty)).ok_or_else(unknown)
}
