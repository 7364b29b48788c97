//! A text is compared as its UTF-8 bytes: nothing is normalised.

use crate::assessment::Assessment;
use crate::result::ValidationResult;

/// Validates that two texts are the same.
///
/// 1. "Text does not equal the expected text"
///
/// Gas: BASE + CHECK = 110, as for every validator of texts.
#[must_use]
pub fn text_equals(text: &str, expected: &str) -> ValidationResult {
    one(text == expected, "Text does not equal the expected text")
}

/// Validates that two texts are the same but for the case of the letters A to Z. Other letters have no case here: their
/// case tables change from one release of Unicode to the next.
///
/// 1. "Text does not equal the expected text"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_equals_ignore_case(text: &str, expected: &str) -> ValidationResult {
    one(text.eq_ignore_ascii_case(expected), "Text does not equal the expected text")
}

/// Validates that a text contains another one. Every text contains the empty one.
///
/// 1. "Text does not contain the expected text"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_contains(text: &str, expected: &str) -> ValidationResult {
    one(text.contains(expected), "Text does not contain the expected text")
}

/// Validates that a text starts with another one.
///
/// 1. "Text does not start with the expected text"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_starts_with(text: &str, expected: &str) -> ValidationResult {
    one(text.starts_with(expected), "Text does not start with the expected text")
}

/// Validates that a text ends with another one.
///
/// 1. "Text does not end with the expected text"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_ends_with(text: &str, expected: &str) -> ValidationResult {
    one(text.ends_with(expected), "Text does not end with the expected text")
}

/// Validates that a text is empty.
///
/// 1. "Text is not empty"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_is_empty(text: &str) -> ValidationResult {
    one(text.is_empty(), "Text is not empty")
}

/// Validates that a text is not empty.
///
/// 1. "Text is empty"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_not_empty(text: &str) -> ValidationResult {
    one(!text.is_empty(), "Text is empty")
}

/// Validates that a text has so many bytes.
///
/// 1. "Text length {n} is not {length}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_length_eq(text: &str, length: u64) -> ValidationResult {
    let found = length_of(text);
    one(found == length, format!("Text length {found} is not {length}"))
}

/// Validates that a text has more bytes than this.
///
/// 1. "Text length {n} is not above {length}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_length_gt(text: &str, length: u64) -> ValidationResult {
    let found = length_of(text);
    one(found > length, format!("Text length {found} is not above {length}"))
}

/// Validates that a text has fewer bytes than this.
///
/// 1. "Text length {n} is not below {length}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn text_length_lt(text: &str, length: u64) -> ValidationResult {
    let found = length_of(text);
    one(found < length, format!("Text length {found} is not below {length}"))
}

fn one(holds: bool, error: impl Into<String>) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check(holds, error);
    assessment.finish()
}

fn length_of(text: &str) -> u64 {
    u64::try_from(text.len()).expect("no text is longer than a u64 counts")
}
