//! A slot is 64 bits in which the reference holds a value of any type.

use modal_wasm_reference::{Value as Held, ValueType};
use modal_wasm_runtime::Value;
use wasmparser::{HeapType, ValType};

/// The value of a type in a slot, or `None` for a type outside the profile.
pub(crate) fn value(ty: ValType, slot: u64) -> Option<Value> {
    let held = Held::from_slot(value_type(ty)?, slot);
    Some(match held {
        Held::I32(bits) => Value::I32(bits),
        Held::I64(bits) => Value::I64(bits),
        Held::F32(bits) => Value::F32(bits),
        Held::F64(bits) => Value::F64(bits),
        Held::FuncRef(index) => Value::FuncRef(index),
        Held::ExternRef(number) => Value::ExternRef(number),
    })
}

fn value_type(ty: ValType) -> Option<ValueType> {
    Some(match ty {
        ValType::I32 => ValueType::I32,
        ValType::I64 => ValueType::I64,
        ValType::F32 => ValueType::F32,
        ValType::F64 => ValueType::F64,
        ValType::Ref(ty) if ty.heap_type() == HeapType::FUNC => ValueType::FuncRef,
        ValType::Ref(ty) if ty.heap_type() == HeapType::EXTERN => ValueType::ExternRef,
        ValType::Ref(_) | ValType::V128 => return None,
    })
}
