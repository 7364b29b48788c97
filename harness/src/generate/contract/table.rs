//! Table steps read, write, grow and move elements.
//!
//! They leave the table of indirect calls as it is, unless they are meant to stray.

use super::body::Body;
use super::genome::SegmentMode;
use super::types::Type;
use crate::generate::bits::Bits;
use wasm_encoder::Instruction;

impl Body<'_> {
    /// A table to read from, or to write to.
    fn some_table(&self, write: bool, bits: &mut Bits) -> Option<(u32, Type, u32)> {
        let dispatch = self.plan.dispatch.as_ref().map(|&(table, _)| table);
        let fitting: Vec<(u32, Type, u32)> = (0..)
            .zip(&self.plan.tables)
            .filter(|(index, _)| !write || Some(*index) != dispatch)
            .map(|(index, table)| (index, table.ty, table.min))
            .collect();
        if fitting.is_empty() { None } else { Some(bits.pick(&fitting)) }
    }

    /// Leaves the index of an element that is there, or of one that may not be.
    fn element(&mut self, min: u32, guarded: bool, bits: &mut Bits) {
        self.push(Type::I32, bits);
        if guarded {
            let mask = (min + 1).next_power_of_two() / 2;
            self.emit_all(&[Instruction::I32Const(mask as i32 - 1), Instruction::I32And]);
        }
    }

    pub(super) fn table(&mut self, which: u32, guarded: bool, bits: &mut Bits) {
        let write = guarded && !matches!(which % 6, 0 | 2);
        let Some((table, ty, min)) = self.some_table(write, bits) else { return };
        match which % 6 {
            0 if min > 0 => {
                self.element(min, guarded, bits);
                self.apply(&Instruction::TableGet(table), 1, &[ty]);
            }
            1 if min > 0 => {
                self.element(min, guarded, bits);
                self.push(ty, bits);
                self.apply(&Instruction::TableSet(table), 2, &[]);
            }
            3 | 4 if self.weight <= 8 => {
                self.push(ty, bits);
                let slack = self.plan.tables[table as usize].max.map_or(0, |max| max - min);
                let count = match bits.below(64) {
                    // Asking is charged for by the element.
                    63 => 0xffff_ffff >> bits.below(20),
                    48..=62 => slack + bits.below(2),
                    _ => bits.below(4),
                };
                self.push_i32(count);
                self.apply(&Instruction::TableGrow(table), 2, &[Type::I32]);
            }
            _ => self.apply(&Instruction::TableSize(table), 0, &[Type::I32]),
        }
    }

    pub(super) fn table_bulk(&mut self, which: u32, guarded: bool, bits: &mut Bits) {
        let Some((table, ty, min)) = self.some_table(guarded, bits) else { return };
        let stray = if guarded { 0 } else { 1 };
        let start = bits.below(min + 1);
        let room = min - start;
        match which % 4 {
            0 => {
                self.push_i32(start);
                self.push(ty, bits);
                self.push_i32(bits.below(room + 1) + stray);
                self.apply(&Instruction::TableFill(table), 3, &[]);
            }
            1 => {
                let sources: Vec<(u32, u32)> = (0..)
                    .zip(&self.plan.tables)
                    .filter(|(_, source)| source.ty == ty)
                    .map(|(index, source)| (index, source.min))
                    .collect();
                let (src_table, most) = bits.pick(&sources);
                let from = bits.below(most + 1);
                self.push_i32(start);
                self.push_i32(from);
                self.push_i32(bits.below(room.min(most - from) + 1) + stray);
                self.apply(&Instruction::TableCopy { src_table, dst_table: table }, 3, &[]);
            }
            2 => {
                let segments: Vec<(u32, usize)> = (0..)
                    .zip(&self.plan.elements)
                    .filter(|(_, segment)| segment.ty == ty)
                    .map(|(index, segment)| {
                        let there = if segment.mode == SegmentMode::Passive { segment.items.len() } else { 0 };
                        (index, there)
                    })
                    .collect();
                if segments.is_empty() {
                    return;
                }
                let (elem_index, there) = bits.pick(&segments);
                let from = bits.below(there as u32 + 1);
                self.push_i32(start);
                self.push_i32(from);
                self.push_i32(bits.below(room.min(there as u32 - from) + 1) + stray);
                self.apply(&Instruction::TableInit { elem_index, table }, 3, &[]);
            }
            _ => {
                // A dropped passive segment would make later copies from it trap.
                let droppable: Vec<u32> = (0..)
                    .zip(&self.plan.elements)
                    .filter(|(_, segment)| !guarded || segment.mode != SegmentMode::Passive)
                    .map(|(index, _)| index)
                    .collect();
                if !droppable.is_empty() {
                    self.emit(&Instruction::ElemDrop(bits.pick(&droppable)));
                }
            }
        }
    }
}
