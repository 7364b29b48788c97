//! Bindings are the meter as JavaScript sees it, in the SDK's wasm build.

use crate::{Meter, Metered, VERSION};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A metered module.
#[wasm_bindgen]
pub struct MeteredModule {
    bytes: Vec<u8>,
    sha256: String,
    original_sha256: String,
    interface: String,
}

#[wasm_bindgen]
impl MeteredModule {
    /// The metered module, as a `Uint8Array`.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// The SHA-256 of the bytes, in lower hex.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn sha256(&self) -> String {
        self.sha256.clone()
    }

    /// The SHA-256 of the original, in lower hex.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn original_sha256(&self) -> String {
        self.original_sha256.clone()
    }

    /// The original's interface, as JSON.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn interface(&self) -> String {
        self.interface.clone()
    }
}

/// Meters a module under the default profile and schedule.
///
/// # Errors
///
/// Throws a string that holds the rejection as JSON: its `kind` and its `message`.
#[wasm_bindgen]
pub fn meter(bytes: &[u8]) -> Result<MeteredModule, JsValue> {
    let Metered { bytes, sha256, original_sha256, interface, .. } =
        Meter::default().meter(bytes).map_err(|rejection| JsValue::from_str(&json(&rejection)))?;
    Ok(MeteredModule { bytes, sha256, original_sha256, interface: json(&interface) })
}

/// What the meter is made of, as JSON: everything that a cache key or a certificate has to name.
#[wasm_bindgen]
#[must_use]
pub fn constants() -> String {
    let meter = Meter::default();
    json(&serde_json::json!({
        "version": VERSION,
        "profile": meter.profile().name,
        "profile_hash": meter.profile().hash(),
        "schedule": meter.schedule().name,
        "schedule_hash": meter.schedule().hash(),
        "stack_limit_words": meter.schedule().stack.limit_words,
        "call_gas": meter.schedule().composition.call,
        "copied_byte_gas": meter.schedule().composition.byte,
        "kept_part": meter.schedule().composition.kept_part,
        "open_calls": meter.schedule().composition.open_calls,
        "call_words": meter.schedule().composition.words,
        "page_gas": meter.schedule().memory_grow_page,
        "table_element_gas": meter.schedule().table_grow_element,
    }))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("a struct of strings, numbers and lists has a JSON form")
}
