//! Edges of floats: operators that do nothing to most numbers, and something to zeros, infinities and NaNs.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use crate::generate::contract::constant;
use crate::generate::contract::types::Type;
use wasm_encoder::Instruction as I;

impl Body<'_> {
    /// A chain of operators on a float with edges on either side, and a look at its bits.
    pub(in crate::generate::contract) fn edge(&mut self, which: u32, bits: &mut Bits) {
        let mut ty = if which.is_multiple_of(2) { Type::F32 } else { Type::F64 };
        if self.top() != Some(ty) {
            self.push_leaf(ty, bits);
        }
        for _ in 0..2 + bits.below(4) {
            let single = ty == Type::F32;
            match bits.below(5) {
                0 => {
                    let (single_one, double_one) = (0x3f80_0000, 0x3ff0_0000_0000_0000);
                    // One, minus one, zero, minus zero, an infinity, a NaN.
                    let edge = match bits.below(6) {
                        0 => (single_one, double_one),
                        1 => (single_one | 1 << 31, double_one | 1 << 63),
                        2 => (0, 0),
                        3 => (1 << 31, 1 << 63),
                        4 => (0x7f80_0000, 0x7ff0_0000_0000_0000),
                        _ => (constant::nan_bits(Type::F32, bits), constant::nan_bits(Type::F64, bits)),
                    };
                    self.apply(&constant::instruction(ty, if single { edge.0 } else { edge.1 }), 0, &[ty]);
                    self.float_binary(ty, bits);
                }
                1 => {
                    // The edge comes first: what is there goes to a local and back.
                    if let Some(local) = self.local(ty, true, bits) {
                        self.apply(&I::LocalSet(local), 1, &[]);
                        self.push_constant(ty, bits);
                        self.apply(&I::LocalGet(local), 0, &[ty]);
                        self.float_binary(ty, bits);
                    }
                }
                2 => {
                    self.push_leaf(ty, bits);
                    self.float_binary(ty, bits);
                }
                3 if bits.one_in(2) => {
                    let other = if single { Type::F64 } else { Type::F32 };
                    self.apply(if single { &I::F64PromoteF32 } else { &I::F32DemoteF64 }, 1, &[other]);
                    ty = other;
                }
                _ => {
                    let singles = [&I::F32Neg, &I::F32Abs, &I::F32Nearest, &I::F32Trunc, &I::F32Sqrt, &I::F32Ceil];
                    let doubles = [&I::F64Neg, &I::F64Abs, &I::F64Nearest, &I::F64Trunc, &I::F64Sqrt, &I::F64Floor];
                    self.emit(bits.pick(if single { &singles } else { &doubles }));
                }
            }
        }
        if bits.one_in(2) {
            let (operator, to) =
                if ty == Type::F32 { (I::I32ReinterpretF32, Type::I32) } else { (I::I64ReinterpretF64, Type::I64) };
            self.apply(&operator, 1, &[to]);
        }
    }

    fn float_binary(&mut self, ty: Type, bits: &mut Bits) {
        let singles = [&I::F32Min, &I::F32Max, &I::F32Copysign, &I::F32Sub, &I::F32Mul, &I::F32Add, &I::F32Div];
        let doubles = [&I::F64Min, &I::F64Max, &I::F64Copysign, &I::F64Sub, &I::F64Mul, &I::F64Add, &I::F64Div];
        self.binary(bits.pick(if ty == Type::F32 { &singles } else { &doubles }), ty);
    }
}
