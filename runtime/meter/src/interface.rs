//! An interface is what the outside can see of an original module: what a host needs to call it and to inspect it.

use crate::Rejection;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The imports, exports and state of an original module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// What the module exports, in the order in which it declares it.
    pub exports: Vec<Export>,
    /// Whether the module has a memory, which is exported as `modal:memory`.
    pub has_memory: bool,
    /// Pages that the memory starts with; none without a memory.
    pub initial_pages: u32,
    /// Every table, by index, as the original declares it; exported as `modal:t{i}`.
    pub tables: Vec<TableType>,
    /// Every global of the original, by index; exported as `modal:g{i}`.
    pub globals: Vec<GlobalType>,
    /// The functions that a reference can point to, in ascending order; exported as `modal:f{i}`.
    pub functions: Vec<u32>,
    /// What the module imports, in the order in which it declares it.
    pub imports: Vec<Import>,
}

/// A named item that the original exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The name.
    pub name: String,
    /// What the name stands for.
    pub item: ExportItem,
}

/// What an export stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ExportItem {
    /// A function.
    Function {
        /// The function's index in the original.
        index: u32,
        /// The types of the parameters.
        params: Vec<ValueType>,
        /// The types of the results.
        results: Vec<ValueType>,
    },
    /// The memory.
    Memory,
    /// A table.
    Table {
        /// The table's index in the original.
        index: u32,
    },
    /// A global.
    Global {
        /// The global's index in the original.
        index: u32,
    },
}

/// A table, as the original declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableType {
    /// The type of the elements.
    pub element: ValueType,
    /// The elements it starts with.
    pub minimum: u32,
    /// The declared maximum, before the profile's cap.
    pub maximum: Option<u32>,
}

/// A global.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlobalType {
    /// The type of its value.
    pub value: ValueType,
    /// Whether the module can change it.
    pub mutable: bool,
}

/// An imported function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The module that the import names.
    pub module: String,
    /// The name within that module.
    pub name: String,
    /// The types of the parameters.
    pub params: Vec<ValueType>,
    /// The types of the results.
    pub results: Vec<ValueType>,
}

/// The types of values in the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// Reference to a function, or null.
    FuncRef,
    /// Reference to something of the host's, or null.
    ExternRef,
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::FuncRef => "funcref",
            Self::ExternRef => "externref",
        })
    }
}

impl TryFrom<wasmparser::ValType> for ValueType {
    type Error = Rejection;

    fn try_from(ty: wasmparser::ValType) -> Result<Self, Rejection> {
        match ty {
            wasmparser::ValType::I32 => Ok(Self::I32),
            wasmparser::ValType::I64 => Ok(Self::I64),
            wasmparser::ValType::F32 => Ok(Self::F32),
            wasmparser::ValType::F64 => Ok(Self::F64),
            wasmparser::ValType::FUNCREF => Ok(Self::FuncRef),
            wasmparser::ValType::EXTERNREF => Ok(Self::ExternRef),
            wasmparser::ValType::V128 | wasmparser::ValType::Ref(_) => {
                Err(Rejection::defect(format_args!("the value type {ty} passed validation")))
            }
        }
    }
}

/// The value types of a parameter or result list.
pub(crate) fn value_types(types: &[wasmparser::ValType]) -> Result<Vec<ValueType>, Rejection> {
    types.iter().copied().map(ValueType::try_from).collect()
}

#[cfg(test)]
mod tests {
    use super::ValueType;

    #[test]
    fn a_value_type_has_the_same_name_in_text_and_json() {
        use ValueType::{ExternRef, F32, F64, FuncRef, I32, I64};
        for ty in [I32, I64, F32, F64, FuncRef, ExternRef] {
            assert_eq!(serde_json::to_string(&ty).expect("a type is a string"), format!("\"{ty}\""));
        }
    }
}
