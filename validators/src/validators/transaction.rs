//! A transaction moves an amount to an address.

use crate::assessment::Assessment;
use crate::cost;
use crate::error::{Document, ValidationError};
use crate::json::Json;
use crate::result::ValidationResult;

/// The longest address, in bytes.
const MAX_ADDRESS_BYTES: usize = 256;

/// Validates a transaction, `{"amount", "to"}`, under a network's parameters, `{"min_amount"?}`.
///
/// 1. The amount: "Missing or invalid amount field", or else "Amount {a} is below minimum {m}" when `min_amount` is
///    given, "Amount cannot be zero".
/// 2. The recipient: "Missing or invalid 'to' field", or else "Recipient address cannot be empty", "Recipient address
///    too long" (over 256 bytes).
///
/// A `min_amount` that is no amount counts as not given.
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 2 = 220.
///
/// # Errors
///
/// "Invalid transaction JSON: …", "Invalid parameters JSON: …".
pub fn validate_transaction_deterministic(
    tx_json: &str,
    params_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let transaction = assessment.parse(Document::Transaction, tx_json)?;
    let parameters = assessment.parse(Document::Parameters, params_json)?;
    check_amount(&mut assessment, &transaction, &parameters);
    check_recipient(&mut assessment, &transaction);
    Ok(assessment.finish())
}

fn check_amount(assessment: &mut Assessment, transaction: &Json<'_>, parameters: &Json<'_>) {
    assessment.charge(cost::CHECK);
    let Some(amount) = transaction.get("amount").and_then(Json::as_u64) else {
        assessment.add("Missing or invalid amount field");
        return;
    };
    if let Some(minimum) = parameters.get("min_amount").and_then(Json::as_u64).filter(|minimum| amount < *minimum) {
        assessment.add(format!("Amount {amount} is below minimum {minimum}"));
    }
    if amount == 0 {
        assessment.add("Amount cannot be zero");
    }
}

fn check_recipient(assessment: &mut Assessment, transaction: &Json<'_>) {
    assessment.charge(cost::CHECK);
    match transaction.get("to").and_then(Json::as_str) {
        None => assessment.add("Missing or invalid 'to' field"),
        Some("") => assessment.add("Recipient address cannot be empty"),
        Some(address) if address.len() > MAX_ADDRESS_BYTES => assessment.add("Recipient address too long"),
        Some(_) => {}
    }
}
