//! wasmi as a backend.

use super::EngineConfig;
use super::backend::{CompiledModule, Counter, EngineInstance, Stop, named_functions};
use crate::fault::Fault;
use crate::host::{Guest, Host, HostFunction, HostStop};
use crate::trap::Trap;
use crate::value::Value;
use modal_wasm_meter::{Interface, ValueType, names};
use std::collections::BTreeMap;
use std::sync::Arc;
use wasmi::errors::{ErrorKind, TableError};
use wasmi::{
    Caller, CompilationMode, Config, Engine, Extern, ExternRef, ExternType, F32, F64, Func, FuncType, Global,
    ImportType, Instance, Memory, Module, Ref, Store, TrapCode, Val, ValType,
};

/// Cells of wasmi's value stack, which is allocated as it is used. Live frames weigh 65,536 words at most, and beside
/// those wasmi keeps a function's constants in its frame: up to 2,048 of the guest's and a few hundred of the meter's,
/// in up to 3,640 frames.
const STACK_HEIGHT: usize = 16 << 20;

/// Calls that may be live at once. The meter lets 65,536 words be live, and a frame weighs sixteen of them.
const RECURSION_DEPTH: usize = 65_536;

/// A module translated to wasmi's bytecode.
pub(super) struct Compiled {
    interface: Arc<Interface>,
    /// Each module has an engine of its own, because an engine keeps the code of every module it ever translated.
    engine: Engine,
    module: Module,
    imports: Vec<(HostFunction, FuncType)>,
}

impl Compiled {
    pub(super) fn new(metered: &[u8], interface: Arc<Interface>) -> Result<Self, Fault> {
        let engine = Engine::new(&config());
        let module = Module::new(&engine, metered)
            .map_err(|error| Fault::Compile { engine: EngineConfig::Wasmi, reason: error.to_string() })?;
        let imports = module.imports().map(|import| host_function(&import)).collect::<Result<_, _>>()?;
        Ok(Self { interface, engine, module, imports })
    }
}

/// Lets in what the profile lets in, so that a module that passed the meter by mistake fails here.
fn config() -> Config {
    let mut config = Config::default();
    config
        .wasm_bulk_memory(true)
        .wasm_extended_const(true)
        .wasm_multi_value(true)
        .wasm_mutable_global(true)
        .wasm_reference_types(true)
        .wasm_saturating_float_to_int(true)
        .wasm_sign_extension(true)
        .wasm_custom_page_sizes(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_tail_call(false)
        .wasm_wide_arithmetic(false);
    // Lazy translation would hide faults until a function is first called.
    config.compilation_mode(CompilationMode::Eager).consume_fuel(false);
    config.ignore_custom_sections(true);
    config.set_max_stack_height(STACK_HEIGHT).set_max_recursion_depth(RECURSION_DEPTH);
    config
}

impl CompiledModule for Compiled {
    fn instantiate(&self, host: Host) -> Result<Box<dyn EngineInstance>, Fault> {
        let mut store = Store::new(&self.engine, State { host, guest: None });
        store.limiter(|state| &mut state.host.growth);
        let imports: Vec<Extern> = self
            .imports
            .iter()
            .map(|(function, ty)| {
                let function = *function;
                Func::new(&mut store, ty.clone(), move |mut caller, args, results| {
                    // The types were checked when the import was resolved: nothing is left out.
                    let args = args.iter().filter_map(integer).collect::<Vec<_>>();
                    if let (Some(returned), [result]) =
                        (function.call(&mut caller, &args).map_err(wasmi::Error::host)?, results)
                    {
                        *result = Val::I32(returned);
                    }
                    Ok(())
                })
                .into()
            })
            .collect();
        let instance = Instance::new(&mut store, &self.module, &imports)
            .map_err(|error| Fault::Instantiate { engine: EngineConfig::Wasmi, reason: error.to_string() })?;
        let [gas, stack, low, status] = Counter::ALL.map(|counter| {
            let global = instance.get_global(&store, counter.name());
            global.ok_or_else(|| Fault::MissingExport { name: counter.name().to_owned() })
        });
        let counters = [gas?, stack?, low?, status?];
        let memory = if self.interface.has_memory {
            let memory = instance.get_memory(&store, names::MEMORY);
            Some(memory.ok_or_else(|| Fault::MissingExport { name: names::MEMORY.to_owned() })?)
        } else {
            None
        };
        store.data_mut().guest = Some(Handles { counters, memory });
        let interface = Arc::clone(&self.interface);
        Ok(Box::new(Running { interface, store, instance, counters, memory, functions: None }))
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
    interface: Arc<Interface>,
    store: Store<State>,
    instance: Instance,
    counters: [Global; Counter::ALL.len()],
    memory: Option<Memory>,
    /// The functions that references can name, made when the first is met.
    functions: Option<Functions>,
}

/// The index of each function by its identity, and the other way round.
///
/// wasmi compares no functions, but what it prints of one is its place in the store, which is its identity.
struct Functions {
    indices: BTreeMap<String, u32>,
    by_index: BTreeMap<u32, Func>,
}

impl Guest for Caller<'_, State> {
    fn counter(&mut self, counter: Counter) -> Result<i64, Fault> {
        let global = global(self, counter)?;
        read(counter, global.get(&*self))
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
        // wasmi keeps the guest's stack on the heap, and its own needs are small.
        128 << 10
    }

    fn call(&mut self, export: &str, args: &[Value], results: &[ValueType]) -> Result<Vec<Value>, Stop> {
        let function = self
            .instance
            .get_func(&self.store, export)
            .ok_or_else(|| Fault::MissingExport { name: export.to_owned() })?;
        let args = args.iter().map(|&value| self.lower(value)).collect::<Result<Vec<_>, _>>()?;
        // The call overwrites every result; the type of these does not matter.
        let mut returned = vec![Val::I32(0); results.len()];
        let ended = function.call(&mut self.store, &args, &mut returned);
        if self.store.data().host.growth.has_failed() {
            return Err(Fault::OutOfMemory.into());
        }
        ended.map_err(|error| stop(&error))?;
        returned.iter().map(|value| Ok(self.lift(value)?)).collect()
    }

    fn counter(&mut self, counter: Counter) -> Result<i64, Fault> {
        read(counter, self.counters[counter as usize].get(&self.store))
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
        let interface = Arc::clone(&self.interface);
        (0..)
            .zip(&interface.globals)
            .map(|(index, _)| {
                let name = names::global(index);
                let global = self.instance.get_global(&self.store, &name).ok_or(Fault::MissingExport { name })?;
                let value = global.get(&self.store);
                self.lift(&value)
            })
            .collect()
    }

    fn tables(&mut self) -> Result<Vec<Vec<Value>>, Fault> {
        let interface = Arc::clone(&self.interface);
        (0..)
            .zip(&interface.tables)
            .map(|(index, _)| {
                let name = names::table(index);
                let table = self.instance.get_table(&self.store, &name).ok_or(Fault::MissingExport { name })?;
                (0..table.size(&self.store))
                    .map(|index| {
                        let value = table.get(&self.store, index).ok_or(Fault::UnknownValue)?;
                        self.lift(&value)
                    })
                    .collect()
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
    /// Finds out which functions references can name.
    fn functions(&mut self) -> Result<&Functions, Fault> {
        if self.functions.is_none() {
            let mut functions = Functions { indices: BTreeMap::new(), by_index: BTreeMap::new() };
            for (index, name) in named_functions(&self.interface) {
                let function = self.instance.get_func(&self.store, &name).ok_or(Fault::MissingExport { name })?;
                functions.indices.insert(identity(function), index);
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
            Value::F32(bits) => Val::F32(F32::from_bits(bits)),
            Value::F64(bits) => Val::F64(F64::from_bits(bits)),
            Value::FuncRef(None) => Val::FuncRef(Ref::Null),
            Value::FuncRef(Some(index)) => {
                let function = self.functions()?.by_index.get(&index).copied();
                Val::FuncRef(Ref::Val(function.ok_or(Fault::UnreachableFunction { index })?))
            }
            Value::ExternRef(None) => Val::ExternRef(Ref::Null),
            Value::ExternRef(Some(number)) => Val::ExternRef(Ref::Val(ExternRef::new::<u32>(&mut self.store, number))),
        })
    }

    fn lift(&mut self, value: &Val) -> Result<Value, Fault> {
        Ok(match value {
            Val::I32(bits) => Value::I32(bits.cast_unsigned()),
            Val::I64(bits) => Value::I64(bits.cast_unsigned()),
            Val::F32(float) => Value::F32(float.to_bits()),
            Val::F64(float) => Value::F64(float.to_bits()),
            Val::FuncRef(Ref::Null) => Value::FuncRef(None),
            Val::FuncRef(Ref::Val(function)) => {
                let index = self.functions()?.indices.get(&identity(*function));
                Value::FuncRef(Some(*index.ok_or(Fault::UnknownFunction)?))
            }
            Val::ExternRef(Ref::Null) => Value::ExternRef(None),
            Val::ExternRef(Ref::Val(object)) => {
                let number = object.data(&self.store).downcast_ref::<u32>();
                Value::ExternRef(Some(*number.ok_or(Fault::UnknownValue)?))
            }
            Val::V128(_) => return Err(Fault::UnknownValue),
        })
    }
}

fn identity(function: Func) -> String {
    format!("{function:?}")
}

fn stop(error: &wasmi::Error) -> Stop {
    let engine = EngineConfig::Wasmi;
    match error.downcast_ref::<HostStop>() {
        Some(HostStop::Trap(trap)) => return Stop::Trap(*trap),
        Some(HostStop::Fault(fault)) => return Stop::Fault(fault.clone()),
        None => {}
    }
    if let ErrorKind::Table(TableError::CopyOutOfBounds) = error.kind() {
        // The one trap that wasmi gives no code.
        return Stop::Trap(Trap::TableOutOfBounds);
    }
    let Some(code) = error.as_trap_code() else {
        return Stop::Fault(Fault::UnknownStop { engine, reason: error.to_string() });
    };
    match code {
        TrapCode::UnreachableCodeReached => Stop::Trap(Trap::Unreachable),
        TrapCode::MemoryOutOfBounds => Stop::Trap(Trap::MemoryOutOfBounds),
        TrapCode::TableOutOfBounds => Stop::Trap(Trap::TableOutOfBounds),
        TrapCode::IndirectCallToNull => Stop::Trap(Trap::IndirectCallToNull),
        TrapCode::BadSignature => Stop::Trap(Trap::BadSignature),
        TrapCode::IntegerDivisionByZero => Stop::Trap(Trap::IntegerDivisionByZero),
        TrapCode::IntegerOverflow => Stop::Trap(Trap::IntegerOverflow),
        TrapCode::BadConversionToInteger => Stop::Trap(Trap::BadConversionToInteger),
        TrapCode::StackOverflow => Stop::Fault(Fault::NativeStack { engine }),
        TrapCode::GrowthOperationLimited => Stop::Fault(Fault::OutOfMemory),
        TrapCode::OutOfFuel => Stop::Fault(Fault::UnknownStop { engine, reason: error.to_string() }),
    }
}

fn host_function(import: &ImportType<'_>) -> Result<(HostFunction, FuncType), Fault> {
    let unknown = || Fault::UnknownImport { module: import.module().to_owned(), name: import.name().to_owned() };
    let ExternType::Func(ty) = import.ty() else { return Err(unknown()) };
    let list = |types: &mut dyn Iterator<Item = &ValType>| types.map(integer_type).collect::<Option<Vec<_>>>();
    let (params, results) = list(&mut ty.params().iter()).zip(list(&mut ty.results().iter())).ok_or_else(unknown)?;
    let function = HostFunction::resolve(import.module(), import.name(), &params, &results);
    function.map(|function| (function, ty.clone())).ok_or_else(unknown)
}

/// The types that host functions take.
fn integer_type(ty: &ValType) -> Option<ValueType> {
    match ty {
        ValType::I32 => Some(ValueType::I32),
        ValType::I64 => Some(ValueType::I64),
        ValType::F32 | ValType::F64 | ValType::V128 | ValType::FuncRef | ValType::ExternRef => None,
    }
}

fn integer(value: &Val) -> Option<Value> {
    match value {
        Val::I32(bits) => Some(Value::I32(bits.cast_unsigned())),
        Val::I64(bits) => Some(Value::I64(bits.cast_unsigned())),
        _ => None,
    }
}
