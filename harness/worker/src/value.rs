//! A value is told by all its bits, so that no NaN is ever touched.

use std::fmt;
use std::str::FromStr;

/// A value by its bits. Its text is what the protocol has: `i32:0x0000002a`, `funcref:12`, `externref:null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A text that is no value of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to read {0:?} as a value")]
pub struct ParseValueError(String);

impl FromStr for Value {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let parsed = text.split_once(':').and_then(|(kind, payload)| {
            let bits =
                |digits| u64::from_str_radix(payload.strip_prefix("0x").filter(|hex| hex.len() == digits)?, 16).ok();
            let word = || u32::try_from(bits(8)?).ok();
            let reference = || if payload == "null" { Some(None) } else { payload.parse().ok().map(Some) };
            match kind {
                "i32" => word().map(Self::I32),
                "i64" => bits(16).map(Self::I64),
                "f32" => word().map(Self::F32),
                "f64" => bits(16).map(Self::F64),
                "funcref" => reference().map(Self::FuncRef),
                "externref" => reference().map(Self::ExternRef),
                _ => None,
            }
        });
        parsed.ok_or_else(|| ParseValueError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_from_their_texts() {
        for value in [
            Value::I32(0x2a),
            Value::I64(u64::MAX),
            Value::F32(0x7fa0_0001),
            Value::F64(0x8000_0000_0000_0000),
            Value::FuncRef(None),
            Value::FuncRef(Some(3)),
            Value::ExternRef(Some(u32::MAX)),
        ] {
            assert_eq!(value.to_string().parse(), Ok(value));
        }
        for wrong in ["", "i32", "i32:5", "i32:0x5", "i32:0x00000000000000", "i64:0x0000002a", "v128:0", "funcref:-1"] {
            assert_eq!(wrong.parse::<Value>(), Err(ParseValueError(wrong.to_owned())));
        }
    }
}
