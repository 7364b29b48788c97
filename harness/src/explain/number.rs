//! Numbers as people read them.

use modal_wasm_runtime::Value;

/// A value: integers signed, with their bits where they are large; floats in decimal, or by their bits where they are
/// no number.
pub(super) fn human(value: Value) -> String {
    /// Integers up to here say more in decimal than in bits.
    const PLAIN: u64 = 0xffff;
    match value {
        Value::I32(bits) => {
            let value = bits.cast_signed();
            if u64::from(value.unsigned_abs()) <= PLAIN {
                format!("i32 {value}")
            } else {
                format!("i32 {value} ({bits:#x})")
            }
        }
        Value::I64(bits) => {
            let value = bits.cast_signed();
            if value.unsigned_abs() <= PLAIN { format!("i64 {value}") } else { format!("i64 {value} ({bits:#x})") }
        }
        Value::F32(bits) => match f32::from_bits(bits) {
            number if number.is_nan() => format!("f32 NaN ({bits:#x})"),
            number => format!("f32 {number:?}"),
        },
        Value::F64(bits) => match f64::from_bits(bits) {
            number if number.is_nan() => format!("f64 NaN ({bits:#x})"),
            number => format!("f64 {number:?}"),
        },
        Value::FuncRef(None) => "funcref null".into(),
        Value::FuncRef(Some(index)) => format!("funcref to function {index}"),
        Value::ExternRef(None) => "externref null".into(),
        Value::ExternRef(Some(number)) => format!("externref {number}"),
    }
}

/// What is seen at a place of an observation: values decoded, the rest as it stands.
pub(super) fn seen(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::String(text) => match text.parse() {
            Ok(value) => human(value),
            Err(_) => text.clone(),
        },
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(seen).collect::<Vec<_>>().join(", ")),
        serde_json::Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name} {}", seen(value))).collect::<Vec<_>>().join(", ")
        }
        serde_json::Value::Null => "nothing".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_told_in_words_a_person_uses() {
        for (value, text) in [
            (Value::I32(u32::MAX), "i32 -1"),
            (Value::I32(0x8000_0000), "i32 -2147483648 (0x80000000)"),
            (Value::I64(65_535), "i64 65535"),
            (Value::F32(0x7fc0_0000), "f32 NaN (0x7fc00000)"),
            (Value::F64(0x4004_0000_0000_0000), "f64 2.5"),
            (Value::F64(1 << 63), "f64 -0.0"),
            (Value::FuncRef(Some(3)), "funcref to function 3"),
        ] {
            assert_eq!(human(value), text);
        }
        assert_eq!(seen(&json!({"completed": ["i32:0x00000007"]})), "completed [i32 7]");
        assert_eq!(seen(&json!({"trapped": "OutOfGas"})), "trapped OutOfGas");
        assert_eq!(seen(&json!(12)), "12");
        assert_eq!(seen(&json!(null)), "nothing");
    }
}
