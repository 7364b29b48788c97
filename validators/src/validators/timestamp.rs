//! A timestamp is a count of seconds that the caller gives: a validator has no clock.

use crate::assessment::Assessment;
use crate::result::ValidationResult;

/// Validates that a timestamp is before a deadline.
///
/// 1. "Timestamp {t} is not before {d}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn timestamp_before(timestamp: u64, deadline: u64) -> ValidationResult {
    one(timestamp < deadline, format!("Timestamp {timestamp} is not before {deadline}"))
}

/// Validates that a timestamp is after a moment.
///
/// 1. "Timestamp {t} is not after {m}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn timestamp_after(timestamp: u64, moment: u64) -> ValidationResult {
    one(timestamp > moment, format!("Timestamp {timestamp} is not after {moment}"))
}

/// Validates that a timestamp is in a window, ends included.
///
/// 1. "Window start {s} is after its end {e}"
/// 2. "Timestamp {t} is before the window start {s}"
/// 3. "Timestamp {t} is after the window end {e}"
///
/// Gas: BASE + CHECK x 3 = 130.
#[must_use]
pub fn timestamp_within(timestamp: u64, start: u64, end: u64) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check(start <= end, format!("Window start {start} is after its end {end}"));
    assessment.check(timestamp >= start, format!("Timestamp {timestamp} is before the window start {start}"));
    assessment.check(timestamp <= end, format!("Timestamp {timestamp} is after the window end {end}"));
    assessment.finish()
}

/// Validates that a timestamp is at most so many seconds from a target, before or after.
///
/// 1. "Timestamp {t} is {n} seconds from {target}, at most {tolerance} are allowed"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn timestamp_near(timestamp: u64, target: u64, tolerance: u64) -> ValidationResult {
    let distance = timestamp.abs_diff(target);
    let error = format!("Timestamp {timestamp} is {distance} seconds from {target}, at most {tolerance} are allowed");
    one(distance <= tolerance, error)
}

/// Validates that a deadline has passed.
///
/// 1. "Deadline {d} has not passed at {now}"
///
/// Gas: BASE + CHECK = 110.
#[must_use]
pub fn timestamp_expired(deadline: u64, now: u64) -> ValidationResult {
    one(now > deadline, format!("Deadline {deadline} has not passed at {now}"))
}

fn one(holds: bool, error: String) -> ValidationResult {
    let mut assessment = Assessment::new();
    assessment.check(holds, error);
    assessment.finish()
}
