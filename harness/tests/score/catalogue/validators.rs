//! Faults of the forms of the validators.

use crate::common::guest;
use crate::score::bug::{Bug, Class, Lie, Plant};

pub(super) fn bugs() -> Vec<Bug> {
    let bindings = LIES.iter().map(|&(name, lie, _)| Bug::new(Class::Validators, name, Plant::Bindings(lie)));
    let guests = WRONG_GUESTS.iter().map(|&(name, made)| Bug::new(Class::Validators, name, Plant::Guest(made)));
    bindings.chain(guests).collect()
}

/// Rewrites the integer that comes after something, in all answers.
fn after(answers: &mut [String], what: &str, rewrite: fn(u128) -> u128) {
    for answer in answers {
        if let Some((before, after)) = answer.split_once(what) {
            *answer = format!("{before}{what}{}", integers(after, rewrite));
        }
    }
}

/// Rewrites the integers of a call that are arguments: those that stand in no string.
fn arguments(call: &str, rewrite: fn(u128) -> u128) -> String {
    let mut written = String::new();
    let mut rest = call;
    while let Some(start) = rest.find('"') {
        let string = &rest[start + 1..];
        let mut escaped = false;
        let end = string.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (string, after) = string.split_at(end.map_or(string.len(), |end| end + 1));
        written += &integers(&rest[..start], rewrite);
        written.push('"');
        written += string;
        rest = after;
    }
    written + &integers(rest, rewrite)
}

/// Rewrites the integers of a text.
fn integers(text: &str, rewrite: fn(u128) -> u128) -> String {
    let mut rest = text;
    let mut written = String::new();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let length = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        let (before, after) = rest.split_at(start);
        let (integer, after) = after.split_at(length);
        written += before;
        written += &match integer.parse() {
            Ok(value) => rewrite(value).to_string(),
            Err(_) => integer.to_owned(),
        };
        rest = after;
    }
    written + rest
}

/// What is wrong with bindings, and the field where it shows.
pub(crate) const LIES: &[(&str, Lie, &str)] = &[
    (
        "bindings that count a unit of gas too much",
        Lie::Tells(|answers| after(answers, "\"gas_used\":", |gas| gas + 1)),
        "validations.own.gas_used",
    ),
    (
        "bindings that count columns from zero",
        Lie::Tells(|answers| after(answers, " column ", |column| column - 1)),
        "validations.own.error",
    ),
    (
        "bindings that take integers modulo 2^64",
        Lie::Hears(|call| arguments(call, |value| value % (1 << 64))),
        "validations.own",
    ),
    (
        "bindings that round integers to doubles",
        Lie::Hears(|call| arguments(call, |value| value as f64 as u128)),
        "validations.own",
    ),
    (
        "bindings that make U+FFFD of escaped surrogates",
        Lie::Hears(|call| call.replace(r"\\ud800", "\u{fffd}").replace(r"\\udc00", "\u{fffd}")),
        "validations.own",
    ),
    ("bindings that leave out byte order marks", Lie::Hears(|call| call.replace('\u{feff}', "")), "validations.own"),
    ("bindings that leave the last call out", Lie::Tells(|answers| drop(answers.pop())), "validations.own.length"),
    (
        "bindings that give an answer again",
        Lie::Tells(|answers| {
            if let [first, second, ..] = &mut answers[..] {
                second.clone_from(first);
            }
        }),
        "validations.own",
    ),
];

/// The guest with other bytes in the place of some, which it has once or more.
fn patched(from: &str, to: &str) -> Vec<u8> {
    let mut guest = guest();
    let places = guest.windows(from.len()).enumerate().filter(|(_, window)| *window == from.as_bytes());
    let places = places.map(|(place, _)| place).collect::<Vec<_>>();
    assert!(!places.is_empty() && from.len() == to.len(), "{from:?} in the guest, {to:?} for it");
    places.into_iter().for_each(|place| guest[place..][..to.len()].copy_from_slice(to.as_bytes()));
    guest
}

/// A guest that keeps the ABI and does nothing but what is in `evaluate`.
fn hollow(evaluate: &str) -> Vec<u8> {
    let answer = r#"{"valid":true,"gas_used":110,"errors":[]}"#;
    let text = format!(
        r#"(module (memory (export "memory") 17) (data (i32.const 8) "\{:02x}\00\00\00{}")
            (func (export "alloc") (param i32) (result i32) (i32.const 1024))
            (func (export "evaluate") (param i32 i32) (result i32) {evaluate}))"#,
        answer.len(),
        answer.replace('"', "\\\""),
    );
    wat::parse_str(text).expect("a module")
}

/// How a guest is had.
pub(crate) type Made = fn() -> Vec<u8>;

/// Guests that are not of these validators.
pub(crate) const WRONG_GUESTS: &[(&str, Made)] = &[
    ("a stale guest, with another error text", || patched("Amount cannot be zero", "Amount may not be nil")),
    ("a stale guest, with another name for a fault of JSON", || patched("lone surrogate", "half surrogate")),
    ("a guest that panics", || hollow("unreachable")),
    ("a guest that finds everything valid", || hollow("i32.const 8")),
];
