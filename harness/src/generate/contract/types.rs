//! A type is what a value of a contract can be; a signature is what a function or block takes and leaves.

use wasm_encoder::{RefType, TypeSection, ValType};

/// A value type of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::generate) enum Type {
    I32,
    I64,
    F32,
    F64,
    FuncRef,
    ExternRef,
}

/// The number types.
pub(in crate::generate) const NUMBERS: [Type; 4] = [Type::I32, Type::I64, Type::F32, Type::F64];

impl Type {
    /// Whether values of the type can be arguments of a call that the host makes.
    pub(in crate::generate) const fn is_number(self) -> bool {
        match self {
            Self::I32 | Self::I64 | Self::F32 | Self::F64 => true,
            Self::FuncRef | Self::ExternRef => false,
        }
    }

    /// The type as the encoder knows it.
    pub(in crate::generate) const fn val(self) -> ValType {
        match self {
            Self::I32 => ValType::I32,
            Self::I64 => ValType::I64,
            Self::F32 => ValType::F32,
            Self::F64 => ValType::F64,
            Self::FuncRef => ValType::FUNCREF,
            Self::ExternRef => ValType::EXTERNREF,
        }
    }

    /// The type as elements of a table; number types, which no table holds, count as `funcref`.
    pub(in crate::generate) const fn reference(self) -> RefType {
        match self {
            Self::ExternRef => RefType::EXTERNREF,
            Self::I32 | Self::I64 | Self::F32 | Self::F64 | Self::FuncRef => RefType::FUNCREF,
        }
    }
}

/// Parameters and results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::generate) struct Signature {
    pub(in crate::generate) params: Vec<Type>,
    pub(in crate::generate) results: Vec<Type>,
}

/// The type section in the making: every signature once.
#[derive(Debug, Default)]
pub(in crate::generate) struct Signatures {
    list: Vec<Signature>,
}

impl Signatures {
    /// The index of a signature, which is added if it is new.
    pub(in crate::generate) fn index(&mut self, params: &[Type], results: &[Type]) -> u32 {
        let found = self.list.iter().position(|known| known.params == params && known.results == results);
        let index = found.unwrap_or_else(|| {
            self.list.push(Signature { params: params.to_vec(), results: results.to_vec() });
            self.list.len() - 1
        });
        index as u32
    }

    /// The type section.
    pub(in crate::generate) fn section(&self) -> TypeSection {
        let mut section = TypeSection::new();
        for Signature { params, results } in &self.list {
            section.ty().function(params.iter().map(|ty| ty.val()), results.iter().map(|ty| ty.val()));
        }
        section
    }
}
