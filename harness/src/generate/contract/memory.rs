//! Memory steps load, store, grow and move bytes, within the first pages unless they are meant to stray.

use super::body::Body;
use super::operator::{self, Danger, LOADS, STORES, at};
use super::types::Type;
use crate::generate::bits::Bits;
use wasm_encoder::{Instruction, MemArg};

/// Masks of addresses. With the largest offset and width they stay below one page.
const MASKS: [i32; 5] = [0xff, 0x3f, 0xfff, 0x7ff8, 0x7fff];

const OFFSETS: [u64; 8] = [0, 0, 1, 8, 0x40, 0x1003, 0x7000, 0x7ff0];

impl Body<'_> {
    /// Leaves an address, and the immediate that goes with it.
    fn address(&mut self, align: u32, guarded: bool, bits: &mut Bits) -> MemArg {
        if guarded || bits.one_in(3) {
            self.need(&[Type::I32], bits);
        } else {
            // Addresses around the end of the memory.
            let pages = self.plan.pages.unwrap_or(1);
            self.push_i32((pages << 16).wrapping_sub(bits.below(12)));
        }
        let mut offset = bits.pick(&OFFSETS);
        if guarded {
            self.emit_all(&[Instruction::I32Const(bits.pick(&MASKS)), Instruction::I32And]);
        } else if bits.one_in(4) {
            offset = 0xffff_ffff >> bits.below(16);
        }
        at(offset, align - bits.below(align + 1))
    }

    pub(super) fn load(&mut self, which: u32, guarded: bool, bits: &mut Bits) {
        if self.plan.pages.is_none() {
            return;
        }
        let access = LOADS[which as usize % LOADS.len()];
        let at = self.address(access.align, guarded, bits);
        self.apply(&(access.operator)(at), 1, &[access.ty]);
    }

    pub(super) fn store(&mut self, which: u32, guarded: bool, bits: &mut Bits) {
        if self.plan.pages.is_none() {
            return;
        }
        // What is on top is stored if the operator can.
        let top = self.top().filter(|top| top.is_number());
        let fitting: Vec<_> = STORES.iter().filter(|access| top.is_none_or(|top| access.ty == top)).collect();
        let access = fitting[which as usize % fitting.len()];
        let computed = which / 16 % 4 == 3;
        let aside = self.local(access.ty, true, bits).filter(|_| top.is_some() && !computed);
        if let Some(local) = aside {
            self.apply(&Instruction::LocalSet(local), 1, &[]);
        }
        self.push(Type::I32, bits);
        let at = self.address(access.align, guarded, bits);
        match aside {
            Some(local) => self.apply(&Instruction::LocalGet(local), 0, &[access.ty]),
            None if computed => {
                // A new value, worked out between its address and the store, as compilers do.
                let (family, operator) =
                    operator::numeric(which / 64, |family| family.result == access.ty && family.danger == Danger::None);
                for &operand in family.operands {
                    self.push(operand, bits);
                }
                self.apply(operator, family.operands.len(), &[family.result]);
            }
            None => self.push(access.ty, bits),
        }
        self.apply(&(access.operator)(at), 2, &[]);
    }

    pub(super) fn memory_size(&mut self) {
        if self.plan.pages.is_some() {
            self.apply(&Instruction::MemorySize(0), 0, &[Type::I32]);
        }
    }

    /// Grows by little, by nothing, and now and then by more than there can be.
    pub(super) fn memory_grow(&mut self, which: u32, bits: &mut Bits) {
        if self.plan.pages.is_none() || self.weight > 4 {
            return;
        }
        let slack = self.plan.genome.memory.as_ref().and_then(|memory| memory.slack);
        let pages = match which % 32 {
            // Asking is charged for by the page.
            31 => 255 + bits.below(3),
            30 if bits.one_in(8) => 0x1_0000 + bits.below(2),
            20..=29 => slack.map_or(0, |slack| slack.min(9) + 1),
            which => which % 3,
        };
        self.push_i32(pages);
        self.apply(&Instruction::MemoryGrow(0), 1, &[Type::I32]);
    }

    pub(super) fn memory_bulk(&mut self, which: u32, guarded: bool, bits: &mut Bits) {
        let Some(pages) = self.plan.pages else { return };
        let data = self.plan.data;
        let segment = bits.below(data);
        let length = self.plan.genome.data.get(segment as usize).map_or(0, |data| data.bytes.len() as u32);
        match which % 4 {
            1 => self.memory_three(guarded, pages, Type::I32, bits, &Instruction::MemoryFill(0)),
            2 if data > 0 => {
                self.destination(guarded, pages, bits);
                // After the start, an active segment is empty.
                let empty = guarded && !self.plan.genome.data[segment as usize].is_passive();
                let from = if empty { 0 } else { bits.below(length + 1) };
                let count = if empty { 0 } else { bits.below(length - from + 1) };
                self.push_i32(from);
                self.push_i32(if guarded { count } else { count + bits.below(2) });
                self.apply(&Instruction::MemoryInit { mem: 0, data_index: segment }, 3, &[]);
            }
            3 if data > 0 => {
                // A dropped passive segment would make later copies from it trap.
                let dropped = (0..data).find(|&index| !self.plan.genome.data[index as usize].is_passive());
                let segment = if guarded { dropped } else { Some(segment) };
                if let Some(segment) = segment {
                    self.emit(&Instruction::DataDrop(segment));
                }
            }
            _ => {
                let copy = Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 };
                self.memory_three(guarded, pages, Type::I32, bits, &copy);
            }
        }
    }

    fn destination(&mut self, guarded: bool, pages: u32, bits: &mut Bits) {
        if guarded {
            self.push(Type::I32, bits);
            self.emit_all(&[Instruction::I32Const(bits.pick(&MASKS)), Instruction::I32And]);
        } else {
            self.push_i32((pages << 16).wrapping_sub(bits.below(4)));
        }
    }

    /// `memory.copy` and `memory.fill`: destination, source or value, length.
    fn memory_three(&mut self, guarded: bool, pages: u32, ty: Type, bits: &mut Bits, operator: &Instruction<'_>) {
        self.destination(guarded, pages, bits);
        self.push(ty, bits);
        if matches!(operator, Instruction::MemoryCopy { .. }) {
            self.emit_all(&[Instruction::I32Const(bits.pick(&MASKS)), Instruction::I32And]);
        }
        let most = if self.weight > 16 { 9 } else { 200 };
        if bits.one_in(4) {
            self.push(Type::I32, bits);
            self.emit_all(&[Instruction::I32Const(0x7f), Instruction::I32And]);
        } else {
            self.push_i32(bits.below(most));
        }
        self.apply(operator, 3, &[]);
    }
}
