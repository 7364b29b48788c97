//! Canonical JSON is the one text that a value has: RFC 8785, the JSON Canonicalization Scheme.

use crate::json::{self, Json, JsonError, MAX_DEPTH};
use serde_json::{Number, Value};

/// Writes a value as canonical JSON: no space, keys in the order of their UTF-16, numbers as ECMAScript writes them.
///
/// ECMAScript has doubles only. An integer whose canonical text would be another integer is refused rather than
/// rounded: 2^53 + 1, and also 2^60, which a double holds but which is written `1152921504606847000`. So different
/// integers never have one text, and what was written reads back as the same value.
///
/// # Errors
///
/// If a number has no such text, or if the value is nested deeper than [`MAX_DEPTH`].
pub fn json_stringify_deterministic(value: &Value) -> Result<String, CanonicalError> {
    check(value, 0)?;
    serde_json_canonicalizer::to_string(value).map_err(|_| CanonicalError::NotFinite)
}

/// Rewrites JSON text as canonical JSON, as [`json_stringify_deterministic`] writes a value.
///
/// Text says more than a value does, so less is accepted: duplicate keys, lone surrogates and whatever else the
/// validators refuse in a document are errors, and integers of any length are held to the rule above.
///
/// # Errors
///
/// If the text is no JSON, or if a number has no canonical text.
pub fn json_canonicalize(text: &str) -> Result<String, CanonicalError> {
    json::parse(text)?.to_canonical()
}

impl Json<'_> {
    /// Writes this document as canonical JSON, as [`json_canonicalize`] writes its text.
    ///
    /// # Errors
    ///
    /// If a number has no canonical text.
    pub fn to_canonical(&self) -> Result<String, CanonicalError> {
        json_stringify_deterministic(&to_value(self)?)
    }
}

/// Why a value has no canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The canonical text of this integer would be another integer.
    #[error("failed to write the integer {integer}: its canonical text would be another integer")]
    Integer {
        /// The integer, in decimal.
        integer: String,
    },
    /// A number is no finite double.
    #[error("failed to write a number: no finite double is near it")]
    NotFinite,
    /// Arrays and objects are nested deeper than [`MAX_DEPTH`].
    #[error("failed to write a value: it is nested too deep")]
    TooDeep,
    /// The text is no JSON.
    #[error("failed to read the JSON: {0}")]
    Json(#[from] JsonError),
}

/// The largest integer up to which every integer is a double, and is written in full.
const MAX_PLAIN: u64 = 1 << 53;

fn check(value: &Value, depth: u32) -> Result<(), CanonicalError> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => check_number(number),
        Value::Array(_) | Value::Object(_) if depth == MAX_DEPTH => Err(CanonicalError::TooDeep),
        Value::Array(items) => items.iter().try_for_each(|item| check(item, depth + 1)),
        Value::Object(members) => members.values().try_for_each(|member| check(member, depth + 1)),
    }
}

fn check_number(number: &Number) -> Result<(), CanonicalError> {
    let double = number.as_f64().filter(|double| double.is_finite()).ok_or(CanonicalError::NotFinite)?;
    if let Some(integer) = number.as_u64().filter(|integer| *integer > MAX_PLAIN) {
        return check_integer(&integer.to_string(), double);
    }
    if let Some(integer) = number.as_i64().filter(|integer| integer.unsigned_abs() > MAX_PLAIN) {
        return check_integer(&integer.to_string(), double);
    }
    Ok(())
}

/// Checks that an integer is written as it is.
fn check_integer(integer: &str, double: f64) -> Result<(), CanonicalError> {
    match serde_json_canonicalizer::to_string(&double) {
        Ok(text) if text == integer => Ok(()),
        Ok(_) | Err(_) => Err(CanonicalError::Integer { integer: integer.to_owned() }),
    }
}

fn to_value(json: &Json<'_>) -> Result<Value, CanonicalError> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(to_number(number.text())?),
        Json::String(text) => Value::String(text.clone().into_owned()),
        Json::Array(items) => Value::Array(items.iter().map(to_value).collect::<Result<_, _>>()?),
        Json::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, member)| Ok((key.clone().into_owned(), to_value(member)?)))
                .collect::<Result<_, CanonicalError>>()?,
        ),
    })
}

fn to_number(text: &str) -> Result<Number, CanonicalError> {
    if let Ok(integer) = text.parse::<u64>() {
        return Ok(integer.into());
    }
    // The one integer that is also negative zero is a double.
    if let Some(integer) = text.parse::<i64>().ok().filter(|integer| *integer != 0) {
        return Ok(integer.into());
    }
    let double: f64 = text.parse().map_err(|_| CanonicalError::NotFinite)?;
    if double != 0.0 && !text.contains(['.', 'e', 'E']) {
        check_integer(text, double)?;
    }
    Number::from_f64(double).ok_or(CanonicalError::NotFinite)
}

#[cfg(test)]
mod tests {
    use super::{json_canonicalize, json_stringify_deterministic};
    use serde_json::{Value, json};

    fn check(value: &Value, expect: &str) {
        let found = json_stringify_deterministic(value).unwrap_or_else(|error| error.to_string());
        assert_eq!(found, expect);
    }

    fn check_text(text: &str, expect: &str) {
        let found = json_canonicalize(text).unwrap_or_else(|error| error.to_string());
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_example_of_the_rfc() {
        check_text(
            r#"{
                "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                "literals": [null, true, false]
            }"#,
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        );
    }

    #[test]
    fn keys_are_sorted_by_utf_16() {
        // U+10000 is D800 DC00 in UTF-16, before U+E000; in UTF-8 and by scalar value it is after.
        check(
            &json!({"\u{e000}": 1, "\u{10000}": 2, "b": 3, "a": 4, "": 5, "\r": 6, "\u{f6}": 7}),
            "{\"\":5,\"\\r\":6,\"a\":4,\"b\":3,\"\u{f6}\":7,\"\u{10000}\":2,\"\u{e000}\":1}",
        );
    }

    #[test]
    fn numbers_are_ecmascript_s() {
        for (value, expect) in [
            (json!(-0.0), "0"),
            (json!(1e21), "1e+21"),
            (json!(1e20), "100000000000000000000"),
            (json!(1e-7), "1e-7"),
            (json!(0.000001), "0.000001"),
            (json!(5e-324), "5e-324"),
            (json!(f64::MAX), "1.7976931348623157e+308"),
            (json!(100.0), "100"),
            (json!(9007199254740993.0), "9007199254740992"),
            (json!(1152921504606846976.0), "1152921504606847000"),
        ] {
            check(&value, expect);
        }
    }

    #[test]
    fn integers_are_not_rounded() {
        let refused =
            |text: &str| format!("failed to write the integer {text}: its canonical text would be another integer");
        for text in ["9007199254740992", "-9007199254740992", "9007199254740994", "1000000000000000000"] {
            check(&serde_json::from_str(text).expect("an integer"), text);
            check_text(text, text);
        }
        for text in [
            "9007199254740993",
            "-9007199254740993",
            "1152921504606846976",
            "18446744073709551615",
            "9223372036854775807",
        ] {
            check(&serde_json::from_str(text).expect("an integer"), &refused(text));
            check_text(text, &refused(text));
        }
        // The canonical text of 2^60 reads back as itself.
        check(&json!(1_152_921_504_606_847_000_u64), "1152921504606847000");
        check_text("100000000000000000000", "100000000000000000000");
        check_text("18446744073709551616", &refused("18446744073709551616"));
        check_text("-18446744073709551617", &refused("-18446744073709551617"));
        check_text("1000000000000000000000", &refused("1000000000000000000000"));
        check_text("[-0,0,-0.0,1e-400]", "[0,0,0,0]");
    }

    #[test]
    fn what_has_no_text_is_refused() {
        let mut deep = json!(0);
        for _ in 0..127 {
            deep = json!([deep]);
        }
        assert!(json_stringify_deterministic(&deep).is_ok());
        check(&json!({ "a": deep }), "failed to write a value: it is nested too deep");
        check_text(r#"{"a":1,"a":1}"#, "failed to read the JSON: duplicate key at line 1 column 8");
        check_text(r#""\ud800""#, "failed to read the JSON: lone surrogate at line 1 column 2");
        check_text("1e309", "failed to read the JSON: number out of range at line 1 column 1");
    }
}
