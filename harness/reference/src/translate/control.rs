//! Control: blocks become branch targets.

use super::{NO_OPERATOR, Translator};
use crate::error::DecodeError;
use crate::operator::Op;
use wasmparser::{BlockType, BrTable, Operator};

/// A block that has begun and not ended.
pub(super) struct Control {
    label: Label,
    /// The operands below the block's parameters.
    base: u32,
    params: u32,
    results: u32,
    /// For an `if` without its `else` so far: the instruction that skips to it.
    otherwise: Option<u32>,
}

/// Where branches to a block go.
enum Label {
    /// Back to this instruction, the header of a loop.
    Header(u32),
    /// To the end, which these instructions are told of when it is reached.
    End(Vec<u32>),
}

impl Control {
    /// The block that is a function's body.
    pub(super) fn function(results: u32) -> Self {
        Self { label: Label::End(Vec::new()), base: 0, params: 0, results, otherwise: None }
    }
}

impl Translator<'_> {
    /// Translates a control operator, or says that it is none.
    pub(super) fn control_operator(&mut self, operator: &Operator<'_>, gas: u32) -> Result<bool, DecodeError> {
        match operator {
            Operator::Nop => self.charge(gas),
            Operator::Unreachable => {
                self.emit(Op::Unreachable, gas, 0, 0);
                self.dead = Some(0);
            }
            Operator::Block { blockty } => {
                self.charge(gas);
                self.begin(*blockty, Label::End(Vec::new()));
            }
            Operator::Loop { blockty } => {
                self.charge(gas);
                let header = self.position();
                self.emit(Op::Loop, 0, 0, 0);
                self.begin(*blockty, Label::Header(header));
            }
            Operator::If { blockty } => {
                let otherwise = self.position();
                self.emit(Op::BrUnless { target: 0 }, gas, 1, 0);
                self.begin(*blockty, Label::End(Vec::new())).otherwise = Some(otherwise);
            }
            Operator::Else => self.begin_else(gas),
            Operator::End => self.end(gas),
            Operator::Br { relative_depth } => {
                let (keep, target, height) = self.branch(*relative_depth);
                self.emit(Op::Br { keep, target, height }, gas, 0, 0);
                self.dead = Some(0);
            }
            Operator::BrIf { relative_depth } => {
                let (keep, target, height) = self.branch(*relative_depth);
                self.emit(Op::BrIf { keep, target, height }, gas, 1, 0);
            }
            Operator::BrTable { targets } => self.br_table(targets, gas)?,
            Operator::Return => {
                let results = self.control[0].results;
                self.emit(Op::Return { results }, gas, 0, 0);
                self.dead = Some(0);
            }
            Operator::Call { function_index } => {
                let function_type = self.parts.function_type(*function_index);
                let (params, results) = (function_type.params.len() as u32, function_type.results.len() as u32);
                self.emit(Op::Call { function: *function_index }, gas, params, results);
            }
            Operator::CallIndirect { type_index, table_index } => {
                let (params, results) = self.arity(*type_index);
                let type_index = self.parts.canonical_types[*type_index as usize];
                self.emit(Op::CallIndirect { type_index, table: *table_index }, gas, params + 1, results);
            }
            // Every other operator goes on to the next.
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn begin(&mut self, block_type: BlockType, label: Label) -> &mut Control {
        let (params, results) = match block_type {
            BlockType::Empty => (0, 0),
            BlockType::Type(_) => (0, 1),
            BlockType::FuncType(type_index) => self.arity(type_index),
        };
        let base = self.height - params;
        self.control.push(Control { label, base, params, results, otherwise: None });
        self.control.last_mut().expect("one was pushed")
    }

    /// Ends the first arm of an `if`, which goes on at the end, and begins the second with the parameters.
    fn begin_else(&mut self, gas: u32) {
        if self.dead.is_none() {
            self.charge(gas);
            let (keep, target, height) = self.branch(0);
            self.instruction(Op::Br { keep, target, height }, 0, NO_OPERATOR);
        }
        let position = self.position();
        let control = self.control.last_mut().expect("validation paired else with if");
        let skip = control.otherwise.take().expect("validation paired else with if");
        let height = control.base + control.params;
        self.aim(skip, position);
        self.resume(height);
    }

    /// Ends a block: what was skipped or branched out of goes on here, with the results.
    fn end(&mut self, gas: u32) {
        if self.dead.is_none() {
            self.charge(gas);
        }
        let control = self.control.pop().expect("validation paired end with a block");
        let position = self.position();
        if let Some(skip) = control.otherwise {
            self.aim(skip, position);
        }
        if let Label::End(branches) = control.label {
            for branch in branches {
                self.aim(branch, position);
            }
        }
        if self.control.is_empty() {
            // Nothing of the body is behind its end: results that only unreachable code would leave do not count.
            self.instruction(Op::Return { results: control.results }, 0, self.offset);
        } else {
            self.resume(control.base + control.results);
        }
    }

    /// Goes on with reachable code at a height.
    fn resume(&mut self, height: u32) {
        self.dead = None;
        self.height = 0;
        self.push(height);
    }

    fn br_table(&mut self, table: &BrTable<'_>, gas: u32) -> Result<(), DecodeError> {
        self.emit(Op::BrTable { targets: table.len() }, gas, 1, 0);
        for depth in table.targets().chain([Ok(table.default())]) {
            let (keep, target, height) = self.branch(depth?);
            self.instruction(Op::Br { keep, target, height }, 0, NO_OPERATOR);
        }
        self.dead = Some(0);
        Ok(())
    }

    /// How many operands the next instruction keeps, where it goes and to which height, if it branches to the block
    /// `depth` blocks out.
    fn branch(&mut self, depth: u32) -> (u16, u32, u32) {
        let position = self.position();
        let index = self.control.len() - 1 - depth as usize;
        let control = &mut self.control[index];
        let (target, keep) = match &mut control.label {
            Label::Header(header) => (*header, control.params),
            Label::End(branches) => {
                branches.push(position);
                (0, control.results)
            }
        };
        (keep as u16, target, self.locals + control.base)
    }

    /// Tells a branch where it goes.
    fn aim(&mut self, instruction: u32, position: u32) {
        match &mut self.code[instruction as usize].op {
            Op::Br { target, .. } | Op::BrIf { target, .. } | Op::BrUnless { target } => {
                *target = position;
            }
            other => unreachable!("only branches wait for a target, and {other:?} is none"),
        }
    }

    fn arity(&self, type_index: u32) -> (u32, u32) {
        let function_type = &self.parts.types[type_index as usize];
        (function_type.params.len() as u32, function_type.results.len() as u32)
    }
}
