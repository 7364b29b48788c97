//! A value is what parameters, results, globals and table elements hold.

use crate::types::ValueType;

/// A value; floats are bits, so that no NaN is touched on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A 32-bit integer.
    I32(u32),
    /// A 64-bit integer.
    I64(u64),
    /// The bits of a 32-bit float.
    F32(u32),
    /// The bits of a 64-bit float.
    F64(u64),
    /// The index of a function of the module, or null.
    FuncRef(Option<u32>),
    /// Something of the host's, or null.
    ExternRef(Option<u32>),
}

impl Value {
    /// The type of the value.
    #[must_use]
    pub const fn value_type(self) -> ValueType {
        match self {
            Self::I32(_) => ValueType::I32,
            Self::I64(_) => ValueType::I64,
            Self::F32(_) => ValueType::F32,
            Self::F64(_) => ValueType::F64,
            Self::FuncRef(_) => ValueType::FuncRef,
            Self::ExternRef(_) => ValueType::ExternRef,
        }
    }

    /// The value that locals and globals of a type start with: zero or null.
    #[must_use]
    pub const fn zero(value_type: ValueType) -> Self {
        Self::from_slot(value_type, 0)
    }

    /// The value in a slot of the operand stack. Slots hold a reference as its number plus one, null as zero.
    #[must_use]
    pub const fn from_slot(value_type: ValueType, slot: u64) -> Self {
        match value_type {
            ValueType::I32 => Self::I32(slot as u32),
            ValueType::I64 => Self::I64(slot),
            ValueType::F32 => Self::F32(slot as u32),
            ValueType::F64 => Self::F64(slot),
            ValueType::FuncRef => Self::FuncRef(reference(slot)),
            ValueType::ExternRef => Self::ExternRef(reference(slot)),
        }
    }

    /// The value as a slot of the operand stack.
    pub(crate) fn to_slot(self) -> u64 {
        match self {
            Self::I32(bits) | Self::F32(bits) => u64::from(bits),
            Self::I64(bits) | Self::F64(bits) => bits,
            Self::FuncRef(reference) | Self::ExternRef(reference) => {
                reference.map_or(0, |number| u64::from(number) + 1)
            }
        }
    }
}

const fn reference(slot: u64) -> Option<u32> {
    match slot.checked_sub(1) {
        Some(number) => Some(number as u32),
        None => None,
    }
}
