//! Gas is what running a module costs by the schedule that was metered into its bytes.

use crate::abi::AbiOutcome;
use crate::execution::Execution;
use serde::Serialize;

/// Totals over the executions of one executor. Sums saturate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GasMetrics {
    /// Executions that returned an output.
    pub completed: u64,
    /// Executions that trapped.
    pub trapped: u64,
    /// Executions that broke the guest ABI.
    pub violated: u64,
    /// Gas used by all of them.
    pub gas_used: u64,
    /// The most gas that one of them used.
    pub gas_used_max: u64,
    /// Gas limits of all of them, added up.
    pub gas_limits: u64,
}

impl GasMetrics {
    /// How many executions were counted.
    #[must_use]
    pub const fn executions(&self) -> u64 {
        self.completed.saturating_add(self.trapped).saturating_add(self.violated)
    }

    pub(crate) fn count(&mut self, execution: &Execution) {
        let count = match execution.outcome {
            AbiOutcome::Output(_) => &mut self.completed,
            AbiOutcome::Trapped(_) => &mut self.trapped,
            AbiOutcome::Violated(_) => &mut self.violated,
        };
        *count = count.saturating_add(1);
        self.gas_used = self.gas_used.saturating_add(execution.gas_used);
        self.gas_used_max = self.gas_used_max.max(execution.gas_used);
        self.gas_limits = self.gas_limits.saturating_add(execution.gas_limit);
    }
}
