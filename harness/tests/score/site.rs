//! A site is an operator of a metered function and what stands around it: all that a planted fault may depend on.

use crate::score::branch::{Branch, Branches};
use crate::score::rewrite::Shape;
use std::cell::RefCell;
use wasm_encoder::{Ieee32, Ieee64, Instruction, MemArg, MemArgTarget, ValType};
use wasmparser::Operator;

/// An operator and its surroundings.
pub(crate) struct Site<'a> {
    pub(super) shape: &'a Shape,
    pub(super) operators: &'a [Operator<'a>],
    pub(super) at: usize,
    /// The loops around it.
    pub(super) loops: u32,
    /// The types of the parameters and locals.
    pub(super) locals: &'a [ValType],
    pub(super) branches: &'a Branches<'a>,
    pub(super) spare: &'a Spare,
}

impl<'a> Site<'a> {
    /// The operator.
    pub(crate) fn operator(&self) -> &Operator<'a> {
        &self.operators[self.at]
    }

    /// The operator so many before it.
    pub(crate) fn back(&self, by: usize) -> Option<&Operator<'a>> {
        self.operators.get(self.at.checked_sub(by)?)
    }

    /// The operator so many behind it.
    pub(crate) fn ahead(&self, by: usize) -> Option<&Operator<'a>> {
        self.operators.get(self.at + by)
    }

    /// What it carries and leaves behind, if it is a branch that can be reached.
    pub(crate) fn branch(&self) -> Option<&Branch> {
        self.branches.at(self.at)
    }

    /// The integer on the right, if it is a constant.
    pub(crate) fn right(&self) -> Option<i64> {
        self.constant(1)
    }

    /// The integer that the operator so many before puts on the stack, if it is a constant.
    pub(crate) fn constant(&self, back: usize) -> Option<i64> {
        match self.back(back)? {
            Operator::I32Const { value } => Some(i64::from(*value)),
            Operator::I64Const { value } => Some(*value),
            _ => None,
        }
    }

    /// The local on top, if the operator before reads or tees one.
    pub(crate) fn local(&self, back: usize) -> Option<u32> {
        match self.back(back)? {
            Operator::LocalGet { local_index } | Operator::LocalTee { local_index } => Some(*local_index),
            _ => None,
        }
    }

    /// Whether what it gives decides a branch or a selection; the meter may charge in between.
    pub(crate) fn decides(&self) -> bool {
        let next = if self.reads_gas_ahead() { self.ahead(5) } else { self.ahead(1) };
        matches!(next, Some(Operator::BrIf { .. } | Operator::If { .. } | Operator::Select))
    }

    fn reads_gas_ahead(&self) -> bool {
        matches!(self.ahead(1), Some(Operator::GlobalGet { global_index }) if self.counter(*global_index) == Some(0))
    }

    /// Whether there is a loop around it.
    pub(crate) fn in_loop(&self) -> bool {
        self.loops > 0
    }

    /// How many loops are around it.
    pub(crate) fn loops(&self) -> u32 {
        self.loops
    }

    /// Whether it works on one of the meter's counters, which an engine that breaks all of its kind would stop at once.
    pub(crate) fn counts(&self) -> bool {
        (1..=3).any(
            |by| matches!(self.back(by), Some(Operator::GlobalGet { global_index }) if self.is_counter(*global_index)),
        )
    }

    /// Whether a global is one of the meter's: gas, stack, its low-water and status, in this order.
    pub(crate) fn is_counter(&self, global: u32) -> bool {
        self.counter(global).is_some()
    }

    /// Whether the operator so many before reads the gas that is left.
    pub(crate) fn reads_gas(&self, back: usize) -> bool {
        matches!(self.back(back), Some(Operator::GlobalGet { global_index }) if self.counter(*global_index) == Some(0))
    }

    /// Whether the operator so many before reads the words of stack that are left.
    pub(crate) fn reads_stack(&self, back: usize) -> bool {
        matches!(self.back(back), Some(Operator::GlobalGet { global_index }) if self.counter(*global_index) == Some(1))
    }

    /// Whether the operator so many behind sets the words of stack that are left.
    pub(crate) fn sets_stack(&self, ahead: usize) -> bool {
        matches!(self.ahead(ahead), Some(Operator::GlobalSet { global_index }) if self.counter(*global_index) == Some(1))
    }

    /// Whether a local that is teed is the length of a bulk operator with another number below it: the charge and the check
    /// of it, which ends with an `end`, stand before the operator.
    pub(crate) fn is_bulk_length(&self) -> bool {
        let end = (1..20).find(|&by| matches!(self.ahead(by), Some(Operator::End)));
        let operator = end.and_then(|end| self.ahead(end + 1));
        self.reads_gas_ahead()
            && matches!(
                operator,
                Some(
                    Operator::MemoryFill { .. }
                        | Operator::MemoryCopy { .. }
                        | Operator::MemoryInit { .. }
                        | Operator::TableCopy { .. }
                        | Operator::TableInit { .. }
                )
            )
    }

    fn counter(&self, global: u32) -> Option<u32> {
        global.checked_sub(self.shape.globals.len().checked_sub(4)? as u32)
    }

    /// The type of a local.
    pub(crate) fn local_type(&self, local: u32) -> Option<ValType> {
        self.locals.get(local as usize).copied()
    }

    /// The type of a global.
    pub(crate) fn global_type(&self, global: u32) -> Option<ValType> {
        self.shape.globals.get(global as usize).copied()
    }

    /// The type of a function, if it is the guest's own or one that it imports, and none of the meter's.
    pub(crate) fn callee(&self, function: u32) -> Option<&wasmparser::FuncType> {
        let guests = self.shape.functions.len().checked_sub(3)?;
        let ty = self.shape.functions.get(..guests)?.get(function as usize)?;
        self.shape.types.get(*ty as usize)
    }

    /// Whether a function is the host's.
    pub(crate) fn is_import(&self, function: u32) -> bool {
        (function as usize) < self.shape.imports
    }

    /// A local that the guest does not have. Those of one type are told apart by number.
    pub(crate) fn spare(&self, ty: ValType, number: usize) -> u32 {
        self.spare.local(ty, number)
    }

    /// Two spare locals of a type.
    pub(crate) fn pair(&self, ty: ValType) -> [u32; 2] {
        [self.spare(ty, 0), self.spare(ty, 1)]
    }
}

/// A place in the memory, with nothing promised of its alignment: any width may stand there.
pub(crate) fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 0, target: MemArgTarget::Memory(0), ordering: None }
}

/// Zero, if it is a number that is asked for.
pub(crate) fn zero(ty: ValType) -> Option<Instruction<'static>> {
    match ty {
        ValType::I32 => Some(Instruction::I32Const(0)),
        ValType::I64 => Some(Instruction::I64Const(0)),
        ValType::F32 => Some(Instruction::F32Const(Ieee32::new(0))),
        ValType::F64 => Some(Instruction::F64Const(Ieee64::new(0))),
        ValType::V128 | ValType::Ref(_) => None,
    }
}

/// Locals behind a function's own, of which there are as many as faults ask for.
pub(super) struct Spare {
    first: usize,
    taken: RefCell<Vec<ValType>>,
}

impl Spare {
    pub(super) fn behind(locals: usize) -> Self {
        Self { first: locals, taken: RefCell::default() }
    }

    pub(super) fn taken(&self) -> Vec<ValType> {
        self.taken.borrow().clone()
    }

    fn local(&self, ty: ValType, number: usize) -> u32 {
        let mut taken = self.taken.borrow_mut();
        while taken.iter().filter(|&&one| one == ty).count() <= number {
            taken.push(ty);
        }
        let of_type = taken.iter().enumerate().filter(|&(_, &one)| one == ty);
        let place = of_type.map(|(place, _)| place).nth(number).expect("as many were just taken");
        (self.first + place) as u32
    }
}
