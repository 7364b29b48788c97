//! Comparisons whose result is only decided on, tests for zero most of all: engines merge them with what decides.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use crate::generate::contract::constant;
use crate::generate::contract::types::Type;
use std::borrow::Cow;
use wasm_encoder::{BlockType, Instruction};

impl Body<'_> {
    /// A test, or the test of a test, and a decision on it.
    pub(in crate::generate::contract) fn compare(&mut self, which: u32, bits: &mut Bits) {
        let ty = bits.pick(&[Type::I32, Type::I32, Type::I64, Type::F32, Type::F64]);
        let result = if bits.one_in(3) { self.number_type(bits) } else { Type::I32 };
        match which % 5 {
            0 | 1 => {
                // What is chosen stands below the test, in the way of what the test leaves.
                self.push_leaf(result, bits);
                self.push_leaf(result, bits);
                self.test(ty, which / 8, bits);
                let typed = bits.one_in(4);
                let select = if typed { Instruction::TypedSelect(result.val()) } else { Instruction::Select };
                self.apply(&select, 3, &[result]);
            }
            2 => {
                self.test(ty, which / 8, bits);
                self.stack.pop();
                self.emit(&Instruction::If(BlockType::Result(result.val())));
                let arm = constant::instruction(result, constant::bits_of(result, bits));
                let local = self.local(result, false, bits).map_or_else(|| arm.clone(), Instruction::LocalGet);
                self.emit_all(&[arm, Instruction::Else, local, Instruction::End]);
                self.stack.push(result);
            }
            3 => {
                self.emit(&Instruction::Block(BlockType::Result(result.val())));
                let base = self.stack.len();
                self.push_leaf(result, bits);
                self.test(ty, which / 8, bits);
                self.emit_all(&[Instruction::BrIf(0), Instruction::Drop]);
                self.stack.truncate(base);
                self.push_leaf(result, bits);
                self.emit(&Instruction::End);
            }
            _ => {
                self.emit_all(&[Instruction::Block(BlockType::Empty), Instruction::Block(BlockType::Empty)]);
                self.test(ty, which / 8, bits);
                self.stack.pop();
                self.emit_all(&[Instruction::BrTable(Cow::Borrowed(&[0, 1]), 1), Instruction::End]);
                // The arm that only one outcome comes to.
                if let Some(local) = self.local(result, true, bits) {
                    let value = constant::instruction(result, constant::bits_of(result, bits));
                    self.emit_all(&[value, Instruction::LocalSet(local)]);
                }
                self.emit(&Instruction::End);
            }
        }
    }

    /// Leaves an `i32` that a comparison made.
    fn test(&mut self, ty: Type, which: u32, bits: &mut Bits) {
        use Instruction as I;
        let zero = constant::instruction(ty, 0);
        let integer = ty == Type::I32 || ty == Type::I64;
        let [eq, ne, lt, gt, le, ge] = match ty {
            Type::I64 => [I::I64Eq, I::I64Ne, I::I64LtS, I::I64GtU, I::I64LeU, I::I64GeS],
            Type::F32 => [I::F32Eq, I::F32Ne, I::F32Lt, I::F32Gt, I::F32Le, I::F32Ge],
            Type::F64 => [I::F64Eq, I::F64Ne, I::F64Lt, I::F64Gt, I::F64Le, I::F64Ge],
            Type::I32 | Type::FuncRef | Type::ExternRef => {
                [I::I32Eq, I::I32Ne, I::I32LtS, I::I32GtU, I::I32LeU, I::I32GeS]
            }
        };
        match which % 8 {
            0 | 1 if integer => {
                self.tested(ty, bits);
                self.apply(if ty == Type::I64 { &I::I64Eqz } else { &I::I32Eqz }, 1, &[Type::I32]);
            }
            2 | 3 => {
                let operator = bits.pick(&[0, 1]);
                self.tested(ty, bits);
                self.apply(&zero, 0, &[ty]);
                self.binary(if operator == 0 { &eq } else { &ne }, Type::I32);
            }
            4 => {
                self.apply(&zero, 0, &[ty]);
                self.tested(ty, bits);
                let operators = [&ne, &eq, &lt, &gt];
                self.binary(bits.pick(&operators), Type::I32);
            }
            5 if integer => {
                // Bits that are tested without being kept.
                self.tested(ty, bits);
                self.push_constant(ty, bits);
                self.binary(if ty == Type::I64 { &I::I64And } else { &I::I32And }, ty);
                if ty == Type::I64 || bits.one_in(2) {
                    self.apply(if ty == Type::I64 { &I::I64Eqz } else { &I::I32Eqz }, 1, &[Type::I32]);
                }
            }
            _ => {
                self.tested(ty, bits);
                self.push_leaf(ty, bits);
                let operators = [&eq, &ne, &lt, &gt, &le, &ge];
                self.binary(bits.pick(&operators), Type::I32);
            }
        }
        for _ in 0..bits.below(4) / 2 {
            self.apply(&I::I32Eqz, 1, &[Type::I32]);
        }
    }

    /// What is tested: a local as a rule, one that has just been written now and then.
    fn tested(&mut self, ty: Type, bits: &mut Bits) {
        match self.local(ty, true, bits) {
            Some(local) if bits.one_in(4) => {
                self.push_leaf(ty, bits);
                self.apply(&Instruction::LocalTee(local), 1, &[ty]);
            }
            Some(_) | None => self.push_leaf(ty, bits),
        }
    }
}
