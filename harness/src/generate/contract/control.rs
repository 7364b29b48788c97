//! Control is blocks, arms, loops and the branches between them.
//!
//! Every loop counts its trips in a local that nothing else writes, and every way back to its header counts one.

use super::body::{BUDGET, Body, Frame, FrameKind};
use super::operator::at;
use super::types::Type;
use crate::generate::bits::Bits;
use std::borrow::Cow;
use wasm_encoder::{BlockType, Instruction};

/// Blocks that may be open at once.
const DEPTH: usize = 9;

/// Trips that a loop may make, if it can afford them.
const TRIPS: [u32; 12] = [1, 0, 2, 3, 4, 5, 7, 8, 10, 16, 33, 50];

impl Body<'_> {
    /// Opens a block, whose operator has been appended.
    pub(super) fn open(&mut self, kind: FrameKind, params: Vec<Type>, results: Vec<Type>) {
        let base = self.stack.len() - params.len();
        let (begin, outer_weight) = (self.length(), self.weight);
        self.frames.push(Frame { kind, params, results, base, joined: false, dead: None, begin, outer_weight });
    }

    /// Whether the code ends with the beginning of a loop.
    pub(super) fn opens_a_loop(&self) -> bool {
        let innermost = self.frames.iter().rev().take(2);
        let mut opened = innermost.filter(|frame| frame.begin + 2 >= self.length());
        opened.any(|frame| matches!(frame.kind, FrameKind::Loop { .. }))
    }

    pub(super) fn crowded(&self) -> bool {
        self.frames.len() >= DEPTH
    }

    pub(super) fn open_block(&mut self, bits: &mut Bits) {
        if self.crowded() {
            return;
        }
        let params = self.parameters(bits.below(3));
        let results = self.some_results(bits);
        let ty = self.block_type(&params, &results);
        self.emit(&Instruction::Block(ty));
        self.open(FrameKind::Block, params, results);
    }

    pub(super) fn open_if(&mut self, bits: &mut Bits) {
        if self.crowded() {
            return;
        }
        self.condition(bits);
        self.stack.pop();
        let params = self.parameters(bits.below(3));
        let otherwise = bits.percent(60);
        let results = if otherwise { self.some_results(bits) } else { params.clone() };
        let ty = self.block_type(&params, &results);
        self.emit(&Instruction::If(ty));
        self.open(FrameKind::If { otherwise }, params, results);
    }

    pub(super) fn open_loop(&mut self, bits: &mut Bits) {
        let loops = self.frames.iter().filter(|frame| matches!(frame.kind, FrameKind::Loop { .. })).count();
        if self.frames.len() + 2 > DEPTH || loops > 2 || self.exhausted() {
            return;
        }
        let left = (BUDGET - self.cost) / 12;
        let affordable = |&&trips: &&u32| u64::from(trips) * self.weight <= left.min(1000);
        let choices: Vec<u32> = TRIPS.iter().filter(affordable).copied().collect();
        let trips = if choices.is_empty() { 1 } else { bits.pick(&choices) };
        let ty = if bits.one_in(4) { Type::I64 } else { Type::I32 };
        let counter = self.reserve(ty);
        // The local may hold the count of an earlier turn of an outer loop.
        if ty == Type::I64 {
            self.emit(&Instruction::I64Const(0));
        } else {
            self.emit(&Instruction::I32Const(0));
        }
        self.emit(&Instruction::LocalSet(counter));
        let params = self.parameters(bits.below(3));
        let block_type = self.block_type(&params, &params);
        let (exit, proceed) = (bits.one_in(3), bits.one_in(4));
        if exit {
            self.emit(&Instruction::Block(block_type));
            self.open(FrameKind::Block, params.clone(), params.clone());
        }
        self.emit(&Instruction::Loop(block_type));
        self.open(FrameKind::Loop { counter, ty, trips }, params.clone(), params.clone());
        if let Some(frame) = self.frames.last_mut() {
            frame.joined = exit;
        }
        self.weight *= u64::from(trips.max(1));
        if proceed {
            self.emit(&Instruction::Block(block_type));
            self.open(FrameKind::Block, params.clone(), params);
            if let Some(frame) = self.frames.last_mut() {
                frame.joined = true;
            }
        }
    }

    /// Opens nested blocks, dispatches into them with `br_table`, and leaves the arms, which fall through, to come.
    pub(super) fn open_switch(&mut self, bits: &mut Bits) {
        let arms = 2 + bits.below(3);
        if self.frames.len() + arms as usize > DEPTH {
            return;
        }
        let carried = if bits.one_in(3) { vec![Type::I32] } else { Vec::new() };
        let ty = self.block_type(&[], &carried);
        for _ in 0..arms {
            self.emit(&Instruction::Block(ty));
            self.open(FrameKind::Block, Vec::new(), carried.clone());
        }
        self.need(&carried, bits);
        self.push(Type::I32, bits);
        // Unmasked, large numbers take the default.
        if !bits.one_in(4) {
            self.emit_all(&[Instruction::I32Const(3), Instruction::I32And]);
        }
        let targets: Vec<u32> = (0..bits.below(6)).map(|_| bits.below(arms)).collect();
        self.emit(&Instruction::BrTable(Cow::Owned(targets), bits.below(arms)));
        self.dead(0);
    }

    /// Closes the innermost block, arm or loop; the function's own block stays open.
    pub(super) fn close(&mut self, bits: &mut Bits) {
        let Some(frame) = self.frames.last() else { return };
        let (kind, results) = (frame.kind, frame.results.clone());
        if kind == FrameKind::Function {
            return;
        }
        self.settle(&results, bits);
        match kind {
            FrameKind::If { otherwise: true } => {
                self.emit(&Instruction::Else);
                if let Some(frame) = self.frames.last_mut() {
                    frame.kind = FrameKind::Else;
                    frame.dead = None;
                    self.stack.truncate(frame.base);
                    self.stack.extend_from_slice(&frame.params);
                }
                return;
            }
            FrameKind::Loop { counter, ty, trips } => {
                self.count(counter, ty, trips, bits);
                self.emit(&Instruction::BrIf(0));
            }
            FrameKind::Function | FrameKind::Block | FrameKind::If { otherwise: false } | FrameKind::Else => {}
        }
        self.emit(&Instruction::End);
        if let Some(frame) = self.frames.pop() {
            self.weight = frame.outer_weight;
            self.stack.truncate(frame.base);
            self.stack.extend(results);
            if frame.joined {
                self.close(bits);
            }
        }
    }

    /// Counts a trip and leaves, off the books, whether another may follow.
    fn count(&mut self, counter: u32, ty: Type, trips: u32, bits: &mut Bits) {
        let signed = bits.one_in(2);
        if ty == Type::I64 {
            self.emit_all(&[
                Instruction::LocalGet(counter),
                Instruction::I64Const(1),
                Instruction::I64Add,
                Instruction::LocalTee(counter),
                Instruction::I64Const(i64::from(trips)),
                if signed { Instruction::I64LtS } else { Instruction::I64LtU },
            ]);
        } else {
            self.emit_all(&[
                Instruction::LocalGet(counter),
                Instruction::I32Const(1),
                Instruction::I32Add,
                Instruction::LocalTee(counter),
                Instruction::I32Const(trips as i32),
                if signed { Instruction::I32LtS } else { Instruction::I32LtU },
            ]);
        }
    }

    /// Leaves an `i32` to decide on, which is often zero.
    pub(super) fn condition(&mut self, bits: &mut Bits) {
        self.need(&[Type::I32], bits);
        let small = Instruction::I32Const((1 << bits.below(4)) - 1);
        match bits.below(4) {
            0 => {}
            1 => self.emit_all(&[small, Instruction::I32And]),
            2 => self.emit_all(&[small, Instruction::I32And, Instruction::I32Eqz]),
            _ => self.emit_all(&[Instruction::I32Const(100), Instruction::I32LtS]),
        }
    }

    /// Leaves an `i32` that is seldom other than zero.
    pub(super) fn rare_condition(&mut self, bits: &mut Bits) {
        self.push(Type::I32, bits);
        let mask = 15 >> bits.below(3);
        let value = bits.below(mask) + 1;
        self.emit_all(&[
            Instruction::I32Const(mask as i32),
            Instruction::I32And,
            Instruction::I32Const(value as i32),
            Instruction::I32Eq,
        ]);
    }

    /// The types that a branch to a frame carries.
    fn label(&self, frame: usize) -> Vec<Type> {
        let frame = &self.frames[frame];
        match frame.kind {
            FrameKind::Loop { .. } => frame.params.clone(),
            FrameKind::Function | FrameKind::Block | FrameKind::If { .. } | FrameKind::Else => frame.results.clone(),
        }
    }

    /// A branch out of any number of blocks, or back to the header of a loop.
    pub(super) fn branch(&mut self, which: u32, bits: &mut Bits) {
        let target = self.frames.len() - 1 - bits.below(self.frames.len() as u32) as usize;
        let depth = (self.frames.len() - 1 - target) as u32;
        let label = self.label(target);
        if let FrameKind::Loop { counter, ty, trips } = self.frames[target].kind {
            self.need(&label, bits);
            self.count(counter, ty, trips, bits);
            match self.exit_of_label(&label) {
                // The header as an entry of a table: index one, and nothing else, goes back.
                Some(exit) if which % 4 == 3 => {
                    self.emit(&Instruction::BrTable(Cow::Owned(vec![exit, depth]), exit));
                    self.dead(bits.below(3));
                }
                Some(_) | None => self.emit(&Instruction::BrIf(depth)),
            }
            return;
        }
        match which % 4 {
            2 => self.transfer(bits, |body, bits, extra| {
                body.need(&label, bits);
                body.emit(&Instruction::Br(depth + extra));
            }),
            3 => {
                let alike: Vec<u32> = (0..self.frames.len())
                    .filter(|&other| !matches!(self.frames[other].kind, FrameKind::Loop { .. }))
                    .filter(|&other| self.label(other) == label)
                    .map(|other| (self.frames.len() - 1 - other) as u32)
                    .collect();
                let targets: Vec<u32> = (0..bits.below(7)).map(|_| bits.pick(&alike)).collect();
                self.transfer(bits, |body, bits, extra| {
                    body.need(&label, bits);
                    body.push(Type::I32, bits);
                    let targets: Vec<u32> = targets.iter().map(|target| target + extra).collect();
                    body.emit(&Instruction::BrTable(Cow::Owned(targets), depth + extra));
                });
            }
            _ => {
                self.need(&label, bits);
                self.rare_condition(bits);
                self.stack.pop();
                self.emit(&Instruction::BrIf(depth));
            }
        }
    }

    /// The nearest enclosing frame, other than a loop, that a branch with these types can go to.
    fn exit_of_label(&self, label: &[Type]) -> Option<u32> {
        let mut frames = (0..self.frames.len()).rev();
        let exit = frames.find(|&frame| {
            !matches!(self.frames[frame].kind, FrameKind::Loop { .. } | FrameKind::Function)
                && self.label(frame) == label
        })?;
        Some((self.frames.len() - 1 - exit) as u32)
    }

    pub(super) fn return_early(&mut self, bits: &mut Bits) {
        let results = self.frames[0].results.clone();
        self.transfer(bits, |body, bits, _| {
            body.need(&results, bits);
            body.emit(&Instruction::Return);
        });
    }

    /// Transfers control for good: on a rare condition as a rule, plainly inside of a block now and then.
    pub(super) fn transfer(&mut self, bits: &mut Bits, go: impl FnOnce(&mut Self, &mut Bits, u32)) {
        let plain = self.frames.len() > 1 && bits.one_in(6);
        if plain {
            go(self, bits, 0);
            self.dead(bits.below(4));
            self.linger(bits);
        } else {
            self.rare_condition(bits);
            self.stack.pop();
            self.emit(&Instruction::If(BlockType::Empty));
            self.open(FrameKind::If { otherwise: false }, Vec::new(), Vec::new());
            go(self, bits, 1);
            self.dead(0);
            self.linger(bits);
            self.close(bits);
        }
    }

    /// Notes that the code at the end cannot be reached, and for how many genes the block goes on.
    pub(super) fn dead(&mut self, genes: u32) {
        let base = self.base();
        self.stack.truncate(base);
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.kind != FrameKind::Function) {
            frame.dead = Some(genes);
        }
    }

    /// Code after an unconditional transfer, most of which is valid only there.
    fn linger(&mut self, bits: &mut Bits) {
        let address = at(1 << 20, 0);
        let dead: &[Instruction<'_>] = match bits.below(16) {
            1 => &[Instruction::Drop],
            2 => &[Instruction::I32Add, Instruction::Drop],
            3 => &[Instruction::Select, Instruction::Drop],
            4 => &[Instruction::Unreachable],
            5 => &[Instruction::F64Neg, Instruction::I64ReinterpretF64, Instruction::Drop],
            6 => &[Instruction::Loop(BlockType::Empty), Instruction::Br(0), Instruction::End],
            7 => &[Instruction::If(BlockType::Empty), Instruction::Else, Instruction::End],
            8 => &[Instruction::RefIsNull, Instruction::Drop],
            9 => &[Instruction::I32Const(0), Instruction::I32Const(0), Instruction::I32DivU, Instruction::Drop],
            10 => &[Instruction::Br(0), Instruction::Nop],
            11 if self.plan.pages.is_some() => &[Instruction::F32Load(address), Instruction::F32Store(address)],
            _ => &[],
        };
        for operator in dead {
            self.emit(operator);
        }
    }
}
