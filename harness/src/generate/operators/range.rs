//! A range is the values that an operand may have for its operator to complete.

use super::address::Arithmetic;
use crate::generate::bits::Bits;
use crate::generate::contract::constant;
use crate::generate::contract::types::Type;
use wasm_encoder::{HeapType, Instruction};

/// Values of an operand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Range {
    /// Any value of a type.
    Any(Type),
    /// An `i32` from the first to the second, the edges often.
    Between(u32, u32),
    /// Any value of a number type, often this one, its opposites and its neighbours.
    Near(Type, u64),
    /// Neither zero nor minus one.
    Divisor(Type),
    /// A float from the first bound on and below the second.
    Truncated(Type, f64, f64),
    /// What becomes an address from the first to the second, or a few bytes below.
    Address(Arithmetic, u32, u32),
}

impl Range {
    pub(super) const fn between(first: u32, last: u32) -> Self {
        Self::Between(first, last)
    }

    /// What truncates to an integer type.
    pub(super) fn truncated(float: Type, integer: Type, unsigned: bool) -> Self {
        let bits = if integer == Type::I32 { 32 } else { 64 };
        let power = |exponent: i32| 2f64.powi(exponent);
        if unsigned {
            return Self::Truncated(float, (-1f64).next_up(), power(bits));
        }
        // Only of 32 bits is there anything between the least integer and the one that would be before it, and only in `f64`.
        let fractions = integer == Type::I32 && float == Type::F64;
        let least = if fractions { (-power(31) - 1.0).next_up() } else { -power(bits - 1) };
        Self::Truncated(float, least, power(bits - 1))
    }

    pub(super) const fn ty(self) -> Type {
        match self {
            Self::Any(ty) | Self::Near(ty, _) | Self::Divisor(ty) | Self::Truncated(ty, ..) => ty,
            Self::Between(..) => Type::I32,
            Self::Address(arithmetic, ..) => arithmetic.ty(),
        }
    }

    /// The bits of a value in the range.
    pub(super) fn value(self, bits: &mut Bits) -> u64 {
        /// Draws before a plain value is taken.
        const TRIES: usize = 12;
        match self {
            Self::Any(ty) => constant::bits_of(ty, bits),
            Self::Near(ty, middle) => near(ty, middle, bits),
            Self::Between(first, last) => {
                let value = match bits.below(4) {
                    0 => first,
                    1 => last,
                    2 => last - bits.below((last - first).min(16) + 1),
                    _ => first + bits.below(last - first + 1),
                };
                u64::from(value)
            }
            Self::Address(arithmetic, first, last) => {
                let address = Self::Between(first, last).value(bits) as u32;
                arithmetic.number(address, bits)
            }
            Self::Divisor(ty) => {
                let mask = if ty == Type::I32 { u64::from(u32::MAX) } else { u64::MAX };
                let mut drawn = (0..TRIES).map(|_| constant::bits_of(ty, bits) & mask);
                drawn.find(|&value| value != 0 && value != mask).unwrap_or(3)
            }
            Self::Truncated(ty, low, high) => {
                let number = |value: u64| match ty {
                    Type::F32 => f64::from(f32::from_bits(value as u32)),
                    Type::I32 | Type::I64 | Type::F64 | Type::FuncRef | Type::ExternRef => f64::from_bits(value),
                };
                let mut drawn = (0..TRIES).map(|_| constant::bits_of(ty, bits));
                drawn.find(|&value| low <= number(value) && number(value) < high).unwrap_or(0)
            }
        }
    }

    /// A constant in the range, or a reference.
    pub(super) fn constant(self, bits: &mut Bits) -> Instruction<'static> {
        match self.ty() {
            Type::FuncRef if bits.one_in(2) => Instruction::RefFunc(0),
            Type::FuncRef => Instruction::RefNull(HeapType::FUNC),
            Type::ExternRef => Instruction::RefNull(HeapType::EXTERN),
            Type::I32 | Type::I64 | Type::F32 | Type::F64 => constant::instruction(self.ty(), self.value(bits)),
        }
    }
}

/// The bits of a value that has to do with another one, or of any.
pub(super) fn near(ty: Type, middle: u64, bits: &mut Bits) -> u64 {
    let value = match bits.below(9) {
        0 | 8 => middle,
        1 => middle.wrapping_add(1),
        2 => middle.wrapping_sub(1),
        // The opposite as a number and bit by bit; of a float the other sign, and a NaN.
        3 => match ty {
            Type::F32 => middle ^ 0x8000_0000,
            Type::F64 => middle ^ (1 << 63),
            Type::I32 | Type::I64 | Type::FuncRef | Type::ExternRef => middle.wrapping_neg(),
        },
        4 => match ty {
            Type::F32 | Type::F64 => constant::nan_bits(ty, bits),
            Type::I32 | Type::I64 | Type::FuncRef | Type::ExternRef => !middle,
        },
        // The same but for its high half, or for its low one.
        // A little more than a short number: with another of those it makes ties.
        5 if ty == Type::F32 => u64::from((0.25 * bits.below(17) as f32).to_bits() + 1),
        5 if ty == Type::F64 => (0.25 * f64::from(bits.below(17))).to_bits() + 1,
        5 if ty == Type::I64 => middle ^ (bits.word() << 32),
        6 if ty == Type::I64 => middle ^ (bits.word() >> 32),
        _ => constant::bits_of(ty, bits),
    };
    match ty {
        Type::I64 | Type::F64 => value,
        Type::I32 | Type::F32 | Type::FuncRef | Type::ExternRef => value & u64::from(u32::MAX),
    }
}
