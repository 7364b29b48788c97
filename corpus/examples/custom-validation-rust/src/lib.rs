//! A contract's own validation: may this payment be made?
//!
//! The host puts the input where `alloc` makes room, calls `validate`, and reads what that returns: a little-endian
//! `u32` length and so many bytes of UTF-8.

use serde::{Deserialize, Serialize};

/// The most that one payment may move.
const LIMIT: u64 = 1_000_000;

/// Payments are made from 09:00 to 17:00 UTC.
const OPENS: u64 = 9 * 3_600;
const CLOSES: u64 = 17 * 3_600;
const DAY: u64 = 24 * 3_600;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payment<'a> {
    amount: u64,
    recipient: &'a str,
    /// [`checksum`] of the recipient: whoever mistypes a name pays nobody.
    checksum: u64,
    /// In seconds since 1970. Time is an input: a guest has no clock.
    time: u64,
}

#[derive(Serialize)]
struct Answer {
    valid: bool,
    errors: Vec<String>,
}

/// The rules, in the order in which their errors are told.
fn check(payment: &Payment) -> Vec<String> {
    let Payment { amount, recipient, checksum: given, time } = *payment;
    let mut errors = Vec::new();
    if amount == 0 {
        errors.push("Amount cannot be zero".into());
    }
    if amount > LIMIT {
        errors.push(format!("Amount {amount} is above the limit {LIMIT}"));
    }
    if !(3..=64).contains(&recipient.len()) {
        errors.push("Recipient must have 3 to 64 characters".into());
    }
    if !recipient.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')) {
        errors.push("Recipient must be of a-z, 0-9 and -".into());
    }
    if u64::from(checksum(recipient)) != given {
        errors.push("Checksum does not match the recipient".into());
    }
    if !(OPENS..CLOSES).contains(&(time % DAY)) {
        errors.push("Time must be from 09:00 to 17:00 UTC".into());
    }
    errors
}

/// FNV-1a, 32 bits.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Reads a payment: an object with each of the four fields once. Its strings are taken as they stand, so one with an
/// escape is refused; so is a list of the four values, which serde would take too.
fn read(input: &str) -> Option<Payment<'_>> {
    if input.contains('\\') || !input.trim_start().starts_with('{') {
        return None;
    }
    serde_json::from_str(input).ok()
}

fn answer(input: &str) -> String {
    let errors = read(input).map_or_else(|| vec!["Invalid payment JSON".into()], |payment| check(&payment));
    let answer = Answer { valid: errors.is_empty(), errors };
    serde_json::to_string(&answer).expect("a struct of a flag and strings has a JSON form")
}

/// Makes room for the input. Nothing is given back: an instance lives for one execution.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    vec![0; length].leak().as_mut_ptr()
}

/// Checks the payment that the host wrote where `alloc` made room.
///
/// # Safety
///
/// `input` points to `length` bytes that `alloc` made room for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn validate(input: *const u8, length: usize) -> *const u8 {
    // SAFETY: this is what the host promises.
    let input = unsafe { std::slice::from_raw_parts(input, length) };
    let answer = answer(std::str::from_utf8(input).expect("the host passes UTF-8"));
    let length = u32::try_from(answer.len()).expect("an answer fits into a memory of 32 bits");
    let mut result = length.to_le_bytes().to_vec();
    result.extend_from_slice(answer.as_bytes());
    result.leak().as_ptr()
}
