//! A context is what a commit is processed in: what every node knows of the block that the commit is in.

use modal_wasm_runtime::{GasLimit, MAX_GAS_LIMIT};

/// What a commit is processed in. All of it comes from the block, never from the machine: with another clock, another node
/// would come to another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitContext {
    /// The block's time, in seconds since 1970. Modules are marked with it, and programs are told.
    pub timestamp: u64,
    /// The block's height. Programs are told.
    pub block_height: u64,
    /// The gas that all programs of the commit may use together.
    pub gas_limit: GasLimit,
}

impl CommitContext {
    /// A context whose programs may use [`MAX_GAS_LIMIT`] together.
    #[must_use]
    pub const fn new(timestamp: u64, block_height: u64) -> Self {
        const HIGHEST: GasLimit = match GasLimit::new(MAX_GAS_LIMIT) {
            Ok(limit) => limit,
            Err(_) => panic!("the maximum is a gas limit"),
        };
        Self { timestamp, block_height, gas_limit: HIGHEST }
    }

    /// The same context under another gas limit.
    #[must_use]
    pub const fn with_gas_limit(mut self, gas_limit: GasLimit) -> Self {
        self.gas_limit = gas_limit;
        self
    }
}
