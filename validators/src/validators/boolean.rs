//! A boolean is `true` or `false` in JSON, and nothing that merely looks like it.

use crate::assessment::Assessment;
use crate::error::{Document, ValidationError};
use crate::json::Json;
use crate::result::ValidationResult;

/// Validates that a value is `true`.
///
/// 1. "Value is not a boolean"; then
/// 2. "Value is not true"
///
/// Gas: BASE + PARSE_JSON + CHECK = 160, then CHECK = 170.
///
/// # Errors
///
/// "Invalid value JSON: …".
pub fn bool_is_true(value_json: &str) -> Result<ValidationResult, ValidationError> {
    is(value_json, true, "Value is not true")
}

/// Validates that a value is `false`.
///
/// 1. "Value is not a boolean"; then
/// 2. "Value is not false"
///
/// Gas: 160, then 170.
///
/// # Errors
///
/// "Invalid value JSON: …".
pub fn bool_is_false(value_json: &str) -> Result<ValidationResult, ValidationError> {
    is(value_json, false, "Value is not false")
}

/// Validates that two booleans are the same.
///
/// 1. "Left is not a boolean"
/// 2. "Right is not a boolean"; then, if both are,
/// 3. "Booleans are not equal"
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 2 = 220, then CHECK = 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn bool_equals(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, |left, right| left == right, "Booleans are not equal")
}

/// Validates that two booleans are each other's negation.
///
/// 1. "Left is not a boolean"
/// 2. "Right is not a boolean"; then, if both are,
/// 3. "Booleans are equal"
///
/// Gas: 220, then 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn bool_not(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, |left, right| left != right, "Booleans are equal")
}

fn is(value_json: &str, expected: bool, error: &str) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let value = assessment.parse(Document::Value, value_json)?;
    if let Some(value) = check_boolean(&mut assessment, &value, "Value is not a boolean") {
        assessment.check(value == expected, error);
    }
    Ok(assessment.finish())
}

fn compare(
    left_json: &str,
    right_json: &str,
    holds: fn(bool, bool) -> bool,
    error: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let left = assessment.parse(Document::Left, left_json)?;
    let right = assessment.parse(Document::Right, right_json)?;
    let left = check_boolean(&mut assessment, &left, "Left is not a boolean");
    let right = check_boolean(&mut assessment, &right, "Right is not a boolean");
    if let (Some(left), Some(right)) = (left, right) {
        assessment.check(holds(left, right), error);
    }
    Ok(assessment.finish())
}

fn check_boolean(assessment: &mut Assessment, json: &Json<'_>, error: &str) -> Option<bool> {
    assessment.check_that(json.as_bool().ok_or(error))
}
