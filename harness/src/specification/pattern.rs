//! A pattern says which values a result may have. Results are compared by their text form.

use crate::observation::TrapKind;
use modal_wasm_runtime::Value;
use wast::core::{AbstractHeapType, HeapType, NanPattern, WastArgCore, WastRetCore};
use wast::{WastArg, WastRet};

/// The value of an argument, if its type is in the profile.
pub(super) fn argument(argument: &WastArg<'_>) -> Option<Value> {
    let WastArg::Core(argument) = argument else { return None };
    match argument {
        WastArgCore::I32(value) => Some(Value::I32(value.cast_unsigned())),
        WastArgCore::I64(value) => Some(Value::I64(value.cast_unsigned())),
        WastArgCore::F32(value) => Some(Value::F32(value.bits)),
        WastArgCore::F64(value) => Some(Value::F64(value.bits)),
        WastArgCore::RefNull(heap_type) => null(heap_type),
        WastArgCore::RefExtern(number) => Some(Value::ExternRef(Some(*number))),
        WastArgCore::V128(_) | WastArgCore::RefHost(_) => None,
    }
}

/// Whether the results are those that are expected.
pub(super) fn matches(expected: &[WastRet<'_>], values: &[String]) -> bool {
    expected.len() == values.len()
        && expected.iter().zip(values).all(|(expected, value)| match expected {
            WastRet::Core(expected) => matches_core(expected, value),
            other => panic!("no pattern of a core module: {other:?}"),
        })
}

/// Where the specification leaves a NaN open, the profile does not: it is the canonical positive one.
fn matches_core(expected: &WastRetCore<'_>, value: &str) -> bool {
    match expected {
        WastRetCore::I32(expected) => Value::I32(expected.cast_unsigned()).to_string() == value,
        WastRetCore::I64(expected) => Value::I64(expected.cast_unsigned()).to_string() == value,
        WastRetCore::F32(NanPattern::Value(expected)) => Value::F32(expected.bits).to_string() == value,
        WastRetCore::F32(NanPattern::CanonicalNan | NanPattern::ArithmeticNan) => value == "f32:0x7fc00000",
        WastRetCore::F64(NanPattern::Value(expected)) => Value::F64(expected.bits).to_string() == value,
        WastRetCore::F64(NanPattern::CanonicalNan | NanPattern::ArithmeticNan) => value == "f64:0x7ff8000000000000",
        WastRetCore::RefNull(None) => value == "funcref:null" || value == "externref:null",
        WastRetCore::RefNull(Some(heap_type)) => null(heap_type).is_some_and(|null| null.to_string() == value),
        WastRetCore::RefExtern(None) => value.starts_with("externref:") && value != "externref:null",
        WastRetCore::RefExtern(Some(number)) => Value::ExternRef(Some(*number)).to_string() == value,
        WastRetCore::RefFunc(None) => value.starts_with("funcref:") && value != "funcref:null",
        WastRetCore::Either(choices) => choices.iter().any(|choice| matches_core(choice, value)),
        other => panic!("no pattern of the profile: {other:?}"),
    }
}

fn null(heap_type: &HeapType<'_>) -> Option<Value> {
    match heap_type {
        HeapType::Abstract { shared: false, ty: AbstractHeapType::Func } => Some(Value::FuncRef(None)),
        HeapType::Abstract { shared: false, ty: AbstractHeapType::Extern } => Some(Value::ExternRef(None)),
        _ => None,
    }
}

/// The kinds of trap that a message of the official tests means: one, but for an old message that names no space.
pub(super) fn traps(message: &str) -> &'static [TrapKind] {
    match message {
        "unreachable" => &[TrapKind::Unreachable],
        "integer divide by zero" => &[TrapKind::IntegerDivisionByZero],
        "integer overflow" => &[TrapKind::IntegerOverflow],
        "invalid conversion to integer" => &[TrapKind::BadConversionToInteger],
        "out of bounds memory access" => &[TrapKind::MemoryOutOfBounds],
        "out of bounds table access" | "undefined element" | "undefined" => &[TrapKind::TableOutOfBounds],
        "out of bounds" => &[TrapKind::MemoryOutOfBounds, TrapKind::TableOutOfBounds],
        "indirect call type mismatch" | "indirect call" => &[TrapKind::BadSignature],
        "call stack exhausted" => &[TrapKind::CallStackExhausted],
        // Some of these messages name the element.
        other if other.starts_with("uninitialized") => &[TrapKind::IndirectCallToNull],
        _ => &[],
    }
}
