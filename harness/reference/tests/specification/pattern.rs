//! A pattern says which values a result may have.

use modal_wasm_reference::{Trap, Value};
use wast::core::{AbstractHeapType, HeapType, NanPattern, WastArgCore, WastRetCore};
use wast::{WastArg, WastRet};

/// The value of an argument, if its type is in the profile.
pub(crate) fn argument(argument: &WastArg<'_>) -> Option<Value> {
    let WastArg::Core(argument) = argument else { return None };
    match argument {
        WastArgCore::I32(value) => Some(Value::I32(value.cast_unsigned())),
        WastArgCore::I64(value) => Some(Value::I64(value.cast_unsigned())),
        WastArgCore::F32(value) => Some(Value::F32(value.bits)),
        WastArgCore::F64(value) => Some(Value::F64(value.bits)),
        WastArgCore::RefNull(HeapType::Abstract { shared: false, ty: AbstractHeapType::Func }) => {
            Some(Value::FuncRef(None))
        }
        WastArgCore::RefNull(HeapType::Abstract { shared: false, ty: AbstractHeapType::Extern }) => {
            Some(Value::ExternRef(None))
        }
        WastArgCore::RefExtern(number) => Some(Value::ExternRef(Some(*number))),
        WastArgCore::V128(_) | WastArgCore::RefNull(_) | WastArgCore::RefHost(_) => None,
    }
}

/// Whether a result is one of those that are expected.
pub(crate) fn matches(expected: &WastRet<'_>, value: Value) -> bool {
    match expected {
        WastRet::Core(expected) => matches_core(expected, value),
        other => panic!("no pattern of a core module: {other:?}"),
    }
}

fn matches_core(expected: &WastRetCore<'_>, value: Value) -> bool {
    match (expected, value) {
        (WastRetCore::I32(expected), Value::I32(value)) => expected.cast_unsigned() == value,
        (WastRetCore::I64(expected), Value::I64(value)) => expected.cast_unsigned() == value,
        (WastRetCore::F32(expected), Value::F32(value)) => match expected {
            NanPattern::Value(expected) => expected.bits == value,
            NanPattern::CanonicalNan => value & !(1 << 31) == 0x7fc0_0000,
            NanPattern::ArithmeticNan => value & 0x7fc0_0000 == 0x7fc0_0000,
        },
        (WastRetCore::F64(expected), Value::F64(value)) => match expected {
            NanPattern::Value(expected) => expected.bits == value,
            NanPattern::CanonicalNan => value & !(1 << 63) == 0x7ff8_0000_0000_0000,
            NanPattern::ArithmeticNan => value & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000,
        },
        (WastRetCore::RefNull(_), Value::FuncRef(value) | Value::ExternRef(value)) => value.is_none(),
        (WastRetCore::RefExtern(expected), Value::ExternRef(Some(value))) => {
            expected.is_none_or(|expected| expected == value)
        }
        (WastRetCore::RefFunc(None), Value::FuncRef(value)) => value.is_some(),
        (WastRetCore::Either(choices), value) => choices.iter().any(|choice| matches_core(choice, value)),
        (_, _) => false,
    }
}

/// The kinds of trap that a message of the official tests means: one, but for an old message that names no space.
pub(crate) fn traps(message: &str) -> &'static [Trap] {
    match message {
        "unreachable" => &[Trap::Unreachable],
        "integer divide by zero" => &[Trap::IntegerDivisionByZero],
        "integer overflow" => &[Trap::IntegerOverflow],
        "invalid conversion to integer" => &[Trap::BadConversionToInteger],
        "out of bounds memory access" => &[Trap::MemoryOutOfBounds],
        "out of bounds table access" | "undefined element" | "undefined" => &[Trap::TableOutOfBounds],
        "out of bounds" => &[Trap::MemoryOutOfBounds, Trap::TableOutOfBounds],
        "indirect call type mismatch" | "indirect call" => &[Trap::BadSignature],
        "call stack exhausted" => &[Trap::CallStackExhausted],
        // Some of these messages name the element.
        other if other.starts_with("uninitialized") => &[Trap::IndirectCallToNull],
        _ => &[],
    }
}
