//! A program fails when it gives no actions.

use crate::contract_modules::TooManyModules;
use crate::excerpt::Excerpts;
use modal_wasm_meter::Rejection;
use modal_wasm_runtime::Trap;
use modal_wasm_runtime::abi::{AbiViolation, MAX_INPUT_BYTES};
use modal_wasm_validation::JsonError;

/// Why a program gave no actions. The texts go on a sentence that the program's name begins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramFailure {
    /// The meter refuses its module, which an earlier one admitted.
    #[error("was rejected: {0}")]
    Rejected(Rejection),
    /// Its arguments are too long.
    #[error("was given too much: {bytes} bytes of input, at most {MAX_INPUT_BYTES}")]
    InputTooLong {
        /// The length of its input in bytes.
        bytes: u64,
    },
    /// It calls modules of its contract, which has more than can be called.
    #[error("calls modules, and its contract has {0}")]
    TooManyModules(TooManyModules),
    /// It stopped.
    #[error("trapped: {0}")]
    Trapped(Trap),
    /// It broke the guest ABI.
    #[error("broke the guest ABI: {0}")]
    Violated(AbiViolation),
    /// It returned something else than `{"actions": […], "errors": […]}`.
    #[error("returned an invalid output: {0}")]
    Output(OutputProblem),
    /// It reported errors of its own.
    #[error("reported errors: {}", Excerpts(.0))]
    Errors(Vec<String>),
}

/// What is wrong with the output of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutputProblem {
    /// It is no JSON.
    #[error("{0}")]
    Json(JsonError),
    /// It has no `actions`, or others than an array.
    #[error("actions must be an array")]
    Actions,
    /// It has no `errors`, or others than an array of strings.
    #[error("errors must be an array of strings")]
    Errors,
}
