//! Wasmtime as a backend.

mod code;
mod config;

use super::backend::{CompiledModule, Counter, EngineInstance, Stop, named_functions};
use super::{Compiler, EngineConfig};
use crate::cache::{DiskCache, DiskUse};
use crate::fault::Fault;
use crate::host::{Guest, Host, HostFunction, HostStop, OutOfMemory};
use crate::stack::{NATIVE_STACK, with_native_stack};
use crate::trap::Trap;
use crate::value::Value;
use config::shared_engine;
use modal_wasm_meter::{Interface, Metered, ValueType, names};
use std::collections::BTreeMap;
use std::sync::Arc;
use wasmtime::{
    AsContextMut, Caller, Extern, ExternRef, ExternType, Func, FuncType, Global, ImportType, Instance, Memory, Module,
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
        Self::of(compiler, compile(compiler, metered)?, interface)
    }

    /// As [`Compiled::new`], unless `disk` has the code; if it has not, it is given it.
    pub(super) fn once(
        compiler: Compiler,
        metered: &Metered,
        interface: Arc<Interface>,
        disk: &DiskCache,
        used: &mut DiskUse,
    ) -> Result<Self, Fault> {
        let engine = shared_engine(compiler)?;
        let config = EngineConfig::Wasmtime(compiler);
        let identity = disk.identify(config, code::compatibility(engine), &metered.sha256);
        if let Some(found) = disk.find(&identity, used) {
            match code::load(engine, &found) {
                Ok(module) => {
                    used.hit();
                    return Self::of(compiler, module, interface);
                }
                Err(_) => used.refuse(),
            }
        }
        let module = compile(compiler, &metered.bytes)?;
        match module.serialize() {
            Ok(code) => disk.keep(&identity, &code, used),
            Err(error) => used.fail(&format_args!("failed to write code down: {error:#}")),
        }
        Self::of(compiler, module, interface)
    }

    fn of(compiler: Compiler, module: Module, interface: Arc<Interface>) -> Result<Self, Fault> {
        let config = EngineConfig::Wasmtime(compiler);
        let imports = module.imports().map(|import| host_function(&import)).collect::<Result<_, _>>()?;
        let export =
            |name: &str| module.get_export_index(name).ok_or_else(|| Fault::MissingExport { name: name.to_owned() });
        let [gas, stack, low, status] = Counter::ALL.map(|counter| export(counter.name()));
        let counters = [gas?, stack?, low?, status?];
        let memory = if interface.has_memory { Some(export(names::MEMORY)?) } else { None };
        Ok(Self { config, interface, imports, counters, memory, module })
    }
}

fn compile(compiler: Compiler, metered: &[u8]) -> Result<Module, Fault> {
    let engine = shared_engine(compiler)?;
    with_native_stack(NATIVE_STACK, || Module::from_binary(engine, metered))
        .map_err(|error| Fault::Compile { engine: EngineConfig::Wasmtime(compiler), reason: format!("{error:#}") })
}

impl CompiledModule for Compiled {
    fn instantiate(&self, host: Host) -> Result<Box<dyn EngineInstance>, Fault> {
        let failed = |error: wasmtime::Error| match error.is::<OutOfMemory>() {
            true => Fault::OutOfMemory,
            false => Fault::Instantiate { engine: self.config, reason: format!("{error:#}") },
        };
        let mut store = Store::try_new(self.module.engine(), State { host, guest: None }).map_err(failed)?;
        store.limiter(|state| &mut state.host.growth);
        let imports: Vec<Extern> = self
            .imports
            .iter()
            .map(|(function, ty)| {
                let function = *function;
                Func::new(&mut store, ty.clone(), move |mut caller, args, results| {
                    // The types were checked when the import was resolved: nothing is left out.
                    let args = args.iter().filter_map(integer).collect::<Vec<_>>();
                    if let (Some(returned), [result]) = (function.call(&mut caller, &args)?, results) {
                        *result = Val::I32(returned);
                    }
                    Ok(())
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
        store.data_mut().guest = Some(Handles { counters, memory });
        let interface = Arc::clone(&self.interface);
        Ok(Box::new(Running { config: self.config, interface, store, instance, counters, memory, functions: None }))
    }
}

/// What a store holds.
struct State {
    host: Host,
    /// The instance's own, as soon as there is one.
    guest: Option<Handles>,
}

/// What the host reads and writes of an instance that calls it.
#[derive(Clone, Copy)]
struct Handles {
    counters: [Global; Counter::ALL.len()],
    memory: Option<Memory>,
}

/// An instance in a store of its own.
struct Running {
    config: EngineConfig,
    interface: Arc<Interface>,
    store: Store<State>,
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

impl Guest for Caller<'_, State> {
    fn counter(&mut self, counter: Counter) -> Result<i64, Fault> {
        let global = global(self, counter)?;
        read(counter, global.get(&mut *self))
    }

    fn set_counter(&mut self, counter: Counter, value: i64) -> Result<(), Fault> {
        let global = global(self, counter)?;
        global.set(&mut *self, written(counter, value)?).map_err(|_| missing(counter))
    }

    fn memory_and_host(&mut self) -> (&mut [u8], &mut Host) {
        match self.data().guest.and_then(|guest| guest.memory) {
            Some(memory) => {
                let (bytes, state) = memory.data_and_store_mut(&mut *self);
                (bytes, &mut state.host)
            }
            None => (&mut [], &mut self.data_mut().host),
        }
    }
}

/// A counter of the instance that calls. Nothing calls before there is one.
fn global(caller: &Caller<'_, State>, counter: Counter) -> Result<Global, Fault> {
    Ok(caller.data().guest.ok_or_else(|| missing(counter))?.counters[counter as usize])
}

fn read(counter: Counter, value: Val) -> Result<i64, Fault> {
    match value {
        Val::I64(value) => Ok(value),
        Val::I32(value) => Ok(value.into()),
        _ => Err(missing(counter)),
    }
}

fn written(counter: Counter, value: i64) -> Result<Val, Fault> {
    Ok(match counter {
        Counter::Gas => Val::I64(value),
        Counter::Stack | Counter::StackLow | Counter::Status => {
            Val::I32(value.try_into().map_err(|_| missing(counter))?)
        }
    })
}

fn missing(counter: Counter) -> Fault {
    Fault::MissingExport { name: counter.name().to_owned() }
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
        read(counter, self.counters[counter as usize].get(&mut self.store))
    }

    fn set_counter(&mut self, counter: Counter, value: i64) -> Result<(), Fault> {
        let value = written(counter, value)?;
        self.counters[counter as usize].set(&mut self.store, value).map_err(|_| missing(counter))
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
        &self.store.data().host
    }

    fn host_mut(&mut self) -> &mut Host {
        &mut self.store.data_mut().host
    }
}

impl Running {
    fn stop(&self, error: &wasmtime::Error) -> Stop {
        match error.downcast_ref::<HostStop>() {
            Some(HostStop::Trap(trap)) => return Stop::Trap(*trap),
            Some(HostStop::Fault(fault)) => return Stop::Fault(fault.clone()),
            None => {}
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

fn table_values(store: &mut Store<State>, functions: Option<&Functions>, table: Table) -> Result<Vec<Value>, Fault> {
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
fn lift(
    mut store: impl AsContextMut<Data = State>,
    functions: Option<&Functions>,
    value: &Val,
) -> Result<Value, Fault> {
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
    let list = |types: &mut dyn Iterator<Item = ValType>| types.map(integer_type).collect::<Option<Vec<_>>>();
    let (params, results) = list(&mut ty.params()).zip(list(&mut ty.results())).ok_or_else(unknown)?;
    let function = HostFunction::resolve(import.module(), import.name(), &params, &results);
    function.map(|function| (function, ty)).ok_or_else(unknown)
}

/// The types that host functions take.
fn integer_type(ty: ValType) -> Option<ValueType> {
    match ty {
        ValType::I32 => Some(ValueType::I32),
        ValType::I64 => Some(ValueType::I64),
        ValType::F32 | ValType::F64 | ValType::V128 | ValType::Ref(_) => None,
    }
}

fn integer(value: &Val) -> Option<Value> {
    match value {
        Val::I32(bits) => Some(Value::I32(bits.cast_unsigned())),
        Val::I64(bits) => Some(Value::I64(bits.cast_unsigned())),
        _ => None,
    }
}
