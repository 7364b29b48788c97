//! A hash is the SHA-256 of something, as 64 hex digits.

use crate::assessment::Assessment;
use crate::result::ValidationResult;

/// Validates that a hash is the SHA-256 of a text.
///
/// 1. "Hash must be 64 hex digits"; then
/// 2. "Hash does not match"
///
/// Gas: BASE + CHECK = 110, then HASH + CHECK = 140.
#[must_use]
pub fn sha256_matches(text: &str, hash: &str) -> ValidationResult {
    matches(&[text], hash, "Hash")
}

/// Validates that two hashes are the same.
///
/// 1. "Left hash must be 64 hex digits"
/// 2. "Right hash must be 64 hex digits"; then, if both are,
/// 3. "Hashes differ"
///
/// Gas: BASE + CHECK x 2 = 120, then CHECK = 130.
#[must_use]
pub fn hash_equals(left: &str, right: &str) -> ValidationResult {
    let mut assessment = Assessment::new();
    let left = assessment.check_that(decode(left, "Left hash"));
    let right = assessment.check_that(decode(right, "Right hash"));
    if let (Some(left), Some(right)) = (left, right) {
        assessment.check(left == right, "Hashes differ");
    }
    assessment.finish()
}

/// Validates that a text has the form of a hash.
///
/// 1. "Hash must be 64 hex digits"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn hash_format(hash: &str) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check_that(decode(hash, "Hash"));
    assessment.finish()
}

/// Validates that a commitment is opened by a preimage and a salt: it is the SHA-256 of the two, one after the other.
///
/// The hash does not say where the preimage ends: a salt of a length that is agreed on beforehand does.
///
/// 1. "Commitment must be 64 hex digits"; then
/// 2. "Commitment does not match"
///
/// Gas: BASE + CHECK = 110, then HASH + CHECK = 140.
#[must_use]
pub fn commitment_verify(commitment: &str, preimage: &str, salt: &str) -> ValidationResult {
    matches(&[preimage, salt], commitment, "Commitment")
}

fn matches(parts: &[&str], hash: &str, name: &str) -> ValidationResult {
    let mut assessment = Assessment::new();
    if let Some(expected) = assessment.check_that(decode(hash, name)) {
        let found = assessment.sha256(parts);
        assessment.check(found == expected, format!("{name} does not match"));
    }
    assessment.finish()
}

fn decode(hash: &str, name: &str) -> Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash, &mut bytes).map_err(|_| format!("{name} must be 64 hex digits"))?;
    Ok(bytes)
}
