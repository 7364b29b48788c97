//! An address that arithmetic makes of a number.
//!
//! Engines fold such arithmetic into the access. It is done in 32 bits and engines address with 64, so numbers have bits
//! set that have to be lost on the way.

use crate::generate::bits::Bits;
use crate::generate::contract::types::Type;
use wasm_encoder::Instruction;

/// What is done with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Shl(u32),
    ShrU(u32),
    Mul4,
    Add(u32),
    Sub(u32),
    And(u32),
    /// The number is of 64 bits.
    Wrap,
}

impl Arithmetic {
    pub(super) const ALL: [Self; 11] = [
        Self::Shl(1),
        Self::Shl(2),
        Self::Shl(3),
        Self::ShrU(1),
        Self::Mul4,
        // More than the address of a value, so that it wraps.
        Self::Add(0x1000),
        Self::Add(8u32.wrapping_neg()),
        Self::Add(1 << 31),
        Self::Sub(8),
        Self::And(0x1_ffff),
        Self::Wrap,
    ];

    pub(super) const fn ty(self) -> Type {
        match self {
            Self::Wrap => Type::I64,
            _ => Type::I32,
        }
    }

    /// The operator, and the constant on its right.
    pub(super) fn operator(self) -> (Instruction<'static>, Option<u32>) {
        match self {
            Self::Shl(by) => (Instruction::I32Shl, Some(by)),
            Self::ShrU(by) => (Instruction::I32ShrU, Some(by)),
            Self::Mul4 => (Instruction::I32Mul, Some(4)),
            Self::Add(what) => (Instruction::I32Add, Some(what)),
            Self::Sub(what) => (Instruction::I32Sub, Some(what)),
            Self::And(mask) => (Instruction::I32And, Some(mask)),
            Self::Wrap => (Instruction::I32WrapI64, None),
        }
    }

    /// A number that it makes this address of, or a lower one next to it. The bits that are lost are drawn.
    pub(super) fn number(self, address: u32, bits: &mut Bits) -> u64 {
        let lost = |kept: u32, bits: &mut Bits| {
            let drawn = if bits.one_in(4) { 0 } else { bits.word() };
            drawn.checked_shl(kept).unwrap_or(0)
        };
        let number = match self {
            Self::Shl(by) => u64::from(address >> by) | lost(32 - by, bits),
            Self::ShrU(by) => u64::from(address) << by | lost(0, bits) & ((1 << by) - 1),
            Self::Mul4 => u64::from(address / 4) | lost(30, bits),
            Self::Add(what) => u64::from(address.wrapping_sub(what)),
            Self::Sub(what) => u64::from(address.wrapping_add(what)),
            Self::And(mask) => u64::from(address & mask) | lost(0, bits) & !u64::from(mask),
            Self::Wrap => return u64::from(address) | lost(32, bits),
        };
        number & u64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the arithmetic makes of a number, counted without engines' help.
    fn made(arithmetic: Arithmetic, number: u64) -> u32 {
        let low = number as u32;
        match arithmetic {
            Arithmetic::Shl(by) => low << by,
            Arithmetic::ShrU(by) => low >> by,
            Arithmetic::Mul4 => low.wrapping_mul(4),
            Arithmetic::Add(what) => low.wrapping_add(what),
            Arithmetic::Sub(what) => low.wrapping_sub(what),
            Arithmetic::And(mask) => low & mask,
            Arithmetic::Wrap => low,
        }
    }

    #[test]
    fn numbers_lead_to_their_addresses_and_most_lose_bits_on_the_way() {
        let bits = &mut Bits::new(7);
        for arithmetic in Arithmetic::ALL {
            let mut lose = 0;
            for address in 0x400..0x500 {
                let number = arithmetic.number(address, bits);
                let made = made(arithmetic, number);
                assert!(
                    made <= address && address - made < 8,
                    "{arithmetic:?} of {number:#x}: {made:#x}, not {address:#x}"
                );
                lose += u32::from(number > u64::from(u32::MAX) || number >= 0x2_0000);
            }
            let exact = [Arithmetic::ShrU(1), Arithmetic::Add(8u32.wrapping_neg()), Arithmetic::Sub(8)];
            let can = !exact.contains(&arithmetic);
            assert_eq!(lose > 60, can, "{arithmetic:?}: {lose}");
        }
    }
}
