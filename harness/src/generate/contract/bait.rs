//! Bait is code that optimisers look for and may take for something else: comparisons that are only decided on, locals
//! that are written while an older value of theirs is still to be used, values that a branch leaves behind, arithmetic
//! that narrows, addresses that fold into offsets, more values than there are registers, floats that are no numbers.
//!
//! Each gene makes a whole pattern, whose parts would seldom meet by chance, out of what is on the stack and in locals.

mod compare;
mod copies;
mod edge;
mod fold;
mod keep;
mod narrow;
mod spill;
mod surplus;

use super::body::Body;
use super::constant;
use super::operator::{Danger, numeric};
use super::types::{NUMBERS, Type};
use crate::generate::bits::Bits;
use wasm_encoder::Instruction;

impl Body<'_> {
    /// Pushes a local of the type, if there is one.
    fn push_local(&mut self, ty: Type, bits: &mut Bits) -> Option<u32> {
        let local = self.local(ty, false, bits);
        match local {
            Some(local) => self.apply(&Instruction::LocalGet(local), 0, &[ty]),
            None => self.push_constant(ty, bits),
        }
        local
    }

    fn push_constant(&mut self, ty: Type, bits: &mut Bits) {
        self.apply(&constant::instruction(ty, constant::bits_of(ty, bits)), 0, &[ty]);
    }

    /// Pushes a constant or a local.
    fn push_leaf(&mut self, ty: Type, bits: &mut Bits) {
        if bits.one_in(3) {
            self.push_constant(ty, bits);
        } else {
            self.push_local(ty, bits);
        }
    }

    /// Pushes what an operator leaves.
    fn push_computed(&mut self, ty: Type, bits: &mut Bits) {
        self.push_leaf(ty, bits);
        self.computed_from_top(ty, bits);
    }

    /// Makes another value of the top, which is of the type.
    fn computed_from_top(&mut self, ty: Type, bits: &mut Bits) {
        let (family, operator) = numeric(bits.below(1 << 16), |family| {
            family.operands.iter().all(|&operand| operand == ty) && family.result == ty && family.danger == Danger::None
        });
        for _ in 1..family.operands.len() {
            self.push_leaf(ty, bits);
        }
        self.apply(operator, family.operands.len(), &[ty]);
    }

    /// A number type, of one of the locals as a rule.
    fn number_type(&self, bits: &mut Bits) -> Type {
        let ty = bits.pick(&NUMBERS);
        if self.local(ty, true, bits).is_some() { ty } else { bits.pick(&[Type::I32, ty]) }
    }

    /// Takes an operator's operands off the stack and leaves its result, all of one type but the result.
    fn binary(&mut self, operator: &Instruction<'_>, result: Type) {
        self.apply(operator, 2, &[result]);
    }
}
