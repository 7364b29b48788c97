//! The guest ABI, version 1: how JSON goes into a guest and a text comes out.
//!
//! A guest exports `memory`, `alloc(i32 len) -> i32 ptr` and methods `method(i32 ptr, i32 len) -> i32 result_ptr`. A
//! result is a little-endian u32 length at `result_ptr`, followed by that many bytes of UTF-8. One budget of gas covers
//! the start, the allocation and the method. Whatever does not end in an output consumes all of it.

use crate::fault::Fault;
use crate::instance::{CallError, Instance, Outcome, function};
use crate::trap::Trap;
use crate::value::Value;
use modal_wasm_meter::{ExportItem, GasLimit, Interface, ValueType};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest input that a guest is given, in bytes.
pub const MAX_INPUT_BYTES: usize = 1 << 20;

/// The longest output that is taken from a guest, in bytes.
pub const MAX_OUTPUT_BYTES: u32 = 1 << 20;

/// Runs a method of a new instance: begins, starts, allocates, writes, calls and reads. The instance can be inspected
/// afterwards.
///
/// A guest whose exports break the ABI runs nothing at all: its instance is left unstarted.
///
/// # Errors
///
/// If the input is too long, in which case nothing happened, or if something broke.
pub fn call(instance: &mut Instance, method: &str, input: &str, gas: GasLimit) -> Result<AbiOutcome, AbiError> {
    check_input(input)?;
    Ok(call_for(instance, method, input, gas, Charges::default())?)
}

/// What is charged to the budget of a module that another one calls, beside what its code costs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Charges {
    /// Gas for what the instance starts with.
    pub(crate) opening: u64,
    /// Gas per byte of the output.
    pub(crate) output_byte: u64,
}

/// Runs a method, as [`call`] does, under further charges.
pub(crate) fn call_for(
    instance: &mut Instance,
    method: &str,
    input: &str,
    gas: GasLimit,
    charges: Charges,
) -> Result<AbiOutcome, Fault> {
    instance.begin(gas);
    let ended = match instance.on_its_stack(|instance| run(instance, method, input.as_bytes(), charges)) {
        Ok(output) => return Ok(AbiOutcome::Output(output)),
        Err(ended) => ended,
    };
    instance.forfeit();
    match ended {
        Ended::Trapped(trap) => Ok(AbiOutcome::Trapped(trap)),
        Ended::Violated(violation) => Ok(AbiOutcome::Violated(violation)),
        Ended::Fault(fault) => Err(fault),
    }
}

/// How a method ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum AbiOutcome {
    /// It returned this text.
    Output(String),
    /// It stopped.
    Trapped(Trap),
    /// It broke the ABI.
    Violated(AbiViolation),
}

/// A way to break the ABI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AbiViolation {
    /// The guest does not export this name, or exports something of another kind.
    MissingExport(String),
    /// The guest exports this function with another type.
    WrongSignature(String),
    /// What `alloc` returned leaves no room for the input.
    ArgumentsOutOfBounds,
    /// The result, or its length, is not in the memory.
    ResultOutOfBounds,
    /// The output is longer than [`MAX_OUTPUT_BYTES`].
    OutputTooLong,
    /// The output is not UTF-8.
    OutputNotUtf8,
}

impl fmt::Display for AbiViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingExport(name) => write!(f, "MissingExport({name})"),
            Self::WrongSignature(name) => write!(f, "WrongSignature({name})"),
            Self::ArgumentsOutOfBounds => f.write_str("ArgumentsOutOfBounds"),
            Self::ResultOutOfBounds => f.write_str("ResultOutOfBounds"),
            Self::OutputTooLong => f.write_str("OutputTooLong"),
            Self::OutputNotUtf8 => f.write_str("OutputNotUtf8"),
        }
    }
}

/// Why a method was not run, or broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AbiError {
    /// The input is longer than [`MAX_INPUT_BYTES`].
    #[error("failed to pass {bytes} bytes to a guest: an input has at most {MAX_INPUT_BYTES}")]
    InputTooLong {
        /// The input's length.
        bytes: usize,
    },
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Checks what a guest exports, in the ABI's order: kinds first, then types.
///
/// # Errors
///
/// The first way in which the exports break the ABI.
pub fn check(interface: &Interface, method: &str) -> Result<(), AbiViolation> {
    let missing = |name: &str| AbiViolation::MissingExport(name.to_owned());
    let wrong = |name: &str| AbiViolation::WrongSignature(name.to_owned());
    let is_memory = |item: &ExportItem| matches!(item, ExportItem::Memory);
    if !interface.exports.iter().any(|export| export.name == "memory" && is_memory(&export.item)) {
        return Err(missing("memory"));
    }
    let alloc = function(interface, "alloc").ok_or_else(|| missing("alloc"))?;
    let called = function(interface, method).ok_or_else(|| missing(method))?;
    if alloc != (&[ValueType::I32], &[ValueType::I32]) {
        return Err(wrong("alloc"));
    }
    if called != (&[ValueType::I32, ValueType::I32], &[ValueType::I32]) {
        return Err(wrong(method));
    }
    Ok(())
}

pub(crate) fn check_input(input: &str) -> Result<(), AbiError> {
    if input.len() > MAX_INPUT_BYTES { Err(AbiError::InputTooLong { bytes: input.len() }) } else { Ok(()) }
}

/// Why there is no output.
enum Ended {
    Trapped(Trap),
    Violated(AbiViolation),
    Fault(Fault),
}

impl From<Trap> for Ended {
    fn from(trap: Trap) -> Self {
        Self::Trapped(trap)
    }
}

impl From<AbiViolation> for Ended {
    fn from(violation: AbiViolation) -> Self {
        Self::Violated(violation)
    }
}

impl From<Fault> for Ended {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn run(instance: &mut Instance, method: &str, input: &[u8], charges: Charges) -> Result<String, Ended> {
    check(instance.interface(), method)?;
    instance.spend(charges.opening)?;
    if let Outcome::Trapped(trap) = instance.start()? {
        return Err(Ended::Trapped(trap));
    }
    let length = u32::try_from(input.len()).map_err(|_| AbiViolation::ArgumentsOutOfBounds)?;
    let arguments = pointer(instance, "alloc", &[Value::I32(length)])?;
    let memory = instance.memory_mut().unwrap_or_default();
    range(arguments, input.len())
        .and_then(|range| memory.get_mut(range))
        .ok_or(AbiViolation::ArgumentsOutOfBounds)?
        .copy_from_slice(input);
    let result = pointer(instance, method, &[Value::I32(arguments), Value::I32(length)])?;
    let output = locate(instance.memory().unwrap_or_default(), result)?;
    instance.spend(output.len() as u64 * charges.output_byte)?;
    let bytes = instance.memory().and_then(|memory| memory.get(output)).unwrap_or_default();
    Ok(String::from_utf8(bytes.to_vec()).map_err(|_| AbiViolation::OutputNotUtf8)?)
}

/// Calls a function that was found to return one i32.
fn pointer(instance: &mut Instance, name: &str, args: &[Value]) -> Result<u32, Ended> {
    match instance.invoke(name, args) {
        Ok(Outcome::Completed(results)) => match results[..] {
            [Value::I32(pointer)] => Ok(pointer),
            _ => Err(AbiViolation::WrongSignature(name.to_owned()).into()),
        },
        Ok(Outcome::Trapped(trap)) => Err(Ended::Trapped(trap)),
        Err(CallError::NoSuchFunction { name }) => Err(AbiViolation::MissingExport(name).into()),
        Err(CallError::ArgumentMismatch { name, .. }) => Err(AbiViolation::WrongSignature(name).into()),
        Err(CallError::Fault(fault)) => Err(fault.into()),
    }
}

/// Where the output is that the length at `result` announces.
fn locate(memory: &[u8], result: u32) -> Result<std::ops::Range<usize>, AbiViolation> {
    let start = usize::try_from(result).map_err(|_| AbiViolation::ResultOutOfBounds)?;
    let rest = memory.get(start..).ok_or(AbiViolation::ResultOutOfBounds)?;
    let (length, rest) = rest.split_first_chunk().ok_or(AbiViolation::ResultOutOfBounds)?;
    let length = u32::from_le_bytes(*length);
    if length > MAX_OUTPUT_BYTES {
        return Err(AbiViolation::OutputTooLong);
    }
    if length as usize > rest.len() {
        return Err(AbiViolation::ResultOutOfBounds);
    }
    // Both are within the memory's length.
    let start = start + size_of::<u32>();
    Ok(start..start + length as usize)
}

fn range(start: u32, length: usize) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(start).ok()?;
    Some(start..start.checked_add(length)?)
}
