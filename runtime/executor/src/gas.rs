//! Gas is what running a module costs by the schedule that was metered into its bytes.

use crate::abi::AbiOutcome;
use crate::execution::Execution;
use serde::Serialize;
use std::fmt;

/// The gas limit of a caller that names none.
pub const DEFAULT_GAS_LIMIT: u64 = 10_000_000;

/// The highest gas limit that is accepted.
pub const MAX_GAS_LIMIT: u64 = 100_000_000;

/// A gas limit between 1 and [`MAX_GAS_LIMIT`], checked once, at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GasLimit(u64);

impl GasLimit {
    /// Checks a limit.
    ///
    /// # Errors
    ///
    /// If `gas` is 0 or above [`MAX_GAS_LIMIT`].
    pub const fn new(gas: u64) -> Result<Self, GasLimitError> {
        match gas {
            0 => Err(GasLimitError::Zero),
            1..=MAX_GAS_LIMIT => Ok(Self(gas)),
            _ => Err(GasLimitError::AboveMaximum { gas }),
        }
    }

    /// The limit as a number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Default for GasLimit {
    fn default() -> Self {
        Self(DEFAULT_GAS_LIMIT)
    }
}

impl fmt::Display for GasLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a number is no gas limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GasLimitError {
    /// Nothing can run on no gas.
    #[error("failed to accept a gas limit of 0: the lowest is 1")]
    Zero,
    /// The limit is above the maximum.
    #[error("failed to accept a gas limit of {gas}: the highest is {MAX_GAS_LIMIT}")]
    AboveMaximum {
        /// The number that was given.
        gas: u64,
    },
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gas_limits_have_two_ends() {
        let check = |gas, expect: Result<u64, GasLimitError>| assert_eq!(GasLimit::new(gas).map(GasLimit::get), expect);
        check(0, Err(GasLimitError::Zero));
        check(1, Ok(1));
        check(100_000_000, Ok(100_000_000));
        check(100_000_001, Err(GasLimitError::AboveMaximum { gas: 100_000_001 }));
        check(u64::MAX, Err(GasLimitError::AboveMaximum { gas: u64::MAX }));
    }

    #[test]
    fn errors_name_the_border() {
        assert_eq!(GasLimitError::Zero.to_string(), "failed to accept a gas limit of 0: the lowest is 1");
        assert_eq!(
            GasLimitError::AboveMaximum { gas: 100_000_001 }.to_string(),
            "failed to accept a gas limit of 100000001: the highest is 100000000"
        );
    }
}
