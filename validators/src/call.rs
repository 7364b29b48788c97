//! A call is a validator's name with its arguments, as JSON: the form that crosses into a guest.

use crate::catalogue::with_catalogue;
use crate::error::ValidationError;
use crate::json::{self, Json, JsonError};
use crate::result::ValidationResult;
use crate::validators;
use serde::Serialize;

/// Calls a validator by name: `{"validator": name, "args": [...]}`, the arguments in order, text as strings and `u64` as
/// integers.
///
/// The answer is JSON: the [`ValidationResult`], or `{"difficulty": n}` of
/// [`compute_difficulty_adjustment`](validators::compute_difficulty_adjustment), or `{"error": text}` when there is
/// neither.
///
/// ```
/// use modal_wasm_validation::call;
///
/// let answer = call(r#"{"validator": "amount_in_range", "args": [7, 1, 5]}"#);
/// assert_eq!(answer, r#"{"valid":false,"gas_used":130,"errors":["Amount 7 is above maximum 5"]}"#);
/// ```
#[must_use]
pub fn call(input: &str) -> String {
    let answer = run(input).unwrap_or_else(|error| Answer::Error { error: error.to_string() });
    serde_json::to_string(&answer).expect("a struct of strings, numbers and lists has a JSON form")
}

/// What comes of a call.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Result(ValidationResult),
    Difficulty { difficulty: u64 },
    Error { error: String },
}

/// Why a call has no result.
#[derive(Debug, thiserror::Error)]
enum CallError {
    #[error("Invalid call JSON: {0}")]
    Json(#[from] JsonError),
    #[error("Call must have a validator and args")]
    Form,
    #[error("Unknown validator")]
    Unknown,
    #[error("Validator takes {expected} arguments, got {found}")]
    Count { expected: usize, found: usize },
    #[error("Argument {name} must be {kind}")]
    Argument { name: &'static str, kind: &'static str },
    #[error(transparent)]
    Validation(#[from] ValidationError),
}

fn run(input: &str) -> Result<Answer, CallError> {
    let call = json::parse(input)?;
    let name = call.get("validator").and_then(Json::as_str).ok_or(CallError::Form)?;
    let arguments = call.get("args").and_then(Json::as_array).ok_or(CallError::Form)?;
    if name == "compute_difficulty_adjustment" {
        let [blocks_json] = exactly(arguments)?;
        let difficulty = validators::compute_difficulty_adjustment(take(blocks_json, "blocks_json")?)?;
        return Ok(Answer::Difficulty { difficulty });
    }
    dispatch(name, arguments)
}

macro_rules! dispatch {
    ($($validator:ident as $binding:ident($($argument:ident: $kind:ty),* $(,)?);)*) => {
        fn dispatch(name: &str, arguments: &[Json<'_>]) -> Result<Answer, CallError> {
            match name {
                $(
                    stringify!($validator) => {
                        let [$($argument),*] = exactly(arguments)?;
                        $(let $argument: $kind = take($argument, stringify!($argument))?;)*
                        validators::$validator($($argument),*).answer()
                    }
                )*
                _ => Err(CallError::Unknown),
            }
        }
    };
}

with_catalogue!(dispatch);

fn exactly<'a, 'b, const N: usize>(arguments: &'a [Json<'b>]) -> Result<&'a [Json<'b>; N], CallError> {
    arguments.try_into().map_err(|_| CallError::Count { expected: N, found: arguments.len() })
}

fn take<'a, T: Argument<'a>>(json: &'a Json<'_>, name: &'static str) -> Result<T, CallError> {
    T::from_json(json).ok_or(CallError::Argument { name, kind: T::KIND })
}

/// A type that validators take.
trait Argument<'a>: Sized {
    /// What errors call it.
    const KIND: &'static str;

    fn from_json(json: &'a Json<'_>) -> Option<Self>;
}

impl<'a> Argument<'a> for &'a str {
    const KIND: &'static str = "a string";

    fn from_json(json: &'a Json<'_>) -> Option<Self> {
        json.as_str()
    }
}

impl Argument<'_> for u64 {
    const KIND: &'static str = "an integer from 0 to 2^64 - 1";

    fn from_json(json: &Json<'_>) -> Option<Self> {
        json.as_u64()
    }
}

/// A type that validators return.
trait Returned {
    fn answer(self) -> Result<Answer, CallError>;
}

impl Returned for ValidationResult {
    fn answer(self) -> Result<Answer, CallError> {
        Ok(Answer::Result(self))
    }
}

impl Returned for Result<ValidationResult, ValidationError> {
    fn answer(self) -> Result<Answer, CallError> {
        Ok(Answer::Result(self?))
    }
}
