//! A post sets the value of a path in a contract.

use crate::assessment::Assessment;
use crate::error::ValidationError;
use crate::result::ValidationResult;

/// Validates a POST action. The state is there for the signature that validators of posts share; these rules read
/// nothing of it.
///
/// 1. "Invalid value JSON: …"
/// 2. "Contract ID cannot be empty"
/// 3. "Path cannot be empty"
/// 4. "Path must start with '/'" (an empty path breaks this one too)
///
/// Gas: BASE + PARSE_JSON + CHECK x 3 = 180. The first rule is the parse itself.
///
/// # Errors
///
/// None: what cannot be parsed is a broken rule here.
pub fn validate_post_action(
    contract_id: &str,
    path: &str,
    value_json: &str,
    _state_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    if let Err(error) = assessment.try_parse(value_json) {
        assessment.add(format!("Invalid value JSON: {error}"));
    }
    assessment.check(!contract_id.is_empty(), "Contract ID cannot be empty");
    assessment.check(!path.is_empty(), "Path cannot be empty");
    assessment.check(path.starts_with('/'), "Path must start with '/'");
    Ok(assessment.finish())
}
