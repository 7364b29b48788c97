//! A validator says whether a document keeps the rules, and what finding out costs.
//!
//! Validators are pure: no clock, no randomness, no input but their arguments. Each one is a function of
//! [`validators`], a function of the JavaScript bindings (feature `js`) and reachable in the guest module (feature
//! `guest`), all from one source, and gives the same [`ValidationResult`] in each form.
//!
//! ```
//! use modal_wasm_validation::validators;
//!
//! let result = validators::validate_transaction_deterministic(
//!     r#"{"amount": 100, "to": "addr123"}"#,
//!     r#"{"min_amount": 1}"#,
//! )?;
//! assert!(result.valid);
//! assert_eq!(result.gas_used, 220);
//! # Ok::<(), modal_wasm_validation::ValidationError>(())
//! ```

mod assessment;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod bindings;
mod call;
mod canonical;
mod catalogue;
pub mod cost;
mod error;
#[cfg(all(target_arch = "wasm32", feature = "guest"))]
mod guest;
mod json;
mod result;
pub mod validators;

pub use call::call;
pub use canonical::{CanonicalError, json_canonicalize, json_stringify_deterministic};
pub use catalogue::NAMES;
pub use error::{Document, ValidationError};
pub use json::{Json, JsonError, JsonFault, MAX_DEPTH, Number, parse as json_parse};
pub use result::ValidationResult;
