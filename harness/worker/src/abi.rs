//! The guest ABI: how a text goes into a guest and another comes out.

use crate::engine::{Fault, Instance, Stop, Trap};
use crate::run::{Running, function};
use crate::value::Value;
use modal_wasm_meter::{ExportItem, Interface, ValueType};
use serde_json::{Value as Json, json};

/// The longest text that goes in or comes out, in bytes.
const LONGEST: usize = 1 << 20;

/// Why there is no output.
pub(crate) enum Ended {
    Trapped(Trap),
    /// The rule that the guest broke, as the protocol has it.
    Violated(Json),
    Fault(Fault),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Trap(trap) => Self::Trapped(trap),
            Stop::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Checks what a guest exports: kinds first, then types. The error is the rule that is broken.
pub(crate) fn check(interface: &Interface, method: &str) -> Result<(), Json> {
    let broken = |rule: &str, export: &str| json!({ "rule": rule, "export": export });
    let is_memory = |item: &ExportItem| matches!(item, ExportItem::Memory);
    if !interface.exports.iter().any(|export| export.name == "memory" && is_memory(&export.item)) {
        return Err(broken("MissingExport", "memory"));
    }
    let alloc = function(interface, "alloc").ok_or_else(|| broken("MissingExport", "alloc"))?;
    let called = function(interface, method).ok_or_else(|| broken("MissingExport", method))?;
    if alloc != (&[ValueType::I32], &[ValueType::I32]) {
        return Err(broken("WrongSignature", "alloc"));
    }
    if called != (&[ValueType::I32, ValueType::I32], &[ValueType::I32]) {
        return Err(broken("WrongSignature", method));
    }
    Ok(())
}

/// Starts an instance whose exports were checked, allocates, writes, calls and reads.
pub(crate) fn call<I: Instance>(running: &mut Running<'_, I>, method: &str, input: &str) -> Result<String, Ended> {
    let violated = |rule: &str| Ended::Violated(json!({ "rule": rule }));
    let length = u32::try_from(input.len()).ok().filter(|_| input.len() <= LONGEST);
    let length = length.ok_or_else(|| Ended::Fault(Fault::new("Usage", "the input is too long")))?;
    running.start()?;
    let arguments = pointer(running, "alloc", &[Value::I32(length)])?;
    let memory = running.instance.memory().unwrap_or_default();
    let room = memory.get_mut(arguments as usize..).and_then(|rest| rest.get_mut(..input.len()));
    room.ok_or_else(|| violated("ArgumentsOutOfBounds"))?.copy_from_slice(input.as_bytes());
    let result = pointer(running, method, &[Value::I32(arguments), Value::I32(length)])?;
    let memory = running.instance.memory().unwrap_or_default();
    let rest = memory.get(result as usize..).and_then(|rest| rest.split_first_chunk());
    let (length, rest) = rest.ok_or_else(|| violated("ResultOutOfBounds"))?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > LONGEST {
        return Err(violated("OutputTooLong"));
    }
    let output = rest.get(..length).ok_or_else(|| violated("ResultOutOfBounds"))?;
    String::from_utf8(output.to_vec()).map_err(|_| violated("OutputNotUtf8"))
}

/// Calls a function that was found to return one i32.
fn pointer<I: Instance>(running: &mut Running<'_, I>, name: &str, args: &[Value]) -> Result<u32, Ended> {
    match running.invoke(name, args)?[..] {
        [Value::I32(pointer)] => Ok(pointer),
        ref other => Err(Ended::Fault(Fault::new("UnknownValue", format!("{name} returned {other:?}")))),
    }
}
