//! The reference lane observes what the executable specification makes of the original module.

mod composition;

use super::backlog::Backlog;
use super::recent::Recent;
use super::{Lane, LaneFault, LaneId, guard};
use crate::digest::{self, Element};
use crate::observation::{
    AbiRule, MemoryState, ModuleObservation, Outcome, RunObservation, State, Step, TableState, TrapKind, Violation,
};
use crate::{Case, Observation, Run};
use composition::{CaseHost, World};
use modal_wasm_meter::{Meter, Schedule};
use modal_wasm_reference::{
    Config, ExternType, Instance, Module, Outcome as Ended, Trap, Unwatched, Value, ValueType, Watch,
};
use std::sync::Arc;

/// The ABI's limit on a result, in bytes.
const LONGEST_OUTPUT: u32 = 1 << 20;

/// Observes cases on the reference interpreter.
pub struct ReferenceLane {
    id: LaneId,
    config: Config,
    decoded: Recent<Module>,
    backlog: Backlog,
}

impl Default for ReferenceLane {
    fn default() -> Self {
        let meter = Meter::default();
        Self::new(Config {
            schedule: Schedule::instr_1(),
            memory_pages: meter.profile().limits.memory_pages,
            table_elements: meter.profile().limits.table_elements,
        })
    }
}

impl ReferenceLane {
    /// The kind of fault of a module that the specification refuses. The judge makes a difference of it if the lanes
    /// admit the module.
    pub(crate) const REFUSES: &str = "ReferenceRefuses";

    /// The reference's name among the lanes.
    pub(crate) const NAME: &str = "reference";

    /// A reference under a schedule and caps.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let id = LaneId { name: Self::NAME.into(), version: env!("CARGO_PKG_VERSION").into() };
        Self { id, config, decoded: Recent::default(), backlog: Backlog::default() }
    }

    fn run_case(&mut self, case: &Case) -> Result<Observation, LaneFault> {
        let module = self.decoded.get_or_make(&case.module, || {
            Module::decode(&case.module, &self.config).map_err(|error| LaneFault::new(Self::REFUSES, error.to_string()))
        })?;
        let world = World::of(case, &self.config);
        let runs = case.runs.iter().map(|run| run_one(module, &world, run, &mut Unwatched));
        let runs = runs.collect::<Result<Vec<_>, LaneFault>>()?;
        Ok(Observation::new(ModuleObservation::Accepted { metered_sha256: None }, runs))
    }

    /// Makes one run of a case under a watch. Modules that the guest calls are not watched.
    pub(crate) fn watch(
        &self,
        case: &Case,
        run: &Run,
        watch: &mut impl Spectator,
    ) -> Result<RunObservation, LaneFault> {
        let module = Module::decode(&case.module, &self.config)
            .map_err(|error| LaneFault::new(Self::REFUSES, error.to_string()))?;
        guard("ReferencePanic", || run_one(&module, &World::of(case, &self.config), run, watch))
    }
}

/// Watches a run, whose steps it is told of.
pub(crate) trait Spectator: Watch {
    /// A step begins: a start, a call or an execution by the ABI, by its number.
    fn step(&mut self, _number: usize) {}
}

impl Spectator for Unwatched {}

impl Lane for ReferenceLane {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.backlog.add(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let case = self.backlog.next()?;
        guard("ReferencePanic", || self.run_case(&case))
    }
}

fn run_one(
    module: &Module,
    world: &World<'_>,
    run: &Run,
    watch: &mut impl Spectator,
) -> Result<RunObservation, LaneFault> {
    watch.step(0);
    let mut host = CaseHost::outermost(world);
    match run {
        Run::Exports { start_gas, calls } => {
            let mut instance = Instance::new(module).map_err(fault)?;
            instance.begin(*start_gas);
            let outcome = plain(instance.start_watched(&mut host, watch).map_err(fault)?);
            let started = outcome.completed();
            let mut steps = vec![step(&instance, outcome, *start_gas, &mut host)?];
            if started {
                for (number, call) in calls.iter().enumerate() {
                    watch.step(1 + number);
                    instance.begin(call.gas);
                    host.begin();
                    let args = call.args.iter().map(argument).collect::<Vec<_>>();
                    let outcome = instance
                        .invoke_watched(&call.export, &args, &mut host, watch)
                        .map_err(|error| LaneFault::new("Usage", error.to_string()))?;
                    steps.push(step(&instance, plain(outcome), call.gas, &mut host)?);
                }
            }
            Ok(RunObservation { steps })
        }
        Run::Abi { method, input, gas } => {
            if let Err(violation) = check_interface(module, method) {
                let step = Step {
                    outcome: Outcome::Violated(violation),
                    gas_used: *gas,
                    gas_left: 0,
                    stack_high_water: 0,
                    host_calls: Vec::new(),
                    state: None,
                };
                return Ok(RunObservation { steps: vec![step] });
            }
            let mut instance = Instance::new(module).map_err(fault)?;
            instance.begin(*gas);
            let outcome = execute(&mut instance, method, input, &mut host, 0, watch)?;
            Ok(RunObservation { steps: vec![step(&instance, outcome, *gas, &mut host)?] })
        }
    }
}

/// The ABI's demands on a module, in the order in which they are reported.
fn check_interface(module: &Module, method: &str) -> Result<(), Violation> {
    let missing = |name: &str| Violation { rule: AbiRule::MissingExport, export: Some(name.into()) };
    let wrong = |name: &str| Violation { rule: AbiRule::WrongSignature, export: Some(name.into()) };
    if !module.exports().any(|(name, item)| name == "memory" && matches!(item, ExternType::Memory(_))) {
        return Err(missing("memory"));
    }
    let alloc = module.exported_function("alloc").ok_or_else(|| missing("alloc"))?;
    let entry = module.exported_function(method).ok_or_else(|| missing(method))?;
    if alloc.params != [ValueType::I32] || alloc.results != [ValueType::I32] {
        return Err(wrong("alloc"));
    }
    if entry.params != [ValueType::I32, ValueType::I32] || entry.results != [ValueType::I32] {
        return Err(wrong(method));
    }
    Ok(())
}

/// One execution by the ABI. It is written out here, and not shared with the executor, because it is what the executor
/// is judged by.
///
/// Each byte of the output costs `output_byte`, before it is read.
fn execute(
    instance: &mut Instance,
    method: &str,
    input: &str,
    host: &mut CaseHost<'_>,
    output_byte: u64,
    watch: &mut impl Watch,
) -> Result<Outcome, LaneFault> {
    let broken = |rule| Ok(Outcome::Violated(Violation { rule, export: None }));
    if let Ended::Trapped(trap) = instance.start_watched(host, watch).map_err(fault)? {
        return Ok(Outcome::Trapped(kind(trap)));
    }
    let length = u32::try_from(input.len()).map_err(|error| LaneFault::new("Usage", error.to_string()))?;
    let at = match pointer(instance, "alloc", &[Value::I32(length)], host, watch)? {
        Ok(at) => at,
        Err(trap) => return Ok(Outcome::Trapped(trap)),
    };
    let memory = instance.memory_mut().ok_or_else(|| LaneFault::new("Internal", "the memory is gone"))?;
    match memory.get_mut(at..).and_then(|rest| rest.get_mut(..input.len())) {
        Some(place) => place.copy_from_slice(input.as_bytes()),
        None => return broken(AbiRule::ArgumentsOutOfBounds),
    }
    let at = u32::try_from(at).map_err(|error| LaneFault::new("Internal", error.to_string()))?;
    let result = match pointer(instance, method, &[Value::I32(at), Value::I32(length)], host, watch)? {
        Ok(result) => result,
        Err(trap) => return Ok(Outcome::Trapped(trap)),
    };
    let memory = instance.memory().ok_or_else(|| LaneFault::new("Internal", "the memory is gone"))?;
    let Some((header, body)) = memory.get(result..).and_then(|rest| rest.split_first_chunk::<4>()) else {
        return broken(AbiRule::ResultOutOfBounds);
    };
    let length = u32::from_le_bytes(*header);
    if length > LONGEST_OUTPUT {
        return broken(AbiRule::OutputTooLong);
    }
    let Some(bytes) = body.get(..length as usize) else {
        return broken(AbiRule::ResultOutOfBounds);
    };
    let bytes = bytes.to_vec();
    if let Err(trap) = instance.charge(u64::from(length) * output_byte) {
        return Ok(Outcome::Trapped(kind(trap)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Outcome::Output(text)),
        Err(_) => broken(AbiRule::OutputNotUtf8),
    }
}

/// Calls a function that returns a pointer.
fn pointer(
    instance: &mut Instance,
    export: &str,
    args: &[Value],
    host: &mut CaseHost<'_>,
    watch: &mut impl Watch,
) -> Result<Result<usize, TrapKind>, LaneFault> {
    let ended = instance
        .invoke_watched(export, args, host, watch)
        .map_err(|error| LaneFault::new("Internal", error.to_string()))?;
    match ended {
        Ended::Trapped(trap) => Ok(Err(kind(trap))),
        Ended::Returned(values) => match values[..] {
            [Value::I32(pointer)] => Ok(Ok(pointer as usize)),
            _ => Err(LaneFault::new("Internal", format!("{export} returned {values:?}"))),
        },
    }
}

fn step(instance: &Instance, outcome: Outcome, limit: u64, host: &mut CaseHost<'_>) -> Result<Step, LaneFault> {
    if let Some(fault) = host.fault.take() {
        return Err(fault);
    }
    let (gas_used, gas_left) =
        if outcome.completed() { (instance.gas_used(), instance.gas_left()) } else { (limit, 0) };
    let memory = instance
        .memory()
        .map(|bytes| MemoryState { pages: (bytes.len() / 65_536) as u32, sha256: digest::memory(bytes) });
    let mut tables = Vec::new();
    for table in instance.tables() {
        let elements = table.iter().map(element).collect::<Result<Vec<_>, LaneFault>>()?;
        tables.push(TableState { size: elements.len() as u32, sha256: digest::table(elements) });
    }
    Ok(Step {
        outcome,
        gas_used,
        gas_left,
        stack_high_water: instance.stack_high_water(),
        host_calls: std::mem::take(&mut host.calls),
        state: Some(State { memory, globals: texts(instance.globals()), tables }),
    })
}

fn element(value: &Value) -> Result<Element, LaneFault> {
    match *value {
        Value::FuncRef(None) | Value::ExternRef(None) => Ok(Element::Null),
        Value::FuncRef(Some(index)) => Ok(Element::Function(index)),
        Value::ExternRef(Some(number)) => Ok(Element::Extern(number)),
        Value::I32(_) | Value::I64(_) | Value::F32(_) | Value::F64(_) => {
            Err(LaneFault::new("Internal", format!("{value:?} in a table")))
        }
    }
}

fn argument(value: &modal_wasm_runtime::Value) -> Value {
    match *value {
        modal_wasm_runtime::Value::I32(bits) => Value::I32(bits),
        modal_wasm_runtime::Value::I64(bits) => Value::I64(bits),
        modal_wasm_runtime::Value::F32(bits) => Value::F32(bits),
        modal_wasm_runtime::Value::F64(bits) => Value::F64(bits),
        modal_wasm_runtime::Value::FuncRef(index) => Value::FuncRef(index),
        modal_wasm_runtime::Value::ExternRef(number) => Value::ExternRef(number),
    }
}

/// The text form of values, written out on its own: a wrong text in the executor must not be repeated here.
fn texts(values: &[Value]) -> Vec<String> {
    let reference = |kind: &str, value: Option<u32>| match value {
        Some(number) => format!("{kind}:{number}"),
        None => format!("{kind}:null"),
    };
    values
        .iter()
        .map(|value| match *value {
            Value::I32(bits) => format!("i32:0x{bits:08x}"),
            Value::I64(bits) => format!("i64:0x{bits:016x}"),
            Value::F32(bits) => format!("f32:0x{bits:08x}"),
            Value::F64(bits) => format!("f64:0x{bits:016x}"),
            Value::FuncRef(index) => reference("funcref", index),
            Value::ExternRef(number) => reference("externref", number),
        })
        .collect()
}

fn plain(ended: Ended) -> Outcome {
    match ended {
        Ended::Returned(values) => Outcome::Completed(texts(&values)),
        Ended::Trapped(trap) => Outcome::Trapped(kind(trap)),
    }
}

fn kind(trap: Trap) -> TrapKind {
    match trap {
        Trap::Unreachable => TrapKind::Unreachable,
        Trap::OutOfGas => TrapKind::OutOfGas,
        Trap::CallStackExhausted => TrapKind::CallStackExhausted,
        Trap::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        Trap::TableOutOfBounds => TrapKind::TableOutOfBounds,
        Trap::IndirectCallToNull => TrapKind::IndirectCallToNull,
        Trap::BadSignature => TrapKind::BadSignature,
        Trap::IntegerDivisionByZero => TrapKind::IntegerDivisionByZero,
        Trap::IntegerOverflow => TrapKind::IntegerOverflow,
        Trap::BadConversionToInteger => TrapKind::BadConversionToInteger,
        Trap::GuestAbort => TrapKind::GuestAbort,
    }
}

fn fault(error: impl std::fmt::Display) -> LaneFault {
    LaneFault::new("Reference", error.to_string())
}
