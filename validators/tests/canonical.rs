//! Properties of canonical JSON: one text for a value, in the order of UTF-16, that reads back as the value.

use modal_wasm_validation::{CanonicalError, json_canonicalize, json_stringify_deterministic};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::{Config, RngSeed};
use serde_json::Value;

fn config(cases: u32) -> Config {
    // The seed is fixed, so a failure comes again by itself; its shrunk input belongs among the golden cases.
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

/// Strings with characters on both sides of the surrogates, escapes and controls.
fn string() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\u{0}-\u{1f}\"\\\\/a\u{7f}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{10ffff}]{0,4}"]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53)..=1 << 53).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..u64::MAX).prop_map(|bits| Value::from(bits as f64)),
        string().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(string(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The model: serde's text with members in the order of their keys' UTF-16. Strings and literals agree with the RFC's;
/// numbers are taken from the text that is checked.
fn model(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
        Value::Number(_) => json_stringify_deterministic(value).expect("the number was written before"),
        Value::Array(items) => format!("[{}]", items.iter().map(model).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| key.encode_utf16().collect::<Vec<_>>());
            let members: Vec<_> = members
                .iter()
                .map(|(key, member)| format!("{}:{}", Value::from(key.as_str()), model(member)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn keys_are_sorted_and_nothing_else_is_added(value in value()) {
        prop_assert_eq!(json_stringify_deterministic(&value).expect("every number is a double"), model(&value));
    }

    #[test]
    fn canonical_text_is_its_own(value in value()) {
        let text = json_stringify_deterministic(&value).expect("every number is a double");
        let again: Value = serde_json::from_str(&text).expect("canonical text is JSON");
        prop_assert_eq!(json_stringify_deterministic(&again), Ok(text.clone()));
        prop_assert_eq!(json_canonicalize(&text), Ok(text.clone()));
        // Serde writes a double with an exact integer value as `1e16` or `10000000000000000.0`: no integer by its text.
        prop_assert_eq!(json_canonicalize(&format!("{value:#}")), Ok(text));
    }

    #[test]
    fn a_double_reads_back_as_itself(double in any::<f64>()) {
        let text = json_stringify_deterministic(&Value::from(double)).expect("doubles are written");
        let read: f64 = text.parse().expect("a number");
        prop_assert_eq!(read.to_bits(), if double == 0.0 { 0 } else { double.to_bits() });
    }

    #[test]
    fn an_integer_is_written_as_it_is_or_not_at_all(integer in prop_oneof![
        any::<i64>().prop_map(i128::from),
        any::<u64>().prop_map(i128::from),
        // Neighbours of the powers of two, where doubles get sparse.
        (50..64_u32, -2..=2_i128).prop_map(|(power, offset)| (1_i128 << power) + offset),
        (0..u64::MAX).prop_map(|bits| bits as f64 as u64).prop_map(i128::from),
    ]) {
        let text = integer.to_string();
        let value: Value = serde_json::from_str(&text).expect("an integer");
        match json_stringify_deterministic(&value) {
            Ok(written) => prop_assert_eq!(&written, &text),
            Err(error) => {
                prop_assert!(integer.unsigned_abs() > 1 << 53);
                prop_assert_eq!(error, CanonicalError::Integer { integer: text.clone() });
            }
        }
        prop_assert_eq!(json_canonicalize(&text), json_stringify_deterministic(&value));
    }
}
