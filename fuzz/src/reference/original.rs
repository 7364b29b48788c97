//! An original is a module on wasmi as it is: not metered, under the caps of the profile.

use super::specimen::{Seen, Stopped};
use crate::Finding;
use modal_harness::{Call, Run};
use modal_wasm_meter::Meter;
use modal_wasm_reference::Trap;
use modal_wasm_runtime::Value;
use std::collections::BTreeMap;
use std::fmt;
use wasmi::errors::{ErrorKind, TableError};
use wasmi::{
    CompilationMode, Config, Engine, Extern, ExternRef, ExternType, F32, F64, Func, Instance, Module, Ref, Store,
    StoreLimits, StoreLimitsBuilder, TrapCode, Val,
};

/// Fuel of every step: more than the reference's gas buys anywhere.
const FUEL: u64 = 2_000_000;

/// A module that wasmi has compiled.
pub(super) struct Original {
    engine: Engine,
    module: Module,
}

impl Original {
    /// Compiles bytes under the features of the profile.
    ///
    /// # Errors
    ///
    /// Why wasmi refuses them.
    pub(super) fn compile(bytes: &[u8]) -> Result<Self, wasmi::Error> {
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
        config.compilation_mode(CompilationMode::Eager).consume_fuel(true).ignore_custom_sections(true);
        // Far above what the reference's stack limit lets live: wasmi's own limits are not what is compared.
        config.set_max_stack_height(16 << 20).set_max_recursion_depth(65_536);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, bytes)?;
        Ok(Self { engine, module })
    }

    /// Makes ready to run; the first step instantiates.
    ///
    /// # Errors
    ///
    /// If a limit of the profile is no size on this machine.
    pub(super) fn instantiate<'a>(&'a self, run: &'a Run) -> Result<Running<'a>, Finding> {
        let limits = Meter::default().profile().limits.clone();
        let pages = usize::try_from(limits.memory_pages).map_err(broken)?;
        let elements = usize::try_from(limits.table_elements).map_err(broken)?;
        let limits = StoreLimitsBuilder::new().memory_size(pages << 16).table_elements(elements).build();
        let mut store = Store::new(&self.engine, limits);
        store.limiter(|limits| limits);
        Ok(Running { original: self, run, store, instance: None })
    }
}

/// An instance on wasmi, under the calls of a run.
pub(super) struct Running<'a> {
    original: &'a Original,
    run: &'a Run,
    store: Store<StoreLimits>,
    instance: Option<Instance>,
}

impl Running<'_> {
    /// Makes a step of the run. There is nothing to compare if it lacks fuel or stack, which are wasmi's own.
    pub(super) fn step(&mut self, step: usize) -> Result<Option<Seen>, Finding> {
        self.store.set_fuel(FUEL).map_err(broken)?;
        let Some(index) = step.checked_sub(1) else { return self.start() };
        let Run::Exports { calls, .. } = self.run else { return Ok(None) };
        let (Some(call), Some(instance)) = (calls.get(index), self.instance) else { return Ok(None) };
        let ended = match self.call(instance, call)? {
            Ok(values) => Ok(values.iter().map(|value| self.text(value)).collect()),
            Err(error) => match stop(&error)? {
                Some(trap) => Err(Stopped::Trap(trap)),
                None => return Ok(None),
            },
        };
        Ok(Some(self.seen(instance, ended)))
    }

    fn start(&mut self) -> Result<Option<Seen>, Finding> {
        let imports = self.original.module.imports().map(|import| match import.ty() {
            // What the host is asked to do, it refuses.
            ExternType::Func(ty) => {
                let abort =
                    |_: wasmi::Caller<'_, StoreLimits>, _: &[Val], _: &mut [Val]| Err(wasmi::Error::host(Aborted));
                Ok(Extern::from(Func::new(&mut self.store, ty.clone(), abort)))
            }
            ExternType::Global(_) | ExternType::Memory(_) | ExternType::Table(_) => {
                Err(Finding::new("the reference took an import that is no function"))
            }
        });
        let imports = imports.collect::<Result<Vec<_>, _>>()?;
        match Instance::new(&mut self.store, &self.original.module, &imports) {
            Ok(instance) => {
                self.instance = Some(instance);
                Ok(Some(self.seen(instance, Ok(Vec::new()))))
            }
            Err(error) => match error.as_trap_code() {
                Some(TrapCode::OutOfFuel | TrapCode::StackOverflow | TrapCode::GrowthOperationLimited) => Ok(None),
                Some(_) | None => Ok(Some(Seen::of_failed_start())),
            },
        }
    }

    fn call(&mut self, instance: Instance, call: &Call) -> Result<Result<Vec<Val>, wasmi::Error>, Finding> {
        let function = instance.get_func(&self.store, &call.export);
        let function = function.ok_or_else(|| Finding::new(format!("wasmi has no function {:?}", call.export)))?;
        let args = call.args.iter().map(|&value| self.lower(value)).collect::<Result<Vec<_>, _>>()?;
        let mut results = vec![Val::I32(0); function.ty(&self.store).results().len()];
        Ok(function.call(&mut self.store, &args, &mut results).map(|()| results))
    }

    fn lower(&mut self, value: Value) -> Result<Val, Finding> {
        Ok(match value {
            Value::I32(bits) => Val::I32(bits.cast_signed()),
            Value::I64(bits) => Val::I64(bits.cast_signed()),
            Value::F32(bits) => Val::F32(F32::from_bits(bits)),
            Value::F64(bits) => Val::F64(F64::from_bits(bits)),
            Value::FuncRef(None) => Val::FuncRef(Ref::Null),
            Value::FuncRef(Some(_)) => return Err(Finding::new("an input passes a function")),
            Value::ExternRef(None) => Val::ExternRef(Ref::Null),
            Value::ExternRef(Some(number)) => Val::ExternRef(Ref::Val(ExternRef::new::<u32>(&mut self.store, number))),
        })
    }

    fn seen(&self, instance: Instance, ended: Result<Vec<String>, Stopped>) -> Seen {
        let mut seen = Seen { ended, memory: None, globals: BTreeMap::new() };
        for export in instance.exports(&self.store) {
            let name = export.name().to_owned();
            match export.into_extern() {
                Extern::Memory(memory) => seen.memory = Some(memory.data(&self.store).to_vec()),
                Extern::Global(global) => {
                    seen.globals.insert(name, self.text(&global.get(&self.store)));
                }
                Extern::Table(_) | Extern::Func(_) => {}
            }
        }
        seen
    }

    fn text(&self, value: &Val) -> String {
        match value {
            Val::I32(bits) => format!("i32:{bits:08x}"),
            Val::I64(bits) => format!("i64:{bits:016x}"),
            Val::F32(float) => format!("f32:{:08x}", float.to_bits()),
            Val::F64(float) => format!("f64:{:016x}", float.to_bits()),
            Val::FuncRef(Ref::Null) => "funcref:false".to_owned(),
            Val::FuncRef(Ref::Val(_)) => "funcref:true".to_owned(),
            Val::ExternRef(Ref::Null) => format!("externref:{:?}", None::<u32>),
            Val::ExternRef(Ref::Val(object)) => {
                format!("externref:{:?}", object.data(&self.store).downcast_ref::<u32>().copied())
            }
            Val::V128(_) => "v128".to_owned(),
        }
    }
}

/// The trap that an error is, or nothing if it is one of wasmi's own limits.
fn stop(error: &wasmi::Error) -> Result<Option<Trap>, Finding> {
    if error.downcast_ref::<Aborted>().is_some() {
        return Ok(Some(Trap::GuestAbort));
    }
    if let ErrorKind::Table(TableError::CopyOutOfBounds) = error.kind() {
        return Ok(Some(Trap::TableOutOfBounds));
    }
    let code = error.as_trap_code().ok_or_else(|| Finding::new(format!("wasmi stops for no known reason: {error}")))?;
    Ok(match code {
        TrapCode::UnreachableCodeReached => Some(Trap::Unreachable),
        TrapCode::MemoryOutOfBounds => Some(Trap::MemoryOutOfBounds),
        TrapCode::TableOutOfBounds => Some(Trap::TableOutOfBounds),
        TrapCode::IndirectCallToNull => Some(Trap::IndirectCallToNull),
        TrapCode::BadSignature => Some(Trap::BadSignature),
        TrapCode::IntegerDivisionByZero => Some(Trap::IntegerDivisionByZero),
        TrapCode::IntegerOverflow => Some(Trap::IntegerOverflow),
        TrapCode::BadConversionToInteger => Some(Trap::BadConversionToInteger),
        TrapCode::OutOfFuel | TrapCode::StackOverflow | TrapCode::GrowthOperationLimited => None,
    })
}

fn broken(error: impl fmt::Display) -> Finding {
    Finding::new(format!("wasmi cannot be set up: {error}"))
}

/// What the host answers to every call.
#[derive(Clone, Copy, Debug)]
struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host aborts")
    }
}

impl wasmi::errors::HostError for Aborted {}
