//! An operator is a numeric or memory instruction with its operand and result types.
//!
//! The tables name every numeric operator and every load and store of the profile, so that none is forgotten; a test
//! holds them against the validator's own list.

use super::types::Type::{self, F32, F64, I32, I64};
use wasm_encoder::{Instruction, MemArg, MemArgTarget};

/// Numeric operators of one signature.
#[derive(Debug)]
pub(in crate::generate) struct Family {
    pub(in crate::generate) operands: &'static [Type],
    pub(in crate::generate) result: Type,
    pub(in crate::generate) danger: Danger,
    pub(in crate::generate) members: &'static [Instruction<'static>],
}

/// Why an operator may trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::generate) enum Danger {
    /// It never does.
    None,
    /// The divisor may be zero, or the quotient too large.
    Division,
    /// The float may be a NaN, or outside the integer's range.
    Truncation,
}

macro_rules! family {
    ($danger:ident ($($operand:ident)*) -> $result:ident: $($member:ident)*) => {
        Family {
            operands: &[$($operand),*],
            result: $result,
            danger: Danger::$danger,
            members: &[$(Instruction::$member),*],
        }
    };
}

/// Every numeric operator.
pub(in crate::generate) static FAMILIES: &[Family] = &[
    family!(None (I32 I32) -> I32: I32Add I32Sub I32Mul I32And I32Or I32Xor I32Shl I32ShrS I32ShrU I32Rotl I32Rotr
        I32Eq I32Ne I32LtS I32LtU I32GtS I32GtU I32LeS I32LeU I32GeS I32GeU),
    family!(None (I64 I64) -> I64: I64Add I64Sub I64Mul I64And I64Or I64Xor I64Shl I64ShrS I64ShrU I64Rotl I64Rotr),
    family!(None (I64 I64) -> I32: I64Eq I64Ne I64LtS I64LtU I64GtS I64GtU I64LeS I64LeU I64GeS I64GeU),
    family!(None (F32 F32) -> F32: F32Add F32Sub F32Mul F32Div F32Min F32Max F32Copysign),
    family!(None (F64 F64) -> F64: F64Add F64Sub F64Mul F64Div F64Min F64Max F64Copysign),
    family!(None (F32 F32) -> I32: F32Eq F32Ne F32Lt F32Gt F32Le F32Ge),
    family!(None (F64 F64) -> I32: F64Eq F64Ne F64Lt F64Gt F64Le F64Ge),
    family!(None (I32) -> I32: I32Eqz I32Clz I32Ctz I32Popcnt I32Extend8S I32Extend16S),
    family!(None (I64) -> I64: I64Clz I64Ctz I64Popcnt I64Extend8S I64Extend16S I64Extend32S),
    family!(None (I64) -> I32: I64Eqz I32WrapI64),
    family!(None (I32) -> I64: I64ExtendI32S I64ExtendI32U),
    family!(None (F32) -> F32: F32Abs F32Neg F32Ceil F32Floor F32Trunc F32Nearest F32Sqrt),
    family!(None (F64) -> F64: F64Abs F64Neg F64Ceil F64Floor F64Trunc F64Nearest F64Sqrt),
    family!(None (F32) -> I32: I32ReinterpretF32 I32TruncSatF32S I32TruncSatF32U),
    family!(None (F64) -> I32: I32TruncSatF64S I32TruncSatF64U),
    family!(None (F32) -> I64: I64TruncSatF32S I64TruncSatF32U),
    family!(None (F64) -> I64: I64ReinterpretF64 I64TruncSatF64S I64TruncSatF64U),
    family!(None (I32) -> F32: F32ReinterpretI32 F32ConvertI32S F32ConvertI32U),
    family!(None (I64) -> F32: F32ConvertI64S F32ConvertI64U),
    family!(None (I32) -> F64: F64ConvertI32S F64ConvertI32U),
    family!(None (I64) -> F64: F64ReinterpretI64 F64ConvertI64S F64ConvertI64U),
    family!(None (F64) -> F32: F32DemoteF64),
    family!(None (F32) -> F64: F64PromoteF32),
    family!(Division (I32 I32) -> I32: I32DivS I32DivU I32RemS I32RemU),
    family!(Division (I64 I64) -> I64: I64DivS I64DivU I64RemS I64RemU),
    family!(Truncation (F32) -> I32: I32TruncF32S I32TruncF32U),
    family!(Truncation (F64) -> I32: I32TruncF64S I32TruncF64U),
    family!(Truncation (F32) -> I64: I64TruncF32S I64TruncF32U),
    family!(Truncation (F64) -> I64: I64TruncF64S I64TruncF64U),
];

/// The `index`th operator, modulo their number, among the families that `wanted` accepts.
pub(in crate::generate) fn numeric(
    index: u32,
    wanted: impl Fn(&Family) -> bool,
) -> (&'static Family, &'static Instruction<'static>) {
    let families = || FAMILIES.iter().filter(|family| wanted(family));
    let count: usize = families().map(|family| family.members.len()).sum();
    let mut index = index as usize % count.max(1);
    for family in families() {
        if let Some(member) = family.members.get(index) {
            return (family, member);
        }
        index -= family.members.len();
    }
    // Nothing is wanted: the first operator of all stands in.
    (&FAMILIES[0], &FAMILIES[0].members[0])
}

/// A load or a store.
#[derive(Clone, Copy)]
pub(in crate::generate) struct Access {
    /// The type of the value that is loaded or stored.
    pub(in crate::generate) ty: Type,
    /// The binary logarithm of the bytes touched, the largest alignment hint.
    pub(in crate::generate) align: u32,
    /// The operator.
    pub(in crate::generate) operator: fn(MemArg) -> Instruction<'static>,
}

const fn access(ty: Type, align: u32, operator: fn(MemArg) -> Instruction<'static>) -> Access {
    Access { ty, align, operator }
}

/// The immediate of an access to the memory.
pub(in crate::generate) const fn at(offset: u64, align: u32) -> MemArg {
    MemArg { offset, align, target: MemArgTarget::Memory(0), ordering: None }
}

/// Every load.
pub(in crate::generate) const LOADS: [Access; 14] = [
    access(I32, 2, Instruction::I32Load),
    access(I64, 3, Instruction::I64Load),
    access(F32, 2, Instruction::F32Load),
    access(F64, 3, Instruction::F64Load),
    access(I32, 0, Instruction::I32Load8S),
    access(I32, 0, Instruction::I32Load8U),
    access(I32, 1, Instruction::I32Load16S),
    access(I32, 1, Instruction::I32Load16U),
    access(I64, 0, Instruction::I64Load8S),
    access(I64, 0, Instruction::I64Load8U),
    access(I64, 1, Instruction::I64Load16S),
    access(I64, 1, Instruction::I64Load16U),
    access(I64, 2, Instruction::I64Load32S),
    access(I64, 2, Instruction::I64Load32U),
];

/// Every store.
pub(in crate::generate) const STORES: [Access; 9] = [
    access(I32, 2, Instruction::I32Store),
    access(I64, 3, Instruction::I64Store),
    access(F32, 2, Instruction::F32Store),
    access(F64, 3, Instruction::F64Store),
    access(I32, 0, Instruction::I32Store8),
    access(I32, 1, Instruction::I32Store16),
    access(I64, 0, Instruction::I64Store8),
    access(I64, 1, Instruction::I64Store16),
    access(I64, 2, Instruction::I64Store32),
];
