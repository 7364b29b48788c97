//! Copies: values that move between locals while older ones are still on the stack.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use crate::generate::contract::operator::{Danger, numeric};
use wasm_encoder::Instruction;

impl Body<'_> {
    /// Some copies among locals of one type, and an operator over what was read before and after.
    pub(in crate::generate::contract) fn copies(&mut self, which: u32, bits: &mut Bits) {
        let ty = self.number_type(bits);
        let Some(one) = self.local(ty, true, bits) else { return };
        let other = self.local(ty, true, bits).unwrap_or(one);
        let (get, set, tee) = (Instruction::LocalGet, Instruction::LocalSet, Instruction::LocalTee);
        match which % 5 {
            // Read, written, read again: two values of one local.
            0 => {
                self.apply(&get(one), 0, &[ty]);
                self.push_leaf(ty, bits);
                self.apply(&set(one), 1, &[]);
                self.apply(&get(one), 0, &[ty]);
            }
            // Exchanged over the stack.
            1 => {
                self.emit_all(&[get(one), get(other), set(one), set(other)]);
                self.apply(&get(other), 0, &[ty]);
                self.apply(&get(one), 0, &[ty]);
            }
            // Kept on the stack, in the copy, and in what is written over the original.
            2 => {
                self.apply(&get(one), 0, &[ty]);
                self.apply(&tee(other), 1, &[ty]);
                self.push_leaf(ty, bits);
                self.apply(&tee(one), 1, &[ty]);
            }
            // Written to itself.
            3 => {
                self.emit_all(&[get(one), set(one)]);
                self.apply(&get(one), 0, &[ty]);
                self.apply(&get(other), 0, &[ty]);
            }
            // Written below a value that is dropped.
            _ => {
                self.apply(&get(one), 0, &[ty]);
                self.apply(&get(other), 0, &[ty]);
                self.push_leaf(ty, bits);
                self.apply(&tee(one), 1, &[ty]);
                self.apply(&Instruction::Drop, 1, &[]);
            }
        }
        let (family, operator) =
            numeric(which / 8, |family| family.operands == [ty, ty] && family.danger == Danger::None);
        self.binary(operator, family.result);
    }
}
