//! Kept values: read from locals, left on the stack where control splits or joins, and used after the locals are written.

use crate::generate::bits::Bits;
use crate::generate::contract::body::{Body, FrameKind};
use crate::generate::contract::types::Type;
use wasm_encoder::Instruction;

impl Body<'_> {
    /// A structure with parameters over values of locals that are written inside of it.
    pub(in crate::generate::contract) fn keep(&mut self, which: u32, bits: &mut Bits) {
        if self.crowded() {
            return;
        }
        let looping = match which % 4 {
            0 if !self.exhausted() => Some(self.reserve(Type::I32)),
            _ => None,
        };
        if let Some(counter) = looping {
            // The local may hold the count of an earlier turn of an outer loop.
            self.emit_all(&[Instruction::I32Const(0), Instruction::LocalSet(counter)]);
        }
        let mut kept = Vec::new();
        for _ in 0..1 + bits.below(3) {
            let ty = self.number_type(bits);
            kept.extend(self.push_written(ty, bits).map(|local| (local, ty)));
        }
        let params = (0..bits.below(3)).map(|_| self.number_type(bits)).collect::<Vec<_>>();
        for &ty in &params {
            if bits.one_in(4) {
                self.push_constant(ty, bits);
            } else {
                kept.extend(self.push_written(ty, bits).map(|local| (local, ty)));
            }
        }
        let results = if bits.one_in(2) { params.clone() } else { Vec::new() };
        match (which % 4, looping) {
            (_, Some(counter)) => {
                let ty = self.block_type(&params, &params);
                self.emit(&Instruction::Loop(ty));
                let trips = 1 + bits.below(3);
                self.open(FrameKind::Loop { counter, ty: Type::I32, trips }, params.clone(), params);
                self.weight *= u64::from(trips);
            }
            (1 | 2, _) => {
                // An arm that is not taken passes its parameters through, with an `else` or without.
                let otherwise = bits.one_in(2);
                let results = if otherwise { results } else { params.clone() };
                self.push_leaf(Type::I32, bits);
                self.emit_all(&[Instruction::I32Const(1 << bits.below(3)), Instruction::I32And]);
                self.stack.pop();
                let ty = self.block_type(&params, &results);
                self.emit(&Instruction::If(ty));
                self.open(FrameKind::If { otherwise }, params, results);
            }
            _ => {
                let ty = self.block_type(&params, &results);
                self.emit(&Instruction::Block(ty));
                self.open(FrameKind::Block, params, results);
            }
        }
        self.overwrite(&kept, bits);
        // What follows is inside, too, as often as not.
        if bits.one_in(2) {
            let arms = if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::If { otherwise: true }) {
                2
            } else {
                1
            };
            for _ in 0..arms {
                self.close(bits);
            }
        }
    }

    /// Pushes a local of the type, which now and then has just been given what an operator left in a register.
    fn push_written(&mut self, ty: Type, bits: &mut Bits) -> Option<u32> {
        match self.local(ty, true, bits) {
            Some(local) if bits.one_in(3) => {
                self.push_computed(ty, bits);
                self.apply(&Instruction::LocalSet(local), 1, &[]);
                self.apply(&Instruction::LocalGet(local), 0, &[ty]);
                Some(local)
            }
            Some(_) | None => self.push_local(ty, bits),
        }
    }

    /// Writes locals whose values are still on the stack: with parameters of the structure, if they fit, or what an
    /// operator makes of them, or with constants.
    fn overwrite(&mut self, kept: &[(u32, Type)], bits: &mut Bits) {
        for &(local, ty) in kept {
            if !self.is_writable(local) || bits.one_in(4) {
                continue;
            }
            match (self.top() == Some(ty), bits.below(3)) {
                (true, 0) => {}
                (true, 1) => self.computed_from_top(ty, bits),
                (_, 2) => self.push_computed(ty, bits),
                _ => self.push_constant(ty, bits),
            }
            self.apply(&Instruction::LocalSet(local), 1, &[]);
        }
    }
}
