//! Wasmtime's own fuel, counted on the original module under the schedule's costs, is the metered gas of a completed
//! call.
//!
//! The counter is Cranelift's and shares nothing with the meter or the reference. It says nothing of calls that trap:
//! there wasmtime keeps fuel in registers that are lost. What completes and is not read is counted, by reason.

mod costs;
mod reading;

pub use reading::FuelReading;

use crate::lane::recent::Recent;
use crate::observation::Step;
use crate::{Case, LaneFault, Observation, Run};
use costs::costs;
use modal_wasm_meter::{Profile, Schedule};
use modal_wasm_reference as reference;
use modal_wasm_runtime::Value;
use reading::{Ended, Entry};
use wasmtime::ValType::{I32, I64};
use wasmtime::{
    Config, Engine, ExternRef, FuncType, Instance, Linker, Module, OptLevel, RegallocAlgorithm, Rooted, Store,
    StoreLimits, StoreLimitsBuilder, Val,
};

/// More fuel than any limit allows to be used.
const TANK: u64 = 1 << 62;

// Why a completed call is not read: it finds state that a failure left; it is given a function, which the original
// need not export; it is an execution whose budget covers a start function, which is not told from the rest.
const AFTER_A_FAILURE: &str = "after a failed call";
const FUNCTION_ARGUMENT: &str = "takes a function";
const STARTS_INSIDE: &str = "ABI with a start function";
// It has called another module, whose gas is no fuel of this one's, or finds state that such a call left.
const CALLS_MODULES: &str = "after a call of another module";

/// Counts fuel on original modules.
pub struct FuelOracle {
    engine: Engine,
    linker: Linker<StoreLimits>,
    config: reference::Config,
    compiled: Recent<Module>,
    /// What instantiation costs if nothing runs with it.
    instantiation: Recent<Option<u64>>,
}

/// An instance of an original module.
struct Original {
    store: Store<StoreLimits>,
    instance: Instance,
}

impl FuelOracle {
    /// An oracle for a profile and a schedule.
    pub fn new(profile: &Profile, schedule: &Schedule) -> Result<Self, LaneFault> {
        let mut config = Config::new();
        config
            .consume_fuel(true)
            .operator_cost(costs(schedule)?)
            .cranelift_nan_canonicalization(true)
            // What matters is the count and how soon it is there: this is the quickest way through Cranelift.
            .cranelift_opt_level(OptLevel::None)
            .cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass)
            .generate_address_map(false)
            .native_unwind_info(false)
            .async_stack_size(32 << 20)
            .max_wasm_stack(16 << 20)
            .wasm_backtrace_max_frames(None);
        let engine = Engine::new(&config).map_err(fault)?;
        let mut linker = Linker::new(&engine);
        // What calls another module is not read; a copy of no result does nothing.
        let call = FuncType::new(&engine, [I32, I32, I32, I32, I64], [I32]);
        linker.func_new("modal", "call5", call, |_, _, _| Err(wasmtime::Error::msg("call"))).map_err(fault)?;
        let result = FuncType::new(&engine, [I32], []);
        linker.func_new("modal", "result1", result, |_, _, _| Ok(())).map_err(fault)?;
        for params in [vec![], vec![I32; 4]] {
            // The two accepted forms differ in type only, so each gets a name of its own; `instantiate` picks by type.
            let name = format!("abort{}", params.len());
            let ty = FuncType::new(&engine, params, []);
            linker.func_new("env", &name, ty, |_, _, _| Err(wasmtime::Error::msg("abort"))).map_err(fault)?;
        }
        let config = reference::Config {
            schedule: schedule.clone(),
            memory_pages: profile.limits.memory_pages,
            table_elements: profile.limits.table_elements,
        };
        Ok(Self { engine, linker, config, compiled: Recent::default(), instantiation: Recent::default() })
    }

    /// Reads the fuel of the calls that an observer saw complete.
    pub fn read(&mut self, case: &Case, seen: &Observation) -> Result<FuelReading, LaneFault> {
        let mut reading = FuelReading::default();
        for (run, (made, observed)) in case.runs.iter().zip(&seen.runs).enumerate() {
            // A repeat, or a run under another limit, is tied by its relation to one that is read.
            let derived = case.relations.iter().any(|relation| relation.derived() == run);
            if derived {
                continue;
            }
            let (alone, after) = alone(&observed.steps);
            let completed = alone.iter().take_while(|step| step.outcome.completed()).count();
            let calls_seen = alone.iter().filter(|step| step.outcome.completed()).count();
            // A start that calls modules is no call.
            let starts = usize::from(alone.is_empty() && matches!(made, Run::Exports { .. }));
            reading.miss(CALLS_MODULES, after.iter().skip(starts).filter(|step| step.outcome.completed()).count());
            reading.miss(AFTER_A_FAILURE, calls_seen - completed);
            let worth = match made {
                Run::Exports { .. } => completed > 1,
                Run::Abi { .. } => completed > 0,
            };
            if !worth {
                continue;
            }
            let module = self
                .compiled
                .get_or_make(&case.module, || Module::new(&self.engine, &case.module).map_err(fault))?
                .clone();
            match made {
                Run::Exports { calls, .. } => {
                    let mut original = self.instantiate(&module)?;
                    for (index, call) in calls.iter().take(completed - 1).enumerate() {
                        let Some(args) = original.arguments(&call.args)? else {
                            reading.miss(FUNCTION_ARGUMENT, completed - 1 - index);
                            break;
                        };
                        let ended = match original.call(&call.export, &args)? {
                            Ok((gas, values)) => {
                                Ended::Completed { gas, numbers: Some(values.iter().map(number).collect()) }
                            }
                            Err(reason) => Ended::Stopped(reason),
                        };
                        reading.entries.push(Entry { run, step: index + 1, ended });
                    }
                }
                Run::Abi { method, input, .. } => match self.instantiation_gas(&case.module)? {
                    None => reading.miss(STARTS_INSIDE, 1),
                    Some(instantiation) => {
                        let ended = self.instantiate(&module)?.execute(method, input, instantiation)?;
                        reading.entries.push(Entry { run, step: 0, ended });
                    }
                },
            }
        }
        Ok(reading)
    }

    fn instantiate(&self, module: &Module) -> Result<Original, LaneFault> {
        let limits = StoreLimitsBuilder::new()
            .memory_size(self.config.memory_pages as usize * 65_536)
            .table_elements(self.config.table_elements as usize)
            .build();
        let mut store = Store::new(&self.engine, limits);
        store.limiter(|limits| limits);
        store.set_fuel(TANK).map_err(fault)?;
        let imports = module
            .imports()
            .map(|import| {
                let params = import.ty().func().map_or(0, |ty| ty.params().len());
                self.linker.get(&mut store, import.module(), &format!("{}{params}", import.name())).map_err(fault)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let instance = Instance::new(&mut store, module, &imports).map_err(fault)?;
        Ok(Original { store, instance })
    }

    /// What instantiation costs if nothing runs with it. Wasmtime has no fuel for it.
    fn instantiation_gas(&mut self, module: &[u8]) -> Result<Option<u64>, LaneFault> {
        let Self { instantiation, config, .. } = self;
        let gas = instantiation.get_or_make(module, || {
            for payload in wasmparser::Parser::new(0).parse_all(module) {
                if let wasmparser::Payload::StartSection { .. } = payload.map_err(fault)? {
                    return Ok(None);
                }
            }
            reference::Module::decode(module, config).map(|module| Some(module.instantiation_gas())).map_err(fault)
        });
        gas.copied()
    }
}

/// The steps before the first that called another module, and the rest.
fn alone(steps: &[Step]) -> (&[Step], &[Step]) {
    let first = steps.iter().position(Step::calls_modules);
    steps.split_at(first.unwrap_or(steps.len()))
}

impl Original {
    /// Calls an export: its fuel and results, or why it stopped.
    fn call(&mut self, export: &str, args: &[Val]) -> Result<Result<(u64, Vec<Val>), String>, LaneFault> {
        let Self { store, instance } = self;
        let function = instance
            .get_func(&mut *store, export)
            .ok_or_else(|| LaneFault::new("Fuel", format!("no export {export}")))?;
        let mut results = vec![Val::I32(0); function.ty(&*store).results().len()];
        store.set_fuel(TANK).map_err(fault)?;
        if let Err(error) = function.call(&mut *store, args, &mut results) {
            return Ok(Err(format!("{error:#}")));
        }
        Ok(Ok((TANK - store.get_fuel().map_err(fault)?, results)))
    }

    /// One execution by the ABI that is known to have an output.
    fn execute(&mut self, method: &str, input: &str, instantiation: u64) -> Result<Ended, LaneFault> {
        let length = i32::try_from(input.len()).map_err(fault)?;
        let (allocating, at) = match self.call("alloc", &[Val::I32(length)])? {
            Ok((fuel, values)) => (fuel, values.first().and_then(Val::i32).unwrap_or_default()),
            Err(reason) => return Ok(Ended::Stopped(reason)),
        };
        let Self { store, instance } = self;
        let memory = instance
            .get_memory(&mut *store, "memory")
            .ok_or_else(|| LaneFault::new("Fuel", "no memory is exported"))?;
        if let Err(error) = memory.write(&mut *store, at.cast_unsigned() as usize, input.as_bytes()) {
            return Ok(Ended::Stopped(error.to_string()));
        }
        Ok(match self.call(method, &[Val::I32(at), Val::I32(length)])? {
            Ok((fuel, _)) => Ended::Completed { gas: instantiation + allocating + fuel, numbers: None },
            Err(reason) => Ended::Stopped(reason),
        })
    }

    /// Arguments for wasmtime, or `None` where one names a function.
    fn arguments(&mut self, args: &[Value]) -> Result<Option<Vec<Val>>, LaneFault> {
        args.iter()
            .map(|arg| {
                Ok(Some(match *arg {
                    Value::I32(bits) => Val::I32(bits.cast_signed()),
                    Value::I64(bits) => Val::I64(bits.cast_signed()),
                    Value::F32(bits) => Val::F32(bits),
                    Value::F64(bits) => Val::F64(bits),
                    Value::FuncRef(None) => Val::null_func_ref(),
                    Value::ExternRef(None) => Val::ExternRef(None),
                    Value::ExternRef(Some(number)) => {
                        let reference: Rooted<ExternRef> = ExternRef::new(&mut self.store, number).map_err(fault)?;
                        Val::ExternRef(Some(reference))
                    }
                    Value::FuncRef(Some(_)) => return Ok(None),
                }))
            })
            .collect()
    }
}

impl FuelReading {
    fn miss(&mut self, reason: &'static str, calls: usize) {
        if calls > 0 {
            *self.unread.entry(reason).or_default() += calls as u64;
        }
    }
}

fn number(value: &Val) -> Option<String> {
    let value = match value {
        Val::I32(bits) => Value::I32(bits.cast_unsigned()),
        Val::I64(bits) => Value::I64(bits.cast_unsigned()),
        Val::F32(bits) => Value::F32(*bits),
        Val::F64(bits) => Value::F64(*bits),
        Val::V128(_) | Val::FuncRef(_) | Val::ExternRef(_) | Val::AnyRef(_) | Val::ExnRef(_) | Val::ContRef(_) => {
            return None;
        }
    };
    Some(value.to_string())
}

fn fault(error: impl std::fmt::Display) -> LaneFault {
    LaneFault::new("Fuel", format!("{error:#}"))
}
