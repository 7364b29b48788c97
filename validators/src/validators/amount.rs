//! An amount is a whole number of units, below 2^64.

use crate::assessment::Assessment;
use crate::result::ValidationResult;

/// Validates that an amount is in a range, ends included.
///
/// 1. "Minimum {min} is above maximum {max}"
/// 2. "Amount {a} is below minimum {min}"
/// 3. "Amount {a} is above maximum {max}"
///
/// Gas: BASE + CHECK x 3 = 130.
#[must_use]
pub fn amount_in_range(amount: u64, minimum: u64, maximum: u64) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check(minimum <= maximum, format!("Minimum {minimum} is above maximum {maximum}"));
    assessment.check(amount >= minimum, format!("Amount {amount} is below minimum {minimum}"));
    assessment.check(amount <= maximum, format!("Amount {amount} is above maximum {maximum}"));
    assessment.finish()
}

/// Validates that a balance covers an amount.
///
/// 1. "Insufficient balance: have {b}, need {a}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn balance_sufficient(balance: u64, amount: u64) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check(balance >= amount, format!("Insufficient balance: have {balance}, need {amount}"));
    assessment.finish()
}
