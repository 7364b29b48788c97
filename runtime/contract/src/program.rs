//! A program is a module that is given arguments and returns actions.

use crate::action::Action;
use crate::commit::MAX_ACTIONS;
use crate::error::{Fault, ProcessError};
use crate::refusal::{ActionPlace, OutputProblem, ProgramFailure, Reason, Refusal};
use modal_wasm_meter::{Rejection, RejectionKind};
use modal_wasm_runtime::abi::AbiOutcome;
use modal_wasm_runtime::{EngineConfig, ExecuteError, ModuleCache, WasmExecutor};
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

    /// Runs a program on its input, under a gas limit. The actions that it returns were read and admitted.
    pub(crate) fn run(
        &self,
        program: &str,
        wasm_bytes: &[u8],
        input: &str,
        gas_limit: u64,
    ) -> Result<Run, ProcessError> {
        let fail = |failure, gas_used| Reason::Program { program: program.to_owned(), failure, gas_used };
        let mut executor = WasmExecutor::new(gas_limit).with_engine(self.engine).with_cache(Arc::clone(&self.cache));
        let execution = match executor.execute(wasm_bytes, PROGRAM_METHOD, input) {
            Ok(execution) => execution,
            Err(ExecuteError::Rejected(rejection)) => {
                return Err(fail(ProgramFailure::Rejected(of_the_module(rejection)?), 0).into());
            }
            Err(ExecuteError::InputTooLong { bytes }) => {
                return Err(fail(ProgramFailure::InputTooLong { bytes: bytes as u64 }, 0).into());
            }
            // A module's limit is one and so is a commit's: the least of the two is none when the commit has used its own.
            Err(ExecuteError::GasLimit(_)) => {
                return Err(Reason::NoGasLeft { program: program.to_owned() }.into());
            }
            Err(ExecuteError::Fault(fault)) => return Err(Fault::Engine(fault).into()),
        };
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
