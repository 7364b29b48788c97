//! A body is a function in the making: its code so far, and the types and blocks that stand at its end.
//!
//! Whatever a gene asks for, [`Body::need`] finds or makes the operands and [`Body::settle`] leaves what the enclosing
//! block has to leave, so that the code is valid by construction.

use super::constant;
use super::plan::Plan;
use super::types::{NUMBERS, Signatures, Type};
use crate::generate::bits::Bits;
use wasm_encoder::{BlockType, Encode, Function, HeapType, Instruction};

/// Operators that one call of a function is meant to execute at most, by a rough upper estimate.
pub(super) const BUDGET: u64 = 12_000;

/// Values that may pile up in a block before they are put away.
const PILE: usize = 7;

/// A function body under construction.
#[derive(Debug)]
pub(super) struct Body<'b> {
    pub(super) plan: &'b Plan<'b>,
    /// Position of the function in the genome.
    pub(super) position: usize,
    /// The estimated cost of a call of each function before this one.
    pub(super) costs: &'b [u64],
    pub(super) signatures: &'b mut Signatures,
    pub(super) stack: Vec<Type>,
    pub(super) frames: Vec<Frame>,
    /// How often code at the end is expected to run at most.
    pub(super) weight: u64,
    /// The estimated cost so far.
    pub(super) cost: u64,
    /// How many calls of itself it may still make.
    pub(super) recursions: u32,
    code: Vec<u8>,
    params: usize,
    locals: Vec<Local>,
}

#[derive(Clone, Copy, Debug)]
struct Local {
    ty: Type,
    /// Whether genes may write it; loop counters and recursion depths are only read.
    writable: bool,
}

/// An open block.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) params: Vec<Type>,
    pub(super) results: Vec<Type>,
    /// Height of the stack below the block's parameters.
    pub(super) base: usize,
    /// Whether the next close also closes the block around it.
    pub(super) joined: bool,
    /// Genes still to take after an unconditional transfer of control.
    pub(super) dead: Option<u32>,
    /// Length of the code before the block's first operator.
    pub(super) begin: usize,
    /// [`Body::weight`] around the block.
    pub(super) outer_weight: u64,
}

/// What kind of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    Function,
    Block,
    /// An `if` arm, with or without an `else` to come.
    If {
        otherwise: bool,
    },
    Else,
    Loop {
        counter: u32,
        ty: Type,
        trips: u32,
    },
}

impl<'b> Body<'b> {
    pub(super) fn new(plan: &'b Plan<'b>, position: usize, costs: &'b [u64], signatures: &'b mut Signatures) -> Self {
        let signature = &plan.signatures[position];
        let types = signature.params.iter().chain(&plan.genome.functions[position].locals);
        let locals: Vec<_> = types.map(|&ty| Local { ty, writable: true }).collect();
        let function = Frame {
            kind: FrameKind::Function,
            params: Vec::new(),
            results: signature.results.clone(),
            base: 0,
            joined: false,
            dead: None,
            begin: 0,
            outer_weight: 1,
        };
        Self {
            plan,
            position,
            costs,
            signatures,
            stack: Vec::new(),
            frames: vec![function],
            weight: 1,
            cost: 0,
            recursions: 0,
            code: Vec::new(),
            params: signature.params.len(),
            locals,
        }
    }

    /// The finished function.
    pub(super) fn finish(self) -> Function {
        let mut function =
            Function::new_with_locals_types(self.locals[self.params..].iter().map(|local| local.ty.val()));
        function.raw(self.code);
        function
    }

    /// Appends an operator, without regard to the stack.
    pub(super) fn emit(&mut self, operator: &Instruction<'_>) {
        operator.encode(&mut self.code);
        self.cost += self.weight;
    }

    /// Appends operators, without regard to the stack.
    pub(super) fn emit_all(&mut self, operators: &[Instruction<'_>]) {
        for operator in operators {
            self.emit(operator);
        }
    }

    /// Appends an operator that takes `operands`, which stand on the stack, and leaves `results`.
    pub(super) fn apply(&mut self, operator: &Instruction<'_>, operands: usize, results: &[Type]) {
        self.emit(operator);
        self.stack.truncate(self.stack.len().saturating_sub(operands).max(self.base()));
        self.stack.extend_from_slice(results);
    }

    /// Height of the stack below the innermost block.
    pub(super) fn base(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.base)
    }

    /// The type on top of the stack of the innermost block.
    pub(super) fn top(&self) -> Option<Type> {
        self.stack[self.base()..].last().copied()
    }

    /// Adds a local that no gene writes.
    pub(super) fn reserve(&mut self, ty: Type) -> u32 {
        self.locals.push(Local { ty, writable: false });
        self.locals.len() as u32 - 1
    }

    /// Length of the code so far.
    pub(super) const fn length(&self) -> usize {
        self.code.len()
    }

    /// Forbids genes to write a local.
    pub(super) fn protect(&mut self, local: u32) {
        self.locals[local as usize].writable = false;
    }

    /// A local of the type, if there is one.
    pub(super) fn local(&self, ty: Type, writable: bool, bits: &mut Bits) -> Option<u32> {
        let fits = |local: &Local| local.ty == ty && (local.writable || !writable);
        let count = self.locals.iter().filter(|local| fits(local)).count();
        let chosen = bits.below(count as u32) as usize;
        let mut fitting = self.locals.iter().enumerate().filter(|(_, local)| fits(local));
        fitting.nth(chosen).map(|(index, _)| index as u32)
    }

    /// Whether genes may write a local.
    pub(super) fn is_writable(&self, local: u32) -> bool {
        self.locals.get(local as usize).is_some_and(|local| local.writable)
    }

    /// The first locals that hold numbers.
    pub(super) fn witnesses(&self) -> Vec<(u32, Type)> {
        let numbers = self.locals.iter().enumerate().filter(|(_, local)| local.ty.is_number());
        numbers.map(|(index, local)| (index as u32, local.ty)).take(6).collect()
    }

    /// Sees to it that the stack of the innermost block ends with `types`: what is there is used, the rest is pushed.
    pub(super) fn need(&mut self, types: &[Type], bits: &mut Bits) {
        let present = &self.stack[self.base()..];
        let most = types.len().min(present.len());
        let found = (1..=most).rev().find(|&count| present.ends_with(&types[..count])).unwrap_or(0);
        for &ty in &types[found..] {
            self.push(ty, bits);
        }
    }

    /// Pushes some value of the type.
    pub(super) fn push(&mut self, ty: Type, bits: &mut Bits) {
        let choice = bits.below(16);
        let operator = match choice {
            1..=10 => self.local(ty, false, bits).map(Instruction::LocalGet),
            11..=12 => self.global(ty, false, bits).map(Instruction::GlobalGet),
            13 if ty == Type::I32 && self.plan.pages.is_some() => Some(Instruction::MemorySize(0)),
            _ => None,
        };
        let operator = operator.unwrap_or_else(|| match ty {
            Type::ExternRef => Instruction::RefNull(HeapType::EXTERN),
            Type::FuncRef => match self.plan.tabled().nth(bits.below(3) as usize) {
                Some(function) if choice != 0 => Instruction::RefFunc(self.plan.function(function)),
                Some(_) | None => Instruction::RefNull(HeapType::FUNC),
            },
            Type::I32 | Type::I64 | Type::F32 | Type::F64 => constant::instruction(ty, constant::bits_of(ty, bits)),
        });
        self.apply(&operator, 0, &[ty]);
    }

    /// A global of the type, if there is one.
    pub(super) fn global(&self, ty: Type, mutable: bool, bits: &mut Bits) -> Option<u32> {
        let globals = self.plan.globals(ty, mutable);
        if globals.is_empty() { None } else { Some(bits.pick(&globals)) }
    }

    /// Pushes a constant `i32`.
    pub(super) fn push_i32(&mut self, value: u32) {
        self.apply(&Instruction::I32Const(value as i32), 0, &[Type::I32]);
    }

    /// Leaves exactly `types` on the stack of the innermost block. What is left over goes into locals or is dropped.
    pub(super) fn settle(&mut self, types: &[Type], bits: &mut Bits) {
        let base = self.base();
        let polymorphic = self.frames.last().is_some_and(|frame| frame.dead.is_some());
        if polymorphic && self.stack.len() == base && !bits.one_in(3) {
            // After an unconditional branch the stack holds whatever is asked of it.
            self.stack.extend_from_slice(types);
            return;
        }
        if !types.starts_with(&self.stack[base..]) {
            while self.stack.len() > base {
                self.put_away(bits);
            }
        }
        for &ty in &types[self.stack.len() - base..] {
            self.push(ty, bits);
        }
    }

    /// Puts away the values of the innermost block if there are many.
    pub(super) fn tidy(&mut self, bits: &mut Bits) {
        if self.stack.len() > self.base() + PILE {
            for _ in 0..4 {
                self.put_away(bits);
            }
        }
    }

    /// Takes the top off the stack: into a local of its type, added to what is there or in its place, if there is one.
    pub(super) fn put_away(&mut self, bits: &mut Bits) {
        let Some(ty) = self.top() else { return };
        let Some(local) = self.local(ty, true, bits) else {
            self.apply(&Instruction::Drop, 1, &[]);
            return;
        };
        let fold = match ty {
            Type::I32 => Some(Instruction::I32Xor),
            Type::I64 => Some(Instruction::I64Add),
            Type::F32 => Some(Instruction::F32Add),
            Type::F64 => Some(Instruction::F64Sub),
            Type::FuncRef | Type::ExternRef => None,
        };
        if let Some(fold) = fold.filter(|_| bits.one_in(2)) {
            self.emit_all(&[Instruction::LocalGet(local), fold]);
        }
        self.apply(&Instruction::LocalSet(local), 1, &[]);
    }

    /// Types of the top of the innermost block that become parameters of a block that opens now, at most `most`.
    pub(super) fn parameters(&self, most: u32) -> Vec<Type> {
        let present = &self.stack[self.base()..];
        present[present.len().saturating_sub(most as usize)..].to_vec()
    }

    /// Up to two result types.
    pub(super) fn some_results(&self, bits: &mut Bits) -> Vec<Type> {
        let count = [0, 0, 1, 1, 1, 2][bits.below(6) as usize];
        (0..count).map(|_| bits.pick(&NUMBERS)).collect()
    }

    /// The encoding of a block's type.
    pub(super) fn block_type(&mut self, params: &[Type], results: &[Type]) -> BlockType {
        match (params, results) {
            ([], []) => BlockType::Empty,
            ([], [result]) => BlockType::Result(result.val()),
            _ => BlockType::FunctionType(self.signatures.index(params, results)),
        }
    }

    /// Whether the function has used up what it may cost.
    pub(super) fn exhausted(&self) -> bool {
        self.cost > BUDGET
    }
}
