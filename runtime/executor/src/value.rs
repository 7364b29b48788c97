//! A value is what crosses the border between host and guest: always its bits, so that no NaN is ever touched.

use modal_wasm_meter::ValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A value by its bits.
///
/// Its text is canonical: `i32:0x0000002a`, `i64:0xffffffffffffffff`, `f32:0x7fc00000`, `f64:0x7ff8000000000000`,
/// `funcref:null`, `funcref:12`, `externref:7`. Parsing also takes decimal numbers: `i32:-1`, `f64:1.5`, `f32:nan`,
/// `f32:-inf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A 32-bit integer.
    I32(u32),
    /// A 64-bit integer.
    I64(u64),
    /// The bits of a 32-bit float.
    F32(u32),
    /// The bits of a 64-bit float.
    F64(u64),
    /// A function, by its index in the original module, or null.
    FuncRef(Option<u32>),
    /// A host's object, by the number that the host gave it, or null.
    ExternRef(Option<u32>),
}

impl Value {
    /// The value's type.
    #[must_use]
    pub const fn value_type(self) -> ValueType {
        match self {
            Self::I32(_) => ValueType::I32,
            Self::I64(_) => ValueType::I64,
            Self::F32(_) => ValueType::F32,
            Self::F64(_) => ValueType::F64,
            Self::FuncRef(_) => ValueType::FuncRef,
            Self::ExternRef(_) => ValueType::ExternRef,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32(bits) => write!(f, "i32:{bits:#010x}"),
            Self::I64(bits) => write!(f, "i64:{bits:#018x}"),
            Self::F32(bits) => write!(f, "f32:{bits:#010x}"),
            Self::F64(bits) => write!(f, "f64:{bits:#018x}"),
            Self::FuncRef(None) => f.write_str("funcref:null"),
            Self::FuncRef(Some(index)) => write!(f, "funcref:{index}"),
            Self::ExternRef(None) => f.write_str("externref:null"),
            Self::ExternRef(Some(number)) => write!(f, "externref:{number}"),
        }
    }
}

impl FromStr for Value {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let parsed = text.split_once(':').and_then(|(kind, payload)| match kind {
            "i32" => parse_i32(payload).map(Self::I32),
            "i64" => parse_i64(payload).map(Self::I64),
            "f32" => parse_f32(payload).map(Self::F32),
            "f64" => parse_f64(payload).map(Self::F64),
            "funcref" => parse_reference(payload).map(Self::FuncRef),
            "externref" => parse_reference(payload).map(Self::ExternRef),
            _ => None,
        });
        parsed.ok_or_else(|| ParseValueError { text: text.to_owned() })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A text that is no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to read `{text}` as a value such as `i32:5`, `f64:0x7ff8000000000000` or `funcref:null`")]
pub struct ParseValueError {
    /// The text that was given.
    pub text: String,
}

fn parse_i32(text: &str) -> Option<u32> {
    if let Some(digits) = text.strip_prefix("0x") {
        return parse_hex(digits).and_then(|bits| bits.try_into().ok());
    }
    text.parse::<u32>().ok().or_else(|| text.parse::<i32>().ok().map(i32::cast_unsigned))
}

fn parse_i64(text: &str) -> Option<u64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return parse_hex(digits);
    }
    text.parse::<u64>().ok().or_else(|| text.parse::<i64>().ok().map(i64::cast_unsigned))
}

fn parse_f32(text: &str) -> Option<u32> {
    if let Some(digits) = text.strip_prefix("0x") {
        return parse_hex(digits).and_then(|bits| bits.try_into().ok());
    }
    // The canonical NaN is written out: which one the standard library makes is not promised.
    if text == "nan" { Some(0x7fc0_0000) } else { text.parse().ok().filter(|f: &f32| !f.is_nan()).map(f32::to_bits) }
}

fn parse_f64(text: &str) -> Option<u64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return parse_hex(digits);
    }
    if text == "nan" {
        Some(0x7ff8_0000_0000_0000)
    } else {
        text.parse().ok().filter(|f: &f64| !f.is_nan()).map(f64::to_bits)
    }
}

fn parse_hex(digits: &str) -> Option<u64> {
    // `from_str_radix` would take a sign.
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u64::from_str_radix(digits, 16).ok() } else { None }
}

fn parse_reference(text: &str) -> Option<Option<u32>> {
    if text == "null" { Some(None) } else { text.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_text_goes_both_ways() {
        let check = |value: Value, text: &str| {
            assert_eq!(value.to_string(), text);
            assert_eq!(text.parse(), Ok(value));
        };
        check(Value::I32(42), "i32:0x0000002a");
        check(Value::I32(u32::MAX), "i32:0xffffffff");
        check(Value::I64(1), "i64:0x0000000000000001");
        check(Value::F32(0x7fa0_0000), "f32:0x7fa00000");
        check(Value::F64(0x7ff8_0000_0000_0000), "f64:0x7ff8000000000000");
        check(Value::FuncRef(None), "funcref:null");
        check(Value::FuncRef(Some(12)), "funcref:12");
        check(Value::ExternRef(None), "externref:null");
        check(Value::ExternRef(Some(u32::MAX)), "externref:4294967295");
    }

    #[test]
    fn decimal_text_is_read() {
        let check = |text: &str, value: Value| assert_eq!(text.parse(), Ok(value), "{text}");
        check("i32:5", Value::I32(5));
        check("i32:-1", Value::I32(u32::MAX));
        check("i32:-2147483648", Value::I32(0x8000_0000));
        check("i32:4294967295", Value::I32(u32::MAX));
        check("i32:0x2a", Value::I32(42));
        check("i64:-1", Value::I64(u64::MAX));
        check("i64:18446744073709551615", Value::I64(u64::MAX));
        check("f32:1.5", Value::F32(0x3fc0_0000));
        check("f32:-0", Value::F32(0x8000_0000));
        check("f32:nan", Value::F32(0x7fc0_0000));
        check("f64:nan", Value::F64(0x7ff8_0000_0000_0000));
        check("f64:-inf", Value::F64(0xfff0_0000_0000_0000));
        check("f64:1e300", Value::F64(1e300_f64.to_bits()));
    }

    #[test]
    fn anything_else_is_refused() {
        let check = |text: &str| {
            assert_eq!(text.parse::<Value>(), Err(ParseValueError { text: text.to_owned() }));
        };
        for text in
            ["", "i32", "i32:", "5", "i32:4294967296", "i32:-2147483649", "i32:0x100000000", "i32:0x", "i32:0x+1"]
        {
            check(text);
        }
        for text in ["f32:-nan", "f64:NaN", "f32:one", "funcref:-1", "externref:", "v128:0", "i32:1 "] {
            check(text);
        }
    }
}
