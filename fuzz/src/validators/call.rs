//! A call of a validator, read from an input, and the form of its answer.

use crate::{Depth, Finding};
use modal_wasm_validation::{NAMES, ValidationResult, cost};
use serde_json::{Value, json};

/// What ends an argument.
const END: u8 = 0;

/// The call that an input stands for.
pub(super) fn text(data: &[u8]) -> String {
    match data {
        [b'{', ..] | [] => String::from_utf8_lossy(data).into_owned(),
        [number, _, ..] | [number] => {
            let name = NAMES.get(usize::from(*number) % NAMES.len()).copied().unwrap_or_default();
            let arguments = documents(data).into_iter().map(|text| match text.parse::<u64>() {
                Ok(integer) => Value::from(integer),
                Err(_) => Value::from(text),
            });
            json!({"validator": name, "args": arguments.collect::<Vec<_>>()}).to_string()
        }
    }
}

/// The texts of an input that validators may read as JSON: the call itself, or its arguments.
pub(super) fn documents(data: &[u8]) -> Vec<String> {
    match data {
        [] => Vec::new(),
        [b'{', ..] => vec![String::from_utf8_lossy(data).into_owned()],
        [_, arguments @ ..] => {
            arguments.split(|&byte| byte == END).map(|text| String::from_utf8_lossy(text).into_owned()).collect()
        }
    }
}

/// What every answer is, and whether a validator gave it.
pub(super) fn judge(answer: &str) -> Result<Depth, Finding> {
    if let Ok(result) = serde_json::from_str::<ValidationResult>(answer) {
        let ValidationResult { valid, gas_used, errors } = &result;
        let again = serde_json::to_string(&result).map_err(|error| Finding::new(error.to_string()))?;
        let sound = *valid == errors.is_empty() && *gas_used > cost::BASE && gas_used.is_multiple_of(10);
        return if sound && again == answer {
            Ok(Depth::Judged)
        } else {
            Err(Finding::new(format!("no validator's answer is {answer}")))
        };
    }
    let parsed = serde_json::from_str::<Value>(answer).map_err(|error| Finding::new(format!("{error}: {answer}")))?;
    match parsed.as_object().map(|members| members.iter().collect::<Vec<_>>()).as_deref() {
        Some([(key, Value::String(_))]) if *key == "error" => Ok(Depth::Refused),
        Some([(key, Value::Number(number))]) if *key == "difficulty" && number.is_u64() => Ok(Depth::Judged),
        Some(_) | None => Err(Finding::new(format!("no answer of a known form: {answer}"))),
    }
}
