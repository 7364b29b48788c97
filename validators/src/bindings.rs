//! Bindings are the validators as JavaScript sees them, in the SDK's wasm build.
//!
//! Text is a string and `u64` a BigInt. A result is a plain object whose gas is a Number: it is a few hundred, and a
//! few dozen more for each signature. What has no result throws an `Error` with the same text as in Rust.
//!
//! What JavaScript makes of arguments on their way here is for the caller to rule out: a BigInt that is no `u64` is
//! taken modulo 2^64, and a lone surrogate in a string becomes U+FFFD.

use crate::canonical::json_canonicalize;
use crate::catalogue::with_catalogue;
use crate::error::ValidationError;
use crate::result::ValidationResult;
use crate::validators;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** What a validator found. */
export interface ValidationResult {
    /** Whether every rule is kept. */
    valid: boolean;
    /** The validation gas. */
    gas_used: number;
    /** The rules that are broken, in the validator's order. */
    errors: string[];
}
";

macro_rules! bindings {
    ($($validator:ident as $binding:ident($($argument:ident: $kind:ty),* $(,)?);)*) => {
        $(
            /// A validator, for JavaScript. [`validators`] says what its rules and its gas are.
            ///
            /// # Errors
            ///
            /// Throws if the validator has no result.
            #[wasm_bindgen(unchecked_return_type = "ValidationResult")]
            pub fn $binding($($argument: $kind),*) -> Result<JsValue, JsValue> {
                validators::$validator($($argument),*).to_js()
            }
        )*
    };
}

with_catalogue!(bindings);

/// [`compute_difficulty_adjustment`](validators::compute_difficulty_adjustment), for JavaScript.
///
/// # Errors
///
/// Throws if the blocks are no array.
#[wasm_bindgen]
pub fn compute_difficulty_adjustment_wasm(blocks_json: &str) -> Result<u64, JsError> {
    Ok(validators::compute_difficulty_adjustment(blocks_json)?)
}

/// [`json_canonicalize`], for JavaScript: what `JSON.stringify` wrote becomes canonical.
///
/// # Errors
///
/// Throws if the text has no canonical form.
#[wasm_bindgen]
pub fn json_stringify_deterministic_wasm(json: &str) -> Result<String, JsError> {
    Ok(json_canonicalize(json)?)
}

/// A type that validators return.
trait Returned {
    fn to_js(self) -> Result<JsValue, JsValue>;
}

impl Returned for ValidationResult {
    fn to_js(self) -> Result<JsValue, JsValue> {
        let json = serde_json::to_string(&self).map_err(JsError::from)?;
        // What JavaScript throws here, at the end of its stack or its memory, says nothing of the result and is thrown on.
        js_sys::JSON::parse(&json)
    }
}

impl Returned for Result<ValidationResult, ValidationError> {
    fn to_js(self) -> Result<JsValue, JsValue> {
        self.map_err(JsError::from)?.to_js()
    }
}
