//! An upload is a post whose value is a module.

use crate::refusal::{Base64Problem, GasLimitProblem, Reason};
use base64::DecodeError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_wasm_runtime::{GasLimit, GasLimitError};
use modal_wasm_validation::Json;

/// Reads the value of a post to a path that ends with `.wasm`.
pub(super) fn read(value: &Json<'_>) -> Result<(Vec<u8>, GasLimit), Reason> {
    let (text, gas_limit) = match value {
        Json::String(text) => (text.as_ref(), None),
        Json::Object(members) => {
            let text = members.get("wasm_bytes").and_then(Json::as_str).ok_or(Reason::MissingWasmBytes)?;
            (text, members.get("gas_limit"))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => return Err(Reason::WasmValueForm),
    };
    let wasm_bytes = STANDARD.decode(text).map_err(|error| Reason::InvalidBase64(base64_problem(&error)))?;
    let gas_limit = gas_limit.map_or(Ok(GasLimit::default()), read_gas_limit).map_err(Reason::InvalidGasLimit)?;
    Ok((wasm_bytes, gas_limit))
}

fn read_gas_limit(json: &Json<'_>) -> Result<GasLimit, GasLimitProblem> {
    let gas = json.as_u64().ok_or(GasLimitProblem::NotAnInteger)?;
    GasLimit::new(gas).map_err(|error| match error {
        GasLimitError::Zero => GasLimitProblem::Zero,
        GasLimitError::AboveMaximum { gas } => GasLimitProblem::AboveMaximum { gas },
    })
}

/// The decoder's error without its wording, which is part of every node's answer.
fn base64_problem(error: &DecodeError) -> Base64Problem {
    match *error {
        DecodeError::InvalidByte(offset, _) => Base64Problem::Character { offset: offset as u64 },
        DecodeError::InvalidLastSymbol(offset, _) => Base64Problem::LastCharacter { offset: offset as u64 },
        DecodeError::InvalidLength(_) => Base64Problem::Length,
        DecodeError::InvalidPadding => Base64Problem::Padding,
    }
}
