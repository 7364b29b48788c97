//! The laws of JSON: what is read is what serde reads, and canonical text is its own.

use crate::Finding;
use modal_wasm_validation::{CanonicalError, JsonFault, json_canonicalize, json_parse, json_stringify_deterministic};
use serde_json::Value;

/// Holds the laws against a text.
pub(super) fn judge(text: &str) -> Result<(), Finding> {
    let canonical = json_canonicalize(text);
    let json = match json_parse(text) {
        Ok(json) => json,
        Err(error) => return refused(text, error.fault, canonical == Err(CanonicalError::Json(error))),
    };
    let value = serde_json::from_str::<Value>(text)
        .map_err(|error| Finding::new(format!("what serde refuses is taken for JSON: {error}: {text:?}")))?;
    if json.to_canonical() != canonical {
        return Err(Finding::new(format!("a document and its text are written differently: {text:?}")));
    }
    let canonical = match canonical {
        Ok(canonical) => canonical,
        // An integer that serde has rounded to a double already may have a text.
        Err(CanonicalError::Integer { .. }) => return Ok(()),
        Err(error) => return Err(Finding::new(format!("a document has no text: {error}: {text:?}"))),
    };
    if json_canonicalize(&canonical).as_ref() != Ok(&canonical) {
        return Err(Finding::new(format!("canonical text is not its own: {canonical:?} from {text:?}")));
    }
    let again = serde_json::from_str::<Value>(&canonical)
        .map_err(|error| Finding::new(format!("canonical text is no JSON: {error}: {canonical:?}")))?;
    for (name, value) in [("the value", &value), ("the value read back", &again)] {
        if json_stringify_deterministic(value).as_ref() != Ok(&canonical) {
            return Err(Finding::new(format!("{name} is written otherwise than {canonical:?}, of {text:?}")));
        }
    }
    Ok(())
}

/// A text that is refused has no canonical form, and serde refuses it too, but for what this project refuses beyond the
/// grammar.
fn refused(text: &str, fault: JsonFault, has_no_form: bool) -> Result<(), Finding> {
    if !has_no_form {
        return Err(Finding::new(format!("what is no JSON has a canonical form: {text:?}")));
    }
    let beyond = match fault {
        JsonFault::DuplicateKey | JsonFault::NumberOutOfRange | JsonFault::TooDeep => true,
        JsonFault::UnexpectedEnd
        | JsonFault::UnexpectedCharacter
        | JsonFault::TrailingCharacters
        | JsonFault::ControlCharacter
        | JsonFault::InvalidEscape
        | JsonFault::LoneSurrogate
        | JsonFault::InvalidNumber => false,
    };
    match serde_json::from_str::<Value>(text) {
        Ok(_) if !beyond => Err(Finding::new(format!("what serde takes is refused as {fault}: {text:?}"))),
        Ok(_) | Err(_) => Ok(()),
    }
}
