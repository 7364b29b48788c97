//! A fault is an engine, the machine or the caller of this crate breaking: never a verdict on the guest.

use crate::engine::EngineConfig;
use crate::trap::Trap;

/// What broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An engine did not take its configuration.
    #[error("failed to set up {engine}: {reason}")]
    Setup {
        /// The engine.
        engine: EngineConfig,
        /// What it said.
        reason: String,
    },
    /// An engine did not take a metered module.
    #[error("failed to compile a metered module on {engine}: {reason}")]
    Compile {
        /// The engine.
        engine: EngineConfig,
        /// What it said.
        reason: String,
    },
    /// An engine did not make an instance, although making one runs nothing.
    #[error("failed to instantiate a metered module on {engine}: {reason}")]
    Instantiate {
        /// The engine.
        engine: EngineConfig,
        /// What it said.
        reason: String,
    },
    /// A metered module imports what the host does not have.
    #[error("failed to resolve the import `{module}.{name}`")]
    UnknownImport {
        /// The import's module.
        module: String,
        /// The import's name.
        name: String,
    },
    /// A metered module lacks an export that the meter adds, or has it with another type.
    #[error("failed to find the export `{name}` in a metered module")]
    MissingExport {
        /// The export's name.
        name: String,
    },
    /// The engine's native stack ended before the meter's.
    #[error("failed to run within the native stack of {engine}")]
    NativeStack {
        /// The engine.
        engine: EngineConfig,
    },
    /// The machine refused memory that the rules allow.
    #[error("failed to get memory that the rules allow")]
    OutOfMemory,
    /// The engine stopped in a way that the rules have no place for.
    #[error("failed to place what stopped {engine}: {reason}")]
    UnknownStop {
        /// The engine.
        engine: EngineConfig,
        /// What it said.
        reason: String,
    },
    /// The meter's status does not go with the way in which the call ended.
    #[error("failed to understand status {status} of a call that {}", ended(*.trap))]
    UnknownStatus {
        /// The status.
        status: i64,
        /// The engine's own trap, if the call trapped.
        trap: Option<Trap>,
    },
    /// A counter of the meter's holds what no call can have left in it.
    #[error("failed to account for {counter} = {found} after a call that began with {began}")]
    Counter {
        /// The counter's name.
        counter: &'static str,
        /// What it holds.
        found: i64,
        /// What it held before the call.
        began: i64,
    },
    /// The guest holds a function that no reference of the module's can name.
    #[error("failed to name a function reference by its index")]
    UnknownFunction,
    /// A function was to be passed to the guest by an index that no reference of the module's can name.
    #[error("failed to find function {index} among those that a reference can name")]
    UnreachableFunction {
        /// The index.
        index: u32,
    },
    /// The guest holds a value of a type outside the rules, or an external reference that this host did not make.
    #[error("failed to name a value by its bits")]
    UnknownValue,
    /// An instance was used out of order: it is begun, started once, and then invoked until something traps.
    #[error("failed to {step}: {because}")]
    OutOfOrder {
        /// What was attempted.
        step: &'static str,
        /// Why it was too early or too late.
        because: &'static str,
    },
}

fn ended(trap: Option<Trap>) -> String {
    trap.map_or_else(|| "completed".to_owned(), |trap| format!("trapped with {trap}"))
}
