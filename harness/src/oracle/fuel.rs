//! Wasmtime's own fuel, counted on the original module under the schedule's costs, is the metered gas of a completed call.
//!
//! The counter is Cranelift's and shares nothing with the meter or the reference. It says nothing of calls that trap: there
//! wasmtime keeps fuel in registers that are lost.

use crate::observation::{Outcome, Step};
use crate::{Case, Divergence, LaneFault, Observation, Property, Run};
use modal_wasm_meter::{Profile, Schedule};
use modal_wasm_runtime::Value;
use wasmtime::{
    Config, Engine, ExternRef, Func, FuncType, Linker, Module, OperatorCost, OptLevel, RegallocAlgorithm, Rooted,
    Store, StoreLimits, StoreLimitsBuilder, Val,
};

/// More fuel than any limit allows to be used.
const TANK: u64 = 1 << 62;

/// Counts fuel on original modules.
pub struct FuelOracle {
    engine: Engine,
    linker: Linker<StoreLimits>,
    memory_bytes: usize,
    table_elements: usize,
}

/// What the oracle read for the completed calls of a case's export runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FuelReading {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    run: usize,
    step: usize,
    fuel: u64,
    /// The result's text, where it has one that does not depend on the store: numbers.
    numbers: Vec<Option<String>>,
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
            .wasm_backtrace_max_frames(None)
            .wasm_tail_call(true)
            .wasm_relaxed_simd(false);
        let engine = Engine::new(&config).map_err(fault)?;
        let mut linker = Linker::new(&engine);
        for params in [vec![], vec![wasmtime::ValType::I32; 4]] {
            // The two accepted forms differ in type only, so each gets a name of its own that `module_for` picks by type.
            let name = format!("abort{}", params.len());
            let ty = FuncType::new(&engine, params, []);
            linker.func_new("env", &name, ty, |_, _, _| Err(wasmtime::Error::msg("abort"))).map_err(fault)?;
        }
        let memory_bytes = profile.limits.memory_pages as usize * 65_536;
        Ok(Self { engine, linker, memory_bytes, table_elements: profile.limits.table_elements as usize })
    }

    /// Reads the fuel of the calls that a lane saw complete.
    pub fn read(&self, case: &Case, seen: &Observation) -> Result<FuelReading, LaneFault> {
        let mut entries = Vec::new();
        let mut compiled = None;
        for (run, (made, observed)) in case.runs.iter().zip(&seen.runs).enumerate() {
            let Run::Exports { calls, .. } = made else { continue };
            let completed = observed.steps.iter().take_while(|step| step.outcome.completed()).count();
            // A call after the first failure finds state that the failure left, which fuel on the original does not reproduce.
            // Runs under other limits repeat what the first one shows.
            if completed < 2 || case.relations.iter().any(|relation| relation.derived() == run) {
                continue;
            }
            let module = match &compiled {
                Some(module) => module,
                None => compiled.insert(Module::new(&self.engine, &case.module).map_err(fault)?),
            };
            let mut store = self.store();
            store.set_fuel(TANK).map_err(fault)?;
            let imports = module
                .imports()
                .map(|import| {
                    let params = import.ty().func().map_or(0, |ty| ty.params().len());
                    self.linker.get(&mut store, import.module(), &format!("{}{params}", import.name())).map_err(fault)
                })
                .collect::<Result<Vec<_>, _>>()?;
            let instance = wasmtime::Instance::new(&mut store, module, &imports).map_err(fault)?;
            for (index, call) in calls.iter().take(completed - 1).enumerate() {
                let function = instance
                    .get_func(&mut store, &call.export)
                    .ok_or_else(|| LaneFault::new("Fuel", format!("no export {}", call.export)))?;
                let Some(args) = arguments(&mut store, &call.args)? else { break };
                let mut results = vec![Val::I32(0); function.ty(&store).results().len()];
                store.set_fuel(TANK).map_err(fault)?;
                self.call(&mut store, function, &args, &mut results)?;
                let fuel = TANK - store.get_fuel().map_err(fault)?;
                entries.push(Entry { run, step: index + 1, fuel, numbers: results.iter().map(number).collect() });
            }
        }
        Ok(FuelReading { entries })
    }

    fn store(&self) -> Store<StoreLimits> {
        let limits =
            StoreLimitsBuilder::new().memory_size(self.memory_bytes).table_elements(self.table_elements).build();
        let mut store = Store::new(&self.engine, limits);
        store.limiter(|limits| limits);
        store
    }

    fn call(
        &self,
        store: &mut Store<StoreLimits>,
        function: Func,
        args: &[Val],
        results: &mut [Val],
    ) -> Result<(), LaneFault> {
        function.call(store, args, results).map_err(|error| {
            LaneFault::new("Fuel", format!("a call that completes under the meter fails on the original: {error:#}"))
        })
    }
}

impl FuelReading {
    /// How many calls were read.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.entries.len()
    }

    /// The first call whose gas or numbers differ from the reading.
    pub(super) fn differs_from(&self, lane: &str, seen: &Observation) -> Option<Divergence> {
        self.entries.iter().find_map(|entry| {
            let Step { outcome, gas_used, .. } = seen.runs.get(entry.run)?.steps.get(entry.step)?;
            let place = |field: &str| format!("runs[{}].steps[{}].{field}", entry.run, entry.step);
            let differs = |seen: String, read: String, field: &str| {
                Some(Divergence::at(Property::Fuel, (lane, seen), ("fuel", read), place(field)))
            };
            if *gas_used != entry.fuel {
                return differs(gas_used.to_string(), entry.fuel.to_string(), "gas_used");
            }
            let Outcome::Completed(values) = outcome else {
                return differs(outcome.to_string(), "a completed call".into(), "outcome");
            };
            let same = values.len() == entry.numbers.len()
                && values.iter().zip(&entry.numbers).all(|(value, number)| number.as_ref().is_none_or(|n| n == value));
            if same { None } else { differs(values.join(", "), format!("{:?}", entry.numbers), "outcome") }
        })
    }
}

/// The schedule as wasmtime's cost table. The table's field names are the operators' names, and it is data to serde, so no operator can be left
/// out by hand.
fn costs(schedule: &Schedule) -> Result<OperatorCost, LaneFault> {
    if schedule.function_entry != 1 {
        return Err(LaneFault::new("Fuel", "wasmtime charges one unit for a function entry, whatever the table says"));
    }
    let narrow = |gas: u32| {
        u8::try_from(gas).map_err(|_| LaneFault::new("Fuel", format!("a cost of {gas} does not fit wasmtime's table")))
    };
    let mut table = serde_json::to_value(OperatorCost::new()).map_err(fault)?;
    let fields = table.as_object_mut().ok_or_else(|| LaneFault::new("Fuel", "the cost table has no fields"))?;
    for (operator, cost) in fields.iter_mut().filter(|(name, _)| *name != "variable") {
        *cost = narrow(schedule.static_gas(operator))?.into();
    }
    let mut costs: OperatorCost = serde_json::from_value(table).map_err(fault)?;
    let byte = narrow(schedule.memory_byte)?;
    let element = narrow(schedule.table_element)?;
    costs.variable.memory_copy_per_byte = byte;
    costs.variable.memory_fill_per_byte = byte;
    costs.variable.memory_init_per_byte = byte;
    costs.variable.memory_grow_per_page = narrow(schedule.memory_grow_page)?;
    costs.variable.table_copy_per_element = element;
    costs.variable.table_fill_per_element = element;
    costs.variable.table_init_per_element = element;
    costs.variable.table_grow_per_element = narrow(schedule.table_grow_element)?;
    Ok(costs)
}

/// Arguments for wasmtime, or `None` where one names a function, which the original may not export.
fn arguments(store: &mut Store<StoreLimits>, args: &[Value]) -> Result<Option<Vec<Val>>, LaneFault> {
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
                    let reference: Rooted<ExternRef> = ExternRef::new(&mut *store, number).map_err(fault)?;
                    Val::ExternRef(Some(reference))
                }
                Value::FuncRef(Some(_)) => return Ok(None),
            }))
        })
        .collect()
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
