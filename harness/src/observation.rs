//! An observation is all that one lane saw of one case.
//!
//! It holds integers, names and hex, no clocks and no engine's texts, so two observations of one case are equal or
//! something is wrong. Its JSON form is what a lane's process answers and what a repro folder keeps.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a lane saw of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// What became of the module.
    pub module: ModuleObservation,
    /// One entry per run of the case; none if the module was rejected.
    pub runs: Vec<RunObservation>,
    /// What validators of the lane's own, outside of the module, answer to the case's validations, in their order; none
    /// on a lane that has no validators of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

/// What became of the module before anything ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModuleObservation {
    /// The module was metered and compiled.
    Accepted {
        /// SHA-256 of the metered bytes; the reference, which runs the original, has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        metered_sha256: Option<String>,
    },
    /// The module was refused.
    Rejected {
        /// The kind of rejection.
        kind: String,
        /// The text that a user reads.
        message: String,
    },
}

/// What a lane saw of one run: its steps in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunObservation {
    /// The start, then each call; or the one step of an ABI run.
    pub steps: Vec<Step>,
}

/// One call that the host made, and the state that it left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How it ended.
    pub outcome: Outcome,
    /// Metered gas.
    pub gas_used: u64,
    /// The limit less the gas used.
    pub gas_left: u64,
    /// The most stack words in use.
    pub stack_high_water: u32,
    /// The host functions that the guest called.
    pub host_calls: Vec<HostCall>,
    /// Memory, globals and tables afterwards; none where no instance was made.
    pub state: Option<State>,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It returned these values, in their text form.
    Completed(Vec<String>),
    /// An ABI run returned this text.
    Output(String),
    /// It stopped by a rule.
    Trapped(TrapKind),
    /// The guest broke the ABI.
    Violated(Violation),
}

/// The kinds of trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum TrapKind {
    Unreachable,
    OutOfGas,
    CallStackExhausted,
    MemoryOutOfBounds,
    TableOutOfBounds,
    IndirectCallToNull,
    BadSignature,
    IntegerDivisionByZero,
    IntegerOverflow,
    BadConversionToInteger,
    GuestAbort,
}

/// A way in which a guest broke the ABI.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Violation {
    /// The rule that was broken.
    pub rule: AbiRule,
    /// The export that is missing or has the wrong signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<String>,
}

/// The rules of the guest ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it; the ABI's description defines them")]
pub enum AbiRule {
    MissingExport,
    WrongSignature,
    ArgumentsOutOfBounds,
    ResultOutOfBounds,
    OutputTooLong,
    OutputNotUtf8,
}

/// A host function that the guest called. Copies of results by `modal.result` show in memory and gas only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCall {
    /// The import's module.
    pub module: String,
    /// The import's name.
    pub name: String,
    /// The arguments in their text form.
    pub args: Vec<String>,
    /// What `modal.call` came to, if it returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<ModuleCall>,
}

/// What a guest's call of another module came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleCall {
    /// The name that the guest gave; empty if it is no text.
    pub name: String,
    /// What the guest got: a length, or a negative code.
    pub returned: i32,
    /// The gas that the caller had left, the cost of the call paid.
    pub gas_before: u64,
    /// The gas that the module was given; 0 if it was not run.
    pub gas_limit: u64,
    /// The gas that it used.
    pub gas_used: u64,
    /// The most stack words in use by it and by what it called.
    pub stack_high_water: u32,
    /// SHA-256 of the result, if there is one.
    pub result_sha256: Option<String>,
    /// The host functions that it called.
    pub host_calls: Vec<HostCall>,
}

/// What a step left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The memory, if the module has one.
    pub memory: Option<MemoryState>,
    /// Every global, in its text form.
    pub globals: Vec<String>,
    /// Every table.
    pub tables: Vec<TableState>,
}

/// The size and digest of a memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryState {
    /// Its size in pages of 64 KiB.
    pub pages: u32,
    /// SHA-256 of its bytes up to the last that is not zero; the rest follows from the size.
    pub sha256: String,
}

/// The size and digest of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableState {
    /// Its size in elements.
    pub size: u32,
    /// SHA-256 over its elements; see [`crate::digest::table`].
    pub sha256: String,
}

impl Observation {
    /// An observation of a lane that has no validators of its own.
    #[must_use]
    pub fn new(module: ModuleObservation, runs: Vec<RunObservation>) -> Self {
        Self { module, runs, answers: Vec::new() }
    }

    /// Whether the module was not refused.
    #[must_use]
    pub fn is_admitted(&self) -> bool {
        matches!(self.module, ModuleObservation::Accepted { .. })
    }
}

impl Step {
    /// Whether the guest called another module.
    #[must_use]
    pub fn calls_modules(&self) -> bool {
        self.host_calls.iter().any(|call| call.module == "modal")
    }
}

impl Outcome {
    /// Whether the step ran to its end.
    #[must_use]
    pub fn completed(&self) -> bool {
        match self {
            Self::Completed(_) | Self::Output(_) => true,
            Self::Trapped(_) | Self::Violated(_) => false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed(values) => write!(f, "completed [{}]", values.join(", ")),
            Self::Output(text) => write!(f, "output {text:?}"),
            Self::Trapped(kind) => write!(f, "trapped {kind:?}"),
            Self::Violated(Violation { rule, export: Some(export) }) => write!(f, "violated {rule:?} {export:?}"),
            Self::Violated(Violation { rule, export: None }) => write!(f, "violated {rule:?}"),
        }
    }
}
