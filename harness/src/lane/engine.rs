//! An engine lane observes cases in this process, on the engines that nodes run.

use super::backlog::Backlog;
use super::recent::KEPT;
use super::{Feature, Lane, LaneFault, LaneId, guard};
use crate::digest::{self, Element};
use crate::observation::{
    AbiRule, HostCall, MemoryState, ModuleCall, ModuleObservation, Outcome, RunObservation, State, Step, TableState,
    TrapKind, Violation,
};
use crate::{CallableModule, Case, Observation, Run};
use modal_wasm_meter::{Meter, Rejection};
use modal_wasm_runtime::{
    CallError, Compiler, Composition, EngineConfig, Fault, GasLimit, Instance, Module, ModuleCache, Modules,
    PrepareError, Trap, Value,
    abi::{self, AbiError, AbiOutcome, AbiViolation},
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Observes cases on one of the executor's engines.
pub struct EngineLane {
    id: LaneId,
    modules: Arc<ModuleCache>,
    engine: EngineConfig,
    lacks: BTreeSet<Feature>,
    backlog: Backlog,
}

impl EngineLane {
    /// What a configuration lacks of the profile.
    #[must_use]
    pub fn lacked_by(engine: EngineConfig) -> BTreeSet<Feature> {
        match engine {
            // It refuses to compile a module that names the type.
            EngineConfig::Wasmtime(Compiler::Winch) => [Feature::Externref].into(),
            EngineConfig::Wasmtime(
                Compiler::Cranelift | Compiler::CraneliftNone | Compiler::CraneliftSinglePass | Compiler::Pulley,
            )
            | EngineConfig::Wasmi => BTreeSet::new(),
        }
    }

    /// A lane on an engine in a configuration, and of that name.
    #[must_use]
    pub fn new(engine: EngineConfig) -> Self {
        Self::with_meter(engine, Meter::default())
    }

    /// A lane that meters with a meter of the caller's.
    #[must_use]
    pub fn with_meter(engine: EngineConfig, meter: Meter) -> Self {
        let version = format!("{} {}", engine.engine(), engine.engine().version());
        let id = LaneId { name: engine.name().to_owned(), version };
        let modules = Arc::new(ModuleCache::with_meter(KEPT, meter));
        Self { id, modules, engine, lacks: Self::lacked_by(engine), backlog: Backlog::default() }
    }

    fn run_case(&self, case: &Case) -> Result<Observation, LaneFault> {
        let prepared = match self.modules.prepare(self.engine, &case.module) {
            Ok(prepared) => prepared,
            Err(PrepareError::Rejected(Rejection { kind, message })) => {
                let module = ModuleObservation::Rejected { kind: kind.to_string(), message };
                return Ok(Observation::new(module, Vec::new()));
            }
            Err(PrepareError::Fault(source)) => return Err(fault(source)),
        };
        let composition = self.compose(case)?;
        let run = |run| run_one(&prepared.module, &composition, run);
        let runs = case.runs.iter().map(run).collect::<Result<Vec<_>, LaneFault>>()?;
        let module = ModuleObservation::Accepted { metered_sha256: Some(prepared.metered_sha256.clone()) };
        Ok(Observation::new(module, runs))
    }

    /// The modules that the case's guests can call, metered as the case's own is.
    fn compose(&self, case: &Case) -> Result<Arc<Composition>, LaneFault> {
        let module = |(name, module): (&String, &CallableModule)| {
            Ok((name.clone(), (Arc::from(module.bytes.as_slice()), limit(module.gas)?)))
        };
        let modules = case.modules.iter().map(module).collect::<Result<Modules, LaneFault>>()?;
        Ok(Arc::new(Composition::new(Arc::clone(&self.modules), self.engine, modules)))
    }
}

impl Lane for EngineLane {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn lacks(&self) -> &BTreeSet<Feature> {
        &self.lacks
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.backlog.add(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let case = self.backlog.next()?;
        guard("EnginePanic", || self.run_case(&case))
    }
}

fn run_one(module: &Module, composition: &Arc<Composition>, run: &Run) -> Result<RunObservation, LaneFault> {
    match run {
        Run::Exports { start_gas, calls } => {
            let mut instance = module.instantiate_with(composition).map_err(fault)?;
            let gas = limit(*start_gas)?;
            instance.begin(gas);
            let outcome = plain(instance.start().map_err(fault)?);
            let started = outcome.completed();
            let mut steps = vec![step(&mut instance, outcome, gas)?];
            if started {
                for call in calls {
                    let gas = limit(call.gas)?;
                    instance.begin(gas);
                    let outcome = instance.invoke(&call.export, &call.args).map_err(|error| match error {
                        CallError::Fault(source) => fault(source),
                        usage => LaneFault::new("Usage", usage.to_string()),
                    })?;
                    steps.push(step(&mut instance, plain(outcome), gas)?);
                }
            }
            Ok(RunObservation { steps })
        }
        Run::Abi { method, input, gas } => {
            let gas = limit(*gas)?;
            if let Err(violation) = abi::check(module.interface(), method) {
                let step = Step {
                    outcome: Outcome::Violated(violated(violation)),
                    gas_used: gas.get(),
                    gas_left: 0,
                    stack_high_water: 0,
                    host_calls: Vec::new(),
                    state: None,
                };
                return Ok(RunObservation { steps: vec![step] });
            }
            let mut instance = module.instantiate_with(composition).map_err(fault)?;
            let called = abi::call(&mut instance, method, input, gas).map_err(|error| match error {
                AbiError::Fault(source) => fault(source),
                AbiError::InputTooLong { .. } => LaneFault::new("Usage", error.to_string()),
            })?;
            let outcome = match called {
                AbiOutcome::Output(text) => Outcome::Output(text),
                AbiOutcome::Trapped(trap) => Outcome::Trapped(kind(trap)),
                AbiOutcome::Violated(violation) => Outcome::Violated(violated(violation)),
            };
            Ok(RunObservation { steps: vec![step(&mut instance, outcome, gas)?] })
        }
    }
}

fn step(instance: &mut Instance, outcome: Outcome, limit: GasLimit) -> Result<Step, LaneFault> {
    // A violation of the ABI ends an execution whose last call completed: the instance does not know that it consumes
    // the limit.
    let (gas_used, gas_left) =
        if outcome.completed() { (instance.gas_used(), instance.gas_left()) } else { (limit.get(), 0) };
    let host_calls = instance.take_host_calls().into_iter().map(host_call).collect();
    Ok(Step {
        outcome,
        gas_used,
        gas_left,
        stack_high_water: instance.stack_high_water(),
        host_calls,
        state: Some(state(instance)?),
    })
}

fn host_call(call: modal_wasm_runtime::HostCall) -> HostCall {
    let called = call.called.map(|called| ModuleCall {
        name: called.name,
        returned: called.returned,
        gas_before: called.gas_before,
        gas_limit: called.gas_limit,
        gas_used: called.gas_used,
        stack_high_water: called.stack_high_water,
        result_sha256: called.result_sha256,
        host_calls: called.host_calls.into_iter().map(host_call).collect(),
    });
    HostCall { module: call.module.into(), name: call.name.into(), args: texts(&call.args), called }
}

fn state(instance: &mut Instance) -> Result<State, LaneFault> {
    let memory =
        instance.memory().map(|bytes| MemoryState { pages: pages(bytes.len()), sha256: digest::memory(bytes) });
    let globals = texts(&instance.globals().map_err(fault)?);
    let mut tables = Vec::new();
    for table in instance.tables().map_err(fault)? {
        let elements = table.iter().map(element).collect::<Result<Vec<_>, LaneFault>>()?;
        let size = u32::try_from(elements.len()).map_err(|error| LaneFault::new("Internal", error.to_string()))?;
        tables.push(TableState { size, sha256: digest::table(elements) });
    }
    Ok(State { memory, globals, tables })
}

/// Memories are capped at 256 pages, far below where this could saturate.
fn pages(bytes: usize) -> u32 {
    u32::try_from(bytes / 65_536).unwrap_or(u32::MAX)
}

fn element(value: &Value) -> Result<Element, LaneFault> {
    match value {
        Value::FuncRef(None) | Value::ExternRef(None) => Ok(Element::Null),
        Value::FuncRef(Some(index)) => Ok(Element::Function(*index)),
        Value::ExternRef(Some(number)) => Ok(Element::Extern(*number)),
        Value::I32(_) | Value::I64(_) | Value::F32(_) | Value::F64(_) => {
            Err(LaneFault::new("Internal", format!("{value} in a table")))
        }
    }
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn plain(outcome: modal_wasm_runtime::Outcome) -> Outcome {
    match outcome {
        modal_wasm_runtime::Outcome::Completed(values) => Outcome::Completed(texts(&values)),
        modal_wasm_runtime::Outcome::Trapped(trap) => Outcome::Trapped(kind(trap)),
    }
}

pub(super) fn kind(trap: Trap) -> TrapKind {
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

pub(super) fn violated(violation: AbiViolation) -> Violation {
    let (rule, export) = match violation {
        AbiViolation::MissingExport(name) => (AbiRule::MissingExport, Some(name)),
        AbiViolation::WrongSignature(name) => (AbiRule::WrongSignature, Some(name)),
        AbiViolation::ArgumentsOutOfBounds => (AbiRule::ArgumentsOutOfBounds, None),
        AbiViolation::ResultOutOfBounds => (AbiRule::ResultOutOfBounds, None),
        AbiViolation::OutputTooLong => (AbiRule::OutputTooLong, None),
        AbiViolation::OutputNotUtf8 => (AbiRule::OutputNotUtf8, None),
    };
    Violation { rule, export }
}

fn limit(gas: u64) -> Result<GasLimit, LaneFault> {
    GasLimit::new(gas).map_err(|error| LaneFault::new("Usage", error.to_string()))
}

/// Faults are counted by these names.
fn fault(fault: Fault) -> LaneFault {
    let kind = match &fault {
        Fault::Setup { .. } => "EngineSetup",
        Fault::Compile { .. } => "EngineCompile",
        Fault::Instantiate { .. } => "EngineInstantiate",
        Fault::UnknownImport { .. } => "UnknownImport",
        Fault::MissingExport { .. } => "MissingExport",
        Fault::NativeStack { .. } => "EngineStackOverflow",
        Fault::OutOfMemory => "EngineOutOfMemory",
        Fault::UnknownStop { .. } => "UnknownTrap",
        Fault::UnknownStatus { .. } => "UnknownStatus",
        Fault::Counter { .. } => "Counter",
        Fault::UnknownFunction | Fault::UnreachableFunction { .. } => "UnknownFunction",
        Fault::UnknownValue => "UnknownValue",
        Fault::OutOfOrder { .. } => "Usage",
    };
    LaneFault::new(kind, fault.to_string())
}
