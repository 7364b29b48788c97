//! Folded addresses: arithmetic that engines move into the offset of an access, up to the last byte of the memory.

use crate::generate::bits::Bits;
use crate::generate::contract::body::Body;
use crate::generate::contract::operator::{Access, LOADS, STORES, at};
use crate::generate::contract::types::Type;
use wasm_encoder::Instruction as I;

impl Body<'_> {
    /// An access at a place that is put together from a local, arithmetic and an offset, and is always in the memory.
    pub(in crate::generate::contract) fn fold(&mut self, which: u32, bits: &mut Bits) {
        let Some(pages) = self.plan.pages else { return };
        let store = which.is_multiple_of(2);
        let accesses: &[Access] = if store { &STORES } else { &LOADS };
        let Access { ty, align, operator } = bits.pick(accesses);
        let last = (pages << 16) - (1 << align);
        // The last place, one near it, one near a page's edge or any.
        let place = match bits.below(5) {
            0 => last,
            1 => last - bits.below(24),
            2 => (0x1_0000 * (1 + bits.below(pages))).min(last + 1).saturating_sub(1 + bits.below(8)),
            _ => bits.below(last + 1),
        };
        let offset = match bits.below(4) {
            0 => 0,
            1 => place.min(bits.pick(&[4, 8, 0x7f, 0x80, 0xff8, 0xffff, 0x1_0000])),
            2 => place,
            _ => bits.below(place + 1),
        };
        let address = place - offset;
        let memory = at(u64::from(offset), align - bits.below(align + 1));
        let local = self.local(Type::I32, true, bits);
        self.put_together(address, local, bits);
        // Address and value are one local as often as not, which holds what an operator has just left.
        let value = local.filter(|_| store && ty == Type::I32 && bits.one_in(2));
        if let Some(local) = value {
            self.emit(&I::LocalTee(local));
        }
        if !store {
            self.apply(&operator(memory), 1, &[ty]);
            if bits.one_in(6) && self.weight <= 4 {
                // A memory that grew has moved, perhaps, and is read again.
                self.emit_all(&[I::I32Const(bits.below(2) as i32), I::MemoryGrow(0), I::Drop]);
                self.put_together(address, local, bits);
                self.apply(&operator(memory), 1, &[ty]);
            }
            return;
        }
        match value {
            Some(local) => self.apply(&I::LocalGet(local), 0, &[ty]),
            None => self.push_leaf(ty, bits),
        }
        self.apply(&operator(memory), 2, &[]);
        if bits.one_in(3) {
            // Read back by another width.
            let load = bits.pick(&LOADS);
            let near = place.min((pages << 16) - (1 << load.align));
            self.push_i32(near);
            self.apply(&(load.operator)(at(0, 0)), 1, &[load.ty]);
        }
    }

    /// Leaves an address, in one of the ways in which it can be written.
    fn put_together(&mut self, address: u32, local: Option<u32>, bits: &mut Bits) {
        let constant = |value: u32| I::I32Const(value as i32);
        let part = bits.word() as u32 >> bits.below(32);
        self.stack.push(Type::I32);
        let Some(local) = local else { return self.emit(&constant(address)) };
        match bits.below(6) {
            0 => self.emit_all(&[constant(address), I::LocalTee(local)]),
            1 => {
                self.emit_all(&[constant(part), I::LocalSet(local), I::LocalGet(local)]);
                self.emit_all(&[constant(address.wrapping_sub(part)), I::I32Add]);
            }
            2 => {
                self.emit_all(&[constant(part), I::LocalTee(local)]);
                self.emit_all(&[constant(part.wrapping_sub(address)), I::I32Sub]);
            }
            3 => {
                let shift = bits.below(4);
                self.emit_all(&[constant(address >> shift), I::LocalSet(local), I::LocalGet(local)]);
                self.emit_all(&[constant(shift), I::I32Shl, constant(address & ((1 << shift) - 1)), I::I32Or]);
            }
            4 => {
                // What the local holds is of no account.
                self.emit_all(&[I::LocalGet(local), constant(0), I::I32And, constant(address), I::I32Add]);
            }
            _ => self.emit_all(&[constant(address), I::LocalSet(local), I::LocalGet(local)]),
        }
    }
}
