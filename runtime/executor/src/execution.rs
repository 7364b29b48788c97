//! An execution is the result of running one method of one guest.

use crate::abi::AbiOutcome;
use crate::engine::EngineConfig;
use serde::Serialize;

/// What came of running a method. Everything but the engine is equal on every engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Execution {
    /// How it ended.
    pub outcome: AbiOutcome,
    /// The gas it used: the whole limit unless it ended in an output.
    pub gas_used: u64,
    /// The gas that was left.
    pub gas_left: u64,
    /// The gas it was given.
    pub gas_limit: u64,
    /// The most stack words that its live frames weighed.
    pub stack_high_water: u32,
    /// The SHA-256 of the original module, in lower hex.
    pub sha256: String,
    /// The SHA-256 of the metered module, in lower hex.
    pub metered_sha256: String,
    /// The engine that ran it.
    pub engine: EngineConfig,
}

impl Execution {
    /// The output, if there is one.
    #[must_use]
    pub fn output(&self) -> Option<&str> {
        match &self.outcome {
            AbiOutcome::Output(output) => Some(output),
            AbiOutcome::Trapped(_) | AbiOutcome::Violated(_) => None,
        }
    }
}
