//! Narrow arithmetic: wrapping, extending, masking and pairs of shifts, which engines turn into one another.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use crate::generate::contract::types::Type;
use wasm_encoder::Instruction as I;

impl Body<'_> {
    /// A chain of operators on an integer, between 32 and 64 bits.
    pub(in crate::generate::contract) fn narrow(&mut self, which: u32, bits: &mut Bits) {
        let wide = which.is_multiple_of(2);
        let ty = if wide { Type::I64 } else { Type::I32 };
        if self.top() != Some(ty) {
            self.push_leaf(ty, bits);
        }
        for _ in 0..2 + bits.below(6) {
            if self.top() == Some(Type::I64) { self.narrow_wide(bits) } else { self.narrow_word(bits) }
        }
    }

    /// One or two operators on an `i32`.
    fn narrow_word(&mut self, bits: &mut Bits) {
        let count = bits.pick(&[8, 16, 24, 1, 31, 32, 33]);
        let mask = bits.pick(&[0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xff00, 1, 0xffff_ff00, u32::MAX]) as i32;
        match bits.below(9) {
            0 => self.apply(&I::I64ExtendI32S, 1, &[Type::I64]),
            1 => self.apply(&I::I64ExtendI32U, 1, &[Type::I64]),
            2 => self.emit(&I::I32Extend8S),
            3 => self.emit(&I::I32Extend16S),
            4 => self.emit_all(&[I::I32Const(mask), I::I32And]),
            5 => self.emit_all(&[I::I32Const(count), I::I32Shl, I::I32Const(count), I::I32ShrS]),
            6 => self.emit_all(&[I::I32Const(count), I::I32Shl, I::I32Const(count), I::I32ShrU]),
            7 => self.emit_all(&[I::I32Const(count), bits.pick(&[&I::I32ShrS, &I::I32ShrU, &I::I32Rotl]).clone()]),
            _ => self.narrow_with_local(Type::I32, &[&I::I32Add, &I::I32Sub, &I::I32Xor, &I::I32Mul], bits),
        }
    }

    /// One or two operators on an `i64`.
    fn narrow_wide(&mut self, bits: &mut Bits) {
        let count = bits.pick(&[32, 48, 56, 16, 63, 64, 65]);
        let mask = bits.pick(&[0xff, 0xffff, 0xffff_ffff, 0x8000_0000, 1 << 63, u64::MAX << 32, u64::MAX >> 1]) as i64;
        match bits.below(10) {
            0 | 1 => self.apply(&I::I32WrapI64, 1, &[Type::I32]),
            2 => self.emit(&I::I64Extend8S),
            3 => self.emit(&I::I64Extend16S),
            4 => self.emit(&I::I64Extend32S),
            5 => self.emit_all(&[I::I64Const(mask), I::I64And]),
            6 => self.emit_all(&[I::I64Const(count), I::I64Shl, I::I64Const(count), I::I64ShrS]),
            7 => self.emit_all(&[I::I64Const(count), I::I64Shl, I::I64Const(count), I::I64ShrU]),
            8 => self.emit_all(&[I::I64Const(count), bits.pick(&[&I::I64ShrS, &I::I64ShrU, &I::I64Rotl]).clone()]),
            _ => self.narrow_with_local(Type::I64, &[&I::I64Add, &I::I64Sub, &I::I64Xor, &I::I64Mul], bits),
        }
    }

    fn narrow_with_local(&mut self, ty: Type, operators: &[&I<'static>], bits: &mut Bits) {
        self.push_leaf(ty, bits);
        self.binary(bits.pick(operators), ty);
    }
}
