//! A transfer moves an amount of an asset from one address to another.

use crate::assessment::Assessment;
use crate::error::{Document, ValidationError};
use crate::result::ValidationResult;

/// Validates a transfer against the sender's state, `{"balance"}`.
///
/// 1. "Sender address cannot be empty"
/// 2. "Recipient address cannot be empty"
/// 3. "Cannot transfer to same address"
/// 4. "Amount cannot be zero"
/// 5. "Balance not found in state"; then, with a balance,
/// 6. "Invalid balance" (no amount)
/// 7. "Insufficient balance: have {b}, need {a}"
///
/// Gas: BASE + PARSE_JSON + CHECK x 5 = 200 without a balance, CHECK x 7 = 220 with one.
///
/// # Errors
///
/// "Invalid state JSON: …".
pub fn validate_asset_transfer(
    from: &str,
    to: &str,
    amount: u64,
    state_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let state = assessment.parse(Document::State, state_json)?;
    assessment.check(!from.is_empty(), "Sender address cannot be empty");
    assessment.check(!to.is_empty(), "Recipient address cannot be empty");
    assessment.check(from != to, "Cannot transfer to same address");
    assessment.check(amount != 0, "Amount cannot be zero");
    if let Some(balance) = assessment.check_that(state.get("balance").ok_or("Balance not found in state")) {
        let balance = assessment.check_that(balance.as_u64().ok_or("Invalid balance"));
        let lacking = balance.filter(|balance| *balance < amount);
        assessment.check_that(match lacking {
            None => Ok(()),
            Some(balance) => Err(format!("Insufficient balance: have {balance}, need {amount}")),
        });
    }
    Ok(assessment.finish())
}
