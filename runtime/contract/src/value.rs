//! A value is what a post sets: any JSON, in its canonical form.

use modal_wasm_validation::{CanonicalError, Json, json_parse, json_stringify_deterministic};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::fmt;

/// A JSON value as its canonical text (RFC 8785), which is what contracts store and compare. Two texts of one value
/// are equal here; a value that has no canonical text, such as 2^53 + 1, is no value of a contract.
///
/// Serialised, it is the value itself, not a string.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CanonicalJson(String);

impl CanonicalJson {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// If the text is no JSON, or a number has no canonical text.
    pub fn parse(text: &str) -> Result<Self, CanonicalError> {
        json_parse(text)?.to_canonical().map(Self)
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_json(json: &Json<'_>) -> Result<Self, CanonicalError> {
        json.to_canonical().map(Self)
    }
}

impl fmt::Display for CanonicalJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for CanonicalJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<serde_json::Value>(&self.0).map_err(ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CanonicalJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        json_stringify_deterministic(&value).map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::CanonicalJson;

    #[test]
    fn one_value_has_one_text() {
        let check = |text: &str, expect: Result<&str, &str>| {
            let found = CanonicalJson::parse(text).map_err(|error| error.to_string());
            assert_eq!(found.as_ref().map(CanonicalJson::as_str), expect.map_err(str::to_owned).as_ref().copied());
        };
        check(r#" { "b": 1.0, "a": "\u00e9" } "#, Ok(r#"{"a":"é","b":1}"#));
        check("1E21", Ok("1e+21"));
        check(
            "9007199254740993",
            Err("failed to write the integer 9007199254740993: its canonical text would be another integer"),
        );
        check("{", Err("failed to read the JSON: unexpected end at line 1 column 2"));
    }

    #[test]
    fn serialised_it_is_the_value() {
        let value = CanonicalJson::parse(r#"{"b":[1,null],"a":1e21}"#).expect("a value");
        let text = serde_json::to_string(&value).expect("JSON");
        assert_eq!(text, r#"{"a":1e+21,"b":[1,null]}"#);
        assert_eq!(serde_json::from_str::<CanonicalJson>(&text).expect("the same value"), value);
    }
}
