//! Types classify values, functions and whatever a module imports or exports.

use crate::error::DecodeError;
use wasmparser::{HeapType, ValType};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueType {
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// A reference to a function.
    FuncRef,
    /// A reference to something of the host's.
    ExternRef,
}

/// The parameters and results of a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FunctionType {
    /// The types of the parameters.
    pub params: Vec<ValueType>,
    /// The types of the results.
    pub results: Vec<ValueType>,
}

/// The size something has at first, and the size it may grow to, in pages or elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size at first.
    pub minimum: u32,
    /// The largest size that the module declares, if it does.
    pub maximum: Option<u32>,
}

impl Limits {
    /// The smaller of the declared maximum and `cap`.
    pub(crate) fn capped(self, cap: u32) -> u32 {
        self.maximum.map_or(cap, |maximum| maximum.min(cap))
    }
}

/// The type of an import or an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternType {
    /// A function.
    Function(FunctionType),
    /// A table, in elements.
    Table(ValueType, Limits),
    /// A memory, in pages.
    Memory(Limits),
    /// A global.
    Global {
        /// The type of its value.
        value: ValueType,
        /// Whether it can be set.
        mutable: bool,
    },
}

impl ValueType {
    pub(crate) fn decode(value_type: ValType) -> Result<Self, DecodeError> {
        match value_type {
            ValType::I32 => Ok(Self::I32),
            ValType::I64 => Ok(Self::I64),
            ValType::F32 => Ok(Self::F32),
            ValType::F64 => Ok(Self::F64),
            ValType::V128 => Err(DecodeError::Unsupported("a vector")),
            ValType::Ref(reference) => Self::from_heap_type(reference.heap_type()),
        }
    }

    pub(crate) fn from_heap_type(heap_type: HeapType) -> Result<Self, DecodeError> {
        match heap_type {
            HeapType::FUNC => Ok(Self::FuncRef),
            HeapType::EXTERN => Ok(Self::ExternRef),
            HeapType::Abstract { .. } | HeapType::Concrete(_) | HeapType::Exact(_) => {
                Err(DecodeError::Unsupported("a reference to a heap type"))
            }
        }
    }
}

impl FunctionType {
    pub(crate) fn decode(function_type: &wasmparser::FuncType) -> Result<Self, DecodeError> {
        let decode = |types: &[ValType]| types.iter().map(|&value| ValueType::decode(value)).collect::<Result<_, _>>();
        Ok(Self { params: decode(function_type.params())?, results: decode(function_type.results())? })
    }
}
