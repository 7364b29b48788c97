//! A program is a module that is given arguments and returns actions.

use crate::action::Action;
use crate::commit::MAX_ACTIONS;
use crate::contract_modules::{ContractModules, ContractModulesError};
use crate::error::{Fault, ProcessError};
use crate::refusal::{ActionPlace, OutputProblem, ProgramFailure, Reason, Refusal};
use modal_wasm_meter::{Rejection, RejectionKind};
use modal_wasm_runtime::abi::AbiOutcome;
use modal_wasm_runtime::{EngineConfig, ExecuteError, ModuleCache, Modules, WasmExecutor};
use modal_wasm_validation::{Json, json_parse};
use std::sync::Arc;

/// The method that a program exports.
pub const PROGRAM_METHOD: &str = "execute";

/// The most programs of which each was invoked by the one before.
pub const MAX_INVOKE_DEPTH: u64 = 8;

/// Runs programs on one engine, and admits modules.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    pub(crate) engine: EngineConfig,
    pub(crate) cache: Arc<ModuleCache>,
}

/// What a program returned.
pub(crate) struct Run {
    pub(crate) actions: Vec<Action>,
    pub(crate) gas_used: u64,
}

impl Programs {
    /// Refuses actions that upload a module which the meter refuses.
    pub(crate) fn admit(&self, actions: &[Action]) -> Result<(), ProcessError> {
        for (index, action) in (0..).zip(actions) {
            let Action::Upload { wasm_bytes, .. } = action else { continue };
            if let Err(rejection) = self.cache.meter().meter(wasm_bytes) {
                let place = ActionPlace { index, method: Some(action.method()) };
                let reason = Reason::InvalidModule(of_the_module(rejection)?);
                return Err(Refusal::from(reason).within(place).into());
            }
        }
        Ok(())
    }

    /// Runs a program on its input, under a gas limit. The actions that it returns were read and admitted. `modules` are
    /// only asked for if it calls any.
    pub(crate) fn run(
        &self,
        program: &str,
        wasm_bytes: &[u8],
        input: &str,
        gas_limit: u64,
        modules: impl FnOnce() -> Result<Modules, ContractModulesError>,
    ) -> Result<Run, ProcessError> {
        let fail = |failure, gas_used| Reason::Program { program: program.to_owned(), failure, gas_used };
        let not_run = |error| not_run(program, error);
        let mut executor = WasmExecutor::new(gas_limit).with_engine(self.engine).with_cache(Arc::clone(&self.cache));
        // Without gas there is nothing to prepare for.
        executor.gas_limit().map_err(|error| not_run(error.into()))?;
        let prepared = self.cache.prepare(self.engine, wasm_bytes).map_err(|error| not_run(error.into()))?;
        if ContractModules::are_called_by(prepared.module.interface()) {
            executor.set_modules(modules().map_err(|error| match error {
                ContractModulesError::TooMany(many) => fail(ProgramFailure::TooManyModules(many), 0).into(),
                ContractModulesError::Store(error) => ProcessError::from(error),
            })?);
        }
        let execution = executor.execute_prepared(&prepared, PROGRAM_METHOD, input).map_err(not_run)?;
        let gas_used = execution.gas_used;
        let output = match execution.outcome {
            AbiOutcome::Output(output) => output,
            AbiOutcome::Trapped(trap) => return Err(fail(ProgramFailure::Trapped(trap), gas_used).into()),
            AbiOutcome::Violated(violation) => return Err(fail(ProgramFailure::Violated(violation), gas_used).into()),
        };
        let invalid = |problem| fail(ProgramFailure::Output(problem), gas_used);
        let output = json_parse(&output).map_err(|error| invalid(OutputProblem::Json(error)))?;
        let (items, errors) = parts(&output).map_err(invalid)?;
        if !errors.is_empty() {
            return Err(fail(ProgramFailure::Errors(errors), gas_used).into());
        }
        if items.len() as u64 > MAX_ACTIONS {
            return Err(Reason::TooManyActions.into());
        }
        let actions = Action::read_all(items)?;
        self.admit(&actions)?;
        Ok(Run { actions, gas_used })
    }
}

/// Why a program was not run.
fn not_run(program: &str, error: ExecuteError) -> ProcessError {
    let program = program.to_owned();
    let failure = match error {
        ExecuteError::Rejected(rejection) => match of_the_module(rejection) {
            Ok(rejection) => ProgramFailure::Rejected(rejection),
            Err(fault) => return fault.into(),
        },
        ExecuteError::InputTooLong { bytes } => ProgramFailure::InputTooLong { bytes: bytes as u64 },
        // A module's limit is one and so is a commit's: the least of the two is none when the commit has used its own.
        ExecuteError::GasLimit(_) => return Reason::NoGasLeft { program }.into(),
        ExecuteError::Fault(fault) => return Fault::Engine(fault).into(),
    };
    Reason::Program { program, failure, gas_used: 0 }.into()
}

/// The actions and the errors of a program's output. Other members do not count.
fn parts<'a>(output: &'a Json<'a>) -> Result<(&'a [Json<'a>], Vec<String>), OutputProblem> {
    let actions = output.get("actions").and_then(Json::as_array).ok_or(OutputProblem::Actions)?;
    let errors = output.get("errors").and_then(Json::as_array).ok_or(OutputProblem::Errors)?;
    let errors = errors.iter().map(|error| error.as_str().map(str::to_owned));
    Ok((actions, errors.collect::<Option<_>>().ok_or(OutputProblem::Errors)?))
}

/// A rejection that is about the module; one that is about the meter is a fault.
fn of_the_module(rejection: Rejection) -> Result<Rejection, Fault> {
    match rejection.kind {
        RejectionKind::MeterDefect => Err(Fault::Meter(rejection)),
        RejectionKind::Malformed
        | RejectionKind::Invalid
        | RejectionKind::Feature
        | RejectionKind::Limit
        | RejectionKind::Import
        | RejectionKind::ReservedExport => Ok(rejection),
    }
}
