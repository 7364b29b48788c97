//! A gas limit is the most that a call may cost.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The gas limit of a caller that names none.
pub const DEFAULT_GAS_LIMIT: u64 = 10_000_000;

/// The highest gas limit that is accepted.
pub const MAX_GAS_LIMIT: u64 = 100_000_000;

/// A gas limit between 1 and [`MAX_GAS_LIMIT`], checked once, at the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64")]
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

impl TryFrom<u64> for GasLimit {
    type Error = GasLimitError;

    fn try_from(gas: u64) -> Result<Self, GasLimitError> {
        Self::new(gas)
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

    #[test]
    fn a_limit_is_checked_where_it_is_read() {
        assert_eq!(serde_json::from_str::<GasLimit>("7").ok(), GasLimit::new(7).ok());
        let error = serde_json::from_str::<GasLimit>("0").expect_err("nothing runs on no gas");
        assert!(error.to_string().starts_with(&GasLimitError::Zero.to_string()), "{error}");
    }
}
