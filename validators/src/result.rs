//! A result is a validator's answer.

use serde::{Deserialize, Serialize};

/// What a validator found. Its JSON form has the fields in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationResult {
    /// Whether every rule is kept, which is to say whether there are no errors.
    pub valid: bool,
    /// The validation gas: the sum of the [costs](crate::cost) of the steps that were reached.
    pub gas_used: u64,
    /// The rules that are broken, in the validator's order.
    pub errors: Vec<String>,
}
