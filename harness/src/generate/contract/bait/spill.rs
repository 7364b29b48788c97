//! Spills: more live values than there are registers, across a call or whatever else clobbers them.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use wasm_encoder::Instruction;

impl Body<'_> {
    /// Dozens of values, something that needs registers of its own, and a use of each of them.
    pub(in crate::generate::contract) fn spill(&mut self, which: u32, bits: &mut Bits) {
        if self.exhausted() {
            return;
        }
        let height = self.stack.len();
        for _ in 0..10 + bits.below(24) {
            let ty = self.number_type(bits);
            self.push_leaf(ty, bits);
            if bits.one_in(3) {
                // A value that is in no local.
                self.computed_from_top(ty, bits);
            }
        }
        match which % 4 {
            0 if self.plan.pages.is_some() && self.weight <= 4 => {
                self.emit_all(&[Instruction::I32Const(0), Instruction::MemoryGrow(0), Instruction::Drop]);
            }
            1 => self.call_indirect(which / 4, bits),
            _ => self.call(which / 4, bits),
        }
        while self.stack.len() > height + 1 {
            self.put_away(bits);
        }
    }
}
