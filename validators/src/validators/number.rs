//! A number is given as JSON text and compares by its exact decimal value: nothing is rounded, and there is no
//! tolerance.

use crate::assessment::Assessment;
use crate::error::{Document, ValidationError};
use crate::json::{Json, Number};
use crate::result::ValidationResult;
use std::cmp::Ordering;

/// Validates that two numbers are equal.
///
/// 1. "Left is not a number"
/// 2. "Right is not a number"; then, if both are,
/// 3. "Numbers are not equal"
///
/// Gas, as for every comparison of two: BASE + PARSE_JSON x 2 + CHECK x 2 = 220, then CHECK = 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn num_equals(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, Ordering::is_eq, "Numbers are not equal")
}

/// Validates that the left number is greater than the right one.
///
/// 1. "Left is not a number"
/// 2. "Right is not a number"; then, if both are,
/// 3. "Left is not greater than right"
///
/// Gas: 220, then 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn num_gt(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, Ordering::is_gt, "Left is not greater than right")
}

/// Validates that the left number is greater than the right one, or equal.
///
/// 1. "Left is not a number"
/// 2. "Right is not a number"; then, if both are,
/// 3. "Left is less than right"
///
/// Gas: 220, then 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn num_gte(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, Ordering::is_ge, "Left is less than right")
}

/// Validates that the left number is less than the right one.
///
/// 1. "Left is not a number"
/// 2. "Right is not a number"; then, if both are,
/// 3. "Left is not less than right"
///
/// Gas: 220, then 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn num_lt(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, Ordering::is_lt, "Left is not less than right")
}

/// Validates that the left number is less than the right one, or equal.
///
/// 1. "Left is not a number"
/// 2. "Right is not a number"; then, if both are,
/// 3. "Left is greater than right"
///
/// Gas: 220, then 230.
///
/// # Errors
///
/// "Invalid left JSON: …", "Invalid right JSON: …".
pub fn num_lte(left_json: &str, right_json: &str) -> Result<ValidationResult, ValidationError> {
    compare(left_json, right_json, Ordering::is_le, "Left is greater than right")
}

/// Validates that a number is in a range, ends included.
///
/// 1. "Value is not a number"
/// 2. "Minimum is not a number"
/// 3. "Maximum is not a number"; then, if all are,
/// 4. "Minimum is greater than maximum"
/// 5. "Value is less than minimum"
/// 6. "Value is greater than maximum"
///
/// Gas: BASE + PARSE_JSON x 3 + CHECK x 3 = 280, then CHECK x 3 = 310.
///
/// # Errors
///
/// "Invalid value JSON: …", "Invalid minimum JSON: …", "Invalid maximum JSON: …".
pub fn num_between(
    value_json: &str,
    minimum_json: &str,
    maximum_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let value = assessment.parse(Document::Value, value_json)?;
    let minimum = assessment.parse(Document::Minimum, minimum_json)?;
    let maximum = assessment.parse(Document::Maximum, maximum_json)?;
    let value = check_number(&mut assessment, &value, "Value is not a number");
    let minimum = check_number(&mut assessment, &minimum, "Minimum is not a number");
    let maximum = check_number(&mut assessment, &maximum, "Maximum is not a number");
    if let (Some(value), Some(minimum), Some(maximum)) = (value, minimum, maximum) {
        assessment.check(minimum <= maximum, "Minimum is greater than maximum");
        assessment.check(value >= minimum, "Value is less than minimum");
        assessment.check(value <= maximum, "Value is greater than maximum");
    }
    Ok(assessment.finish())
}

/// Validates that a number is above zero.
///
/// 1. "Value is not a number"; then
/// 2. "Value is not positive"
///
/// Gas, as for every comparison with zero: BASE + PARSE_JSON + CHECK = 160, then CHECK = 170.
///
/// # Errors
///
/// "Invalid value JSON: …".
pub fn num_positive(value_json: &str) -> Result<ValidationResult, ValidationError> {
    compare_with_zero(value_json, Ordering::is_gt, "Value is not positive")
}

/// Validates that a number is below zero.
///
/// 1. "Value is not a number"; then
/// 2. "Value is not negative"
///
/// Gas: 160, then 170.
///
/// # Errors
///
/// "Invalid value JSON: …".
pub fn num_negative(value_json: &str) -> Result<ValidationResult, ValidationError> {
    compare_with_zero(value_json, Ordering::is_lt, "Value is not negative")
}

/// Validates that a number is zero, of either sign.
///
/// 1. "Value is not a number"; then
/// 2. "Value is not zero"
///
/// Gas: 160, then 170.
///
/// # Errors
///
/// "Invalid value JSON: …".
pub fn num_zero(value_json: &str) -> Result<ValidationResult, ValidationError> {
    compare_with_zero(value_json, Ordering::is_eq, "Value is not zero")
}

fn compare(
    left_json: &str,
    right_json: &str,
    holds: fn(Ordering) -> bool,
    error: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let left = assessment.parse(Document::Left, left_json)?;
    let right = assessment.parse(Document::Right, right_json)?;
    let left = check_number(&mut assessment, &left, "Left is not a number");
    let right = check_number(&mut assessment, &right, "Right is not a number");
    if let (Some(left), Some(right)) = (left, right) {
        assessment.check(holds(left.cmp(right)), error);
    }
    Ok(assessment.finish())
}

fn compare_with_zero(
    value_json: &str,
    holds: fn(Ordering) -> bool,
    error: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let value = assessment.parse(Document::Value, value_json)?;
    if let Some(value) = check_number(&mut assessment, &value, "Value is not a number") {
        assessment.check(holds(value.sign()), error);
    }
    Ok(assessment.finish())
}

fn check_number<'a>(assessment: &mut Assessment, json: &'a Json<'_>, error: &str) -> Option<&'a Number<'a>> {
    assessment.check_that(json.as_number().ok_or(error))
}
