//! Surplus: branches that carry values over others, which they leave behind.

use crate::generate::bits::Bits;
use crate::generate::contract::body::{Body, FrameKind};
use crate::generate::contract::types::Type;
use std::borrow::Cow;
use wasm_encoder::Instruction;

impl Body<'_> {
    /// A branch of some kind out of nested blocks that all leave the same, with operands below what it carries.
    pub(in crate::generate::contract) fn surplus(&mut self, which: u32, bits: &mut Bits) {
        let blocks = 1 + bits.below(4);
        if self.frames.len() + blocks as usize > 8 {
            return;
        }
        let carried = (0..1 + bits.below(3)).map(|_| self.number_type(bits)).collect::<Vec<_>>();
        let ty = self.block_type(&[], &carried);
        for depth in 0..blocks {
            self.emit(&Instruction::Block(ty));
            self.open(FrameKind::Block, Vec::new(), carried.clone());
            // Targets are equally high, or they are not.
            if depth + 1 < blocks && bits.one_in(3) {
                let ty = self.number_type(bits);
                self.push_leaf(ty, bits);
            }
        }
        for _ in 0..bits.below(4) {
            let ty = self.number_type(bits);
            self.push_leaf(ty, bits);
        }
        for &ty in &carried {
            self.push_leaf(ty, bits);
        }
        match which % 4 {
            0 | 1 => {
                self.push_local(Type::I32, bits);
                if bits.one_in(2) {
                    self.emit_all(&[Instruction::I32Const(3), Instruction::I32And]);
                }
                let targets = (0..bits.below(12)).map(|_| bits.below(blocks)).collect();
                self.emit(&Instruction::BrTable(Cow::Owned(targets), bits.below(blocks)));
                self.dead(0);
            }
            2 => {
                self.push_local(Type::I32, bits);
                self.stack.pop();
                self.emit(&Instruction::BrIf(bits.below(blocks)));
            }
            _ => {
                self.emit(&Instruction::Br(bits.below(blocks)));
                self.dead(0);
            }
        }
        for _ in 0..blocks {
            self.close(bits);
        }
    }
}
