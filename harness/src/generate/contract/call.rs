//! A call goes to a function before the caller, to one in a table that calls nothing back, or to the caller itself with
//! less depth: every chain of calls ends.

use super::body::{BUDGET, Body, FrameKind};
use super::genome::Role;
use super::types::Type;
use crate::generate::bits::Bits;
use wasm_encoder::{BlockType, Instruction};

/// Calls of itself, in all, that a recursive function may lead to within its budget.
const ACTIVATIONS: u64 = 64;

impl Body<'_> {
    pub(super) fn call(&mut self, which: u32, bits: &mut Bits) {
        let callees: Vec<usize> = self.plan.callees(self.position).collect();
        if callees.is_empty() {
            return;
        }
        let callee = callees[which as usize % callees.len()];
        let cost = self.costs.get(callee).copied().unwrap_or(0);
        if !self.afford(cost) {
            return;
        }
        let plan = self.plan;
        let signature = &plan.signatures[callee];
        self.need(&signature.params, bits);
        self.apply(&Instruction::Call(plan.function(callee)), signature.params.len(), &signature.results);
    }

    /// A call through the dispatch table, or through another table into which a function has just been put.
    pub(super) fn call_indirect(&mut self, which: u32, bits: &mut Bits) {
        let plan = self.plan;
        let (Some((dispatch, groups)), true) = (&plan.dispatch, self.is_plain()) else { return };
        let before: Vec<_> =
            groups.iter().filter(|group| group.members.iter().all(|&member| member < self.position)).collect();
        if before.is_empty() {
            return;
        }
        let group = before[which as usize % before.len()];
        let dearest = group.members.iter().filter_map(|&member| self.costs.get(member)).max();
        if !self.afford(dearest.copied().unwrap_or(0)) {
            return;
        }
        let signature = &plan.signatures[group.members[0]];
        let type_index = self.signatures.index(&signature.params, &signature.results);
        let other = (0..)
            .zip(&plan.tables)
            .find(|(index, table)| index != dispatch && table.ty == Type::FuncRef && table.min > 0);
        self.need(&signature.params, bits);
        let table_index = match other {
            Some((other, table)) if bits.one_in(3) => {
                let slot = bits.below(table.min) as i32;
                let function = plan.function(bits.pick(&group.members));
                self.emit_all(&[
                    Instruction::I32Const(slot),
                    Instruction::RefFunc(function),
                    Instruction::TableSet(other),
                    Instruction::I32Const(slot),
                ]);
                other
            }
            Some(_) | None => {
                self.push(Type::I32, bits);
                self.stack.pop();
                let mask = group.members.len() as i32 - 1;
                self.emit_all(&[Instruction::I32Const(mask), Instruction::I32And]);
                if group.base > 0 {
                    self.emit_all(&[Instruction::I32Const(group.base as i32), Instruction::I32Add]);
                }
                *dispatch
            }
        };
        let operator = Instruction::CallIndirect { type_index, table_index };
        self.apply(&operator, signature.params.len(), &signature.results);
    }

    /// An indirect call of an entry that may be missing, null or of another signature.
    pub(super) fn stray_call(&mut self, bits: &mut Bits) {
        let plan = self.plan;
        let tables: Vec<u32> =
            (0..).zip(&plan.tables).filter(|(_, table)| table.ty == Type::FuncRef).map(|(index, _)| index).collect();
        if tables.is_empty() {
            return;
        }
        let table_index = bits.pick(&tables);
        let min = plan.tables[table_index as usize].min;
        let types = [Type::I32, Type::I64, Type::F32, Type::F64];
        let results: Vec<Type> = (0..bits.below(2)).map(|_| bits.pick(&types)).collect();
        let type_index = self.signatures.index(&[], &results);
        let index = match bits.below(4) {
            0 => min,
            1 => u32::MAX,
            _ => bits.below(min),
        };
        self.emit(&Instruction::I32Const(index as i32));
        self.apply(&Instruction::CallIndirect { type_index, table_index }, 0, &results);
    }

    /// Takes the depth that is left from the first parameter, and returns when there is none.
    pub(super) fn begin_recursion(&mut self, depth: u32, twice: bool, bits: &mut Bits) {
        let depth = if twice { depth.clamp(1, 4) } else { depth.clamp(1, 16) };
        let mask = if twice { depth as i32 } else { (1 << depth) - 1 };
        self.recursions = if twice { 2 } else { 1 };
        let activations = if twice { 1 << (depth + 1) } else { 1 << depth };
        self.weight = activations.min(ACTIVATIONS);
        self.protect(0);
        self.emit_all(&[
            Instruction::LocalGet(0),
            Instruction::I32Const(mask),
            Instruction::I32And,
            Instruction::LocalTee(0),
            Instruction::I32Eqz,
            Instruction::If(BlockType::Empty),
        ]);
        let results = self.frames[0].results.clone();
        for &ty in &results {
            self.push(ty, bits);
        }
        self.stack.clear();
        self.emit_all(&[Instruction::Return, Instruction::End]);
    }

    /// A call of the function itself with one less depth, directly or through the table.
    pub(super) fn recurse(&mut self, which: u32, bits: &mut Bits) {
        let in_loop = self.frames.iter().any(|frame| matches!(frame.kind, FrameKind::Loop { .. }));
        if self.recursions == 0 || in_loop {
            return;
        }
        self.recursions -= 1;
        let plan = self.plan;
        let signature = &plan.signatures[self.position];
        self.emit_all(&[Instruction::LocalGet(0), Instruction::I32Const(1), Instruction::I32Sub]);
        self.stack.push(Type::I32);
        for &ty in &signature.params[1..] {
            self.push(ty, bits);
        }
        let place = plan.dispatch.as_ref().and_then(|(table, groups)| {
            let group = groups.iter().find(|group| group.members.contains(&self.position))?;
            let place = group.members.iter().position(|&member| member == self.position)?;
            Some((*table, group.base + place as u32))
        });
        let params = signature.params.len();
        match place {
            Some((table_index, place)) if which % 2 == 1 => {
                let type_index = self.signatures.index(&signature.params, &signature.results);
                self.emit(&Instruction::I32Const(place as i32));
                self.apply(&Instruction::CallIndirect { type_index, table_index }, params, &signature.results);
            }
            Some(_) | None => self.apply(&Instruction::Call(plan.function(self.position)), params, &signature.results),
        }
    }

    pub(super) fn is_plain(&self) -> bool {
        self.plan.genome.functions[self.position].role == Role::Plain
    }

    /// Books the cost of a call if it can be afforded.
    fn afford(&mut self, cost: u64) -> bool {
        let cost = self.weight.saturating_mul(cost);
        let affordable = self.cost.saturating_add(cost) <= BUDGET;
        if affordable {
            self.cost += cost;
        }
        affordable
    }
}
