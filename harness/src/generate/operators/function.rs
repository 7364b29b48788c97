//! A function around one operator, with operands of certain kinds, in a certain context.
//!
//! Its first parameter says where in its rows of values it reads what it loads; the operands that are locals are its
//! other parameters. It returns what the operator leaves.

use super::range::Range;
use super::specimen::{Act, Control, Specimen};
use super::{ENTRIES, Rows, SCRATCH, identity};
use crate::coverage::{Context, Operand, Operands};
use crate::generate::bits::Bits;
use crate::generate::contract::operator::{LOADS, STORES, at};
use crate::generate::contract::types::{Signatures, Type};
use std::borrow::Cow;
use wasm_encoder::{BlockType, Encode, Function, Instruction};

/// A function in the making.
pub(super) struct Maker<'a> {
    signatures: &'a mut Signatures,
    rows: &'a mut Rows,
    bits: &'a mut Bits,
    code: Vec<u8>,
    /// Parameters and locals.
    locals: Vec<Type>,
}

/// A function.
pub(super) struct Made {
    pub(super) function: Function,
    /// What it takes behind the place in the rows.
    pub(super) params: Vec<Range>,
    pub(super) result: Option<Type>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(signatures: &'a mut Signatures, rows: &'a mut Rows, bits: &'a mut Bits) -> Self {
        Self { signatures, rows, bits, code: Vec::new(), locals: vec![Type::I32] }
    }

    /// Makes the function of a cell.
    pub(super) fn make(mut self, specimen: &Specimen, operands: &Operands, context: Context) -> Made {
        let (params, sources) = self.sources(specimen, operands);
        self.locals.extend(params.iter().map(|param| param.ty()));
        let count = self.locals.len();
        let mut result = specimen.result;
        let read = match specimen.act {
            Act::LocalSet(ty) => Some(ty),
            Act::One(_) | Act::LocalTee(_) | Act::Pattern { .. } | Act::Control(_) => None,
        };
        let own = match specimen.act {
            Act::LocalSet(ty) | Act::LocalTee(ty) => Some(self.local(ty)),
            Act::One(_) | Act::Pattern { .. } | Act::Control(_) => None,
        };
        let value = Value { specimen, sources: &sources, own };
        match context {
            Context::Straight => self.value(&value),
            Context::Loop => self.in_a_loop(&value),
            Context::Arm => self.in_an_arm(&value),
            Context::Condition => self.as_a_condition(&value, &mut result),
            Context::Stored => self.stored(&value),
            Context::Carried => self.carried(&value),
            Context::Argument => self.as_an_argument(&value),
            Context::Boundary => self.across_an_edge(&value),
        }
        if let (Some(ty), Some(local)) = (read, own) {
            self.emit(&Instruction::LocalGet(local));
            result = Some(ty);
        }
        self.emit(&Instruction::End);
        let mut function = Function::new_with_locals_types(self.locals[count..].iter().map(|ty| ty.val()));
        function.raw(self.code);
        Made { function, params, result }
    }

    /// Where the operands come from, and the parameters that some of them are.
    fn sources(&mut self, specimen: &Specimen, operands: &Operands) -> (Vec<Range>, Vec<Source>) {
        let mut params = Vec::new();
        let kinds = match operands {
            Operands::SameLocal => {
                // The one that is bound, if one is: an address, a divisor.
                let bound = specimen.operands.iter().find(|range| !matches!(range, Range::Any(_)));
                params.extend(bound.or(specimen.operands.first()));
                let local = || Source::Plain(Instruction::LocalGet(1));
                return (params, vec![local(), local()]);
            }
            Operands::Of(kinds) => kinds,
        };
        let mut sources = Vec::new();
        for (range, kind) in specimen.operands.iter().zip(kinds) {
            sources.push(match (kind, range.ty()) {
                (Operand::Constant | Operand::Computed, _) => Source::Plain(range.constant(self.bits)),
                (Operand::Local, _) => {
                    params.push(*range);
                    Source::Plain(Instruction::LocalGet(params.len() as u32))
                }
                (Operand::Load, Type::FuncRef | Type::ExternRef) => Source::Element,
                (Operand::Load, ty) => {
                    let row = self.rows.add(*range, self.bits);
                    Source::Row(load(ty, row))
                }
            });
        }
        (params, sources)
    }

    fn emit(&mut self, operator: &Instruction<'_>) {
        operator.encode(&mut self.code);
    }

    fn emit_all(&mut self, operators: &[Instruction<'_>]) {
        operators.iter().for_each(|operator| self.emit(operator));
    }

    fn local(&mut self, ty: Type) -> u32 {
        self.locals.push(ty);
        self.locals.len() as u32 - 1
    }

    /// The operands and the operator.
    fn value(&mut self, value: &Value<'_>) {
        if let Act::Control(control) = value.specimen.act {
            return self.control(control, value);
        }
        if let Act::Pattern { before: Some(below), .. } = &value.specimen.act {
            self.emit(below);
        }
        self.operands(value);
        match (&value.specimen.act, value.own) {
            (Act::One(operator), _) => self.emit(operator),
            (Act::Pattern { after, .. }, _) => self.emit_all(after),
            (Act::LocalSet(_), Some(local)) => self.emit(&Instruction::LocalSet(local)),
            (Act::LocalTee(_), Some(local)) => self.emit(&Instruction::LocalTee(local)),
            (Act::LocalSet(_) | Act::LocalTee(_), None) => self.emit(&Instruction::Drop),
            (Act::Control(_), _) => {}
        }
    }

    fn operands(&mut self, value: &Value<'_>) {
        for source in value.sources {
            match source {
                Source::Plain(operator) => self.emit(operator),
                Source::Row(operator) => self.emit_all(&[Instruction::LocalGet(0), operator.clone()]),
                Source::Element => {
                    let element = self.bits.below(ENTRIES);
                    self.emit_all(&[Instruction::I32Const(element as i32), Instruction::TableGet(0)]);
                }
            }
        }
    }

    /// A decision between constants.
    fn control(&mut self, control: Control, value: &Value<'_>) {
        let one = Instruction::I32Const;
        let block = || Instruction::Block(BlockType::Result(Type::I32.val()));
        match control {
            Control::If => {
                self.operands(value);
                let ty = BlockType::Result(Type::I32.val());
                self.emit_all(&[Instruction::If(ty), one(11), Instruction::Else, one(22), Instruction::End]);
            }
            Control::Br => self.emit_all(&[block(), one(7), Instruction::Br(0), Instruction::End]),
            Control::BrIf => {
                self.emit_all(&[block(), one(33)]);
                self.operands(value);
                self.emit_all(&[Instruction::BrIf(0), Instruction::Drop, one(44), Instruction::End]);
            }
            Control::BrTable => {
                self.emit_all(&[block(), Instruction::Block(BlockType::Empty), Instruction::Block(BlockType::Empty)]);
                self.operands(value);
                // Targets more than once, the default among them.
                let targets = (0..1 + self.bits.below(6)).map(|_| self.bits.below(2)).collect::<Vec<_>>();
                let otherwise = self.bits.below(2);
                self.emit_all(&[Instruction::BrTable(Cow::Owned(targets), otherwise), Instruction::End]);
                self.emit_all(&[one(55), Instruction::Br(1), Instruction::End, one(66), Instruction::End]);
            }
            Control::Return => self.emit_all(&[one(77), Instruction::Return]),
            Control::Call => self.emit_all(&[one(88), Instruction::Call(identity(Type::I32))]),
            Control::CallIndirect => {
                self.emit(&one(99));
                self.operands(value);
                let type_index = self.signatures.index(&[Type::I32], &[Type::I32]);
                self.emit(&Instruction::CallIndirect { type_index, table_index: 0 });
            }
        }
    }

    /// A condition that holds in every second place of the rows.
    fn sometimes(&mut self) {
        self.emit_all(&[Instruction::LocalGet(0), Instruction::I32Const(8), Instruction::I32And]);
    }

    fn constant(&mut self, ty: Type) {
        let constant = Range::Any(ty).constant(self.bits);
        self.emit(&constant);
    }

    fn block_type(&mut self, params: &[Type], results: &[Type]) -> BlockType {
        match (params, results) {
            ([], []) => BlockType::Empty,
            ([], [result]) => BlockType::Result(result.val()),
            _ => BlockType::FunctionType(self.signatures.index(params, results)),
        }
    }

    fn in_a_loop(&mut self, value: &Value<'_>) {
        let counter = self.local(Type::I32);
        let kept = value.specimen.result.map(|ty| self.local(ty));
        let trips = 2 + self.bits.below(3);
        self.emit_all(&[Instruction::I32Const(trips as i32), Instruction::LocalSet(counter)]);
        self.emit(&Instruction::Loop(BlockType::Empty));
        self.value(value);
        if let Some(kept) = kept {
            self.emit(&Instruction::LocalSet(kept));
        }
        self.emit_all(&[Instruction::LocalGet(counter), Instruction::I32Const(1), Instruction::I32Sub]);
        self.emit_all(&[Instruction::LocalTee(counter), Instruction::BrIf(0), Instruction::End]);
        if let Some(kept) = kept {
            self.emit(&Instruction::LocalGet(kept));
        }
    }

    fn in_an_arm(&mut self, value: &Value<'_>) {
        let results = value.specimen.result.into_iter().collect::<Vec<_>>();
        let ty = self.block_type(&[], &results);
        self.sometimes();
        self.emit(&Instruction::If(ty));
        let first = self.bits.one_in(2);
        for arm in [true, false] {
            if arm == first {
                self.value(value);
            } else if let Some(ty) = value.specimen.result {
                self.constant(ty);
            }
            if arm {
                self.emit(&Instruction::Else);
            }
        }
        self.emit(&Instruction::End);
    }

    fn as_a_condition(&mut self, value: &Value<'_>, result: &mut Option<Type>) {
        let one = Instruction::I32Const;
        let block = || Instruction::Block(BlockType::Result(Type::I32.val()));
        *result = Some(Type::I32);
        match self.bits.below(5) {
            0 => {
                self.value(value);
                let ty = BlockType::Result(Type::I32.val());
                self.emit_all(&[Instruction::If(ty), one(1), Instruction::Else, one(2), Instruction::End]);
            }
            1 => {
                self.emit_all(&[block(), one(3)]);
                self.value(value);
                self.emit_all(&[Instruction::BrIf(0), Instruction::Drop, one(4), Instruction::End]);
            }
            2 => {
                self.emit_all(&[one(5), Instruction::LocalGet(0)]);
                self.value(value);
                self.emit(&Instruction::Select);
            }
            3 => {
                // The zero test that engines merge into what follows.
                self.emit_all(&[Instruction::Block(BlockType::Empty), Instruction::Block(BlockType::Empty)]);
                self.value(value);
                self.emit_all(&[Instruction::BrTable(Cow::Borrowed(&[0, 1]), 0), Instruction::End]);
                self.emit_all(&[one(6), Instruction::Return, Instruction::End, one(7)]);
            }
            _ => {
                let local = self.local(Type::I32);
                self.value(value);
                self.emit_all(&[Instruction::If(BlockType::Empty), one(8), Instruction::LocalSet(local)]);
                self.emit_all(&[Instruction::End, Instruction::LocalGet(local)]);
            }
        }
    }

    fn stored(&mut self, value: &Value<'_>) {
        let Some(ty) = value.specimen.result else { return self.value(value) };
        if !ty.is_number() {
            let place = Instruction::I32Const(ENTRIES as i32);
            self.emit(&place);
            self.value(value);
            self.emit_all(&[Instruction::TableSet(0), place, Instruction::TableGet(0)]);
            return;
        }
        let fitting: Vec<_> = STORES.iter().filter(|store| store.ty == ty).collect();
        let store = fitting[self.bits.below(fitting.len() as u32) as usize];
        self.emit(&Instruction::I32Const(SCRATCH as i32));
        self.value(value);
        self.emit_all(&[(store.operator)(at(0, 0)), Instruction::I32Const(SCRATCH as i32), load(ty, 0)]);
    }

    fn carried(&mut self, value: &Value<'_>) {
        let Some(ty) = value.specimen.result else { return self.value(value) };
        if self.bits.one_in(5) {
            self.value(value);
            return self.emit(&Instruction::Return);
        }
        let block = self.block_type(&[], &[ty]);
        self.emit(&Instruction::Block(block));
        // What a branch leaves behind.
        for _ in 0..self.bits.below(3) {
            self.constant(Type::I64);
        }
        self.value(value);
        match self.bits.below(3) {
            0 => self.emit(&Instruction::Br(0)),
            1 => {
                self.sometimes();
                self.emit_all(&[Instruction::BrIf(0), Instruction::Drop]);
                self.constant(ty);
                self.emit(&Instruction::Br(0));
            }
            _ => self.emit_all(&[Instruction::LocalGet(0), Instruction::BrTable(Cow::Borrowed(&[0, 0]), 0)]),
        }
        self.emit(&Instruction::End);
    }

    fn as_an_argument(&mut self, value: &Value<'_>) {
        self.value(value);
        if let Some(ty) = value.specimen.result {
            if ty == Type::I32 && self.bits.one_in(3) {
                let (entry, type_index) = (self.bits.below(ENTRIES), self.signatures.index(&[ty], &[ty]));
                self.emit(&Instruction::I32Const(entry as i32));
                return self.emit(&Instruction::CallIndirect { type_index, table_index: 0 });
            }
            self.emit(&Instruction::Call(identity(ty)));
        }
    }

    fn across_an_edge(&mut self, value: &Value<'_>) {
        let Some(ty) = value.specimen.result else { return self.value(value) };
        let (inside, through) = (self.block_type(&[], &[ty]), self.block_type(&[ty], &[ty]));
        match self.bits.below(5) {
            0 => {
                self.emit(&Instruction::Block(inside));
                self.value(value);
            }
            1 => {
                self.emit(&Instruction::Loop(inside));
                self.value(value);
            }
            2 => {
                self.value(value);
                self.emit(&Instruction::Block(through));
            }
            3 => {
                self.value(value);
                self.emit(&Instruction::Loop(through));
            }
            _ => {
                self.value(value);
                self.sometimes();
                self.emit_all(&[Instruction::If(through), Instruction::Else, Instruction::Drop]);
                self.constant(ty);
            }
        }
        self.emit(&Instruction::End);
    }
}

/// An operator with its operands.
struct Value<'s> {
    specimen: &'s Specimen,
    sources: &'s [Source],
    /// The local that it writes.
    own: Option<u32>,
}

/// Where an operand comes from.
enum Source {
    /// A constant or a local.
    Plain(Instruction<'static>),
    /// A load from the operand's row.
    Row(Instruction<'static>),
    /// A read from the table.
    Element,
}

/// The load of a whole value.
pub(super) fn load(ty: Type, offset: u32) -> Instruction<'static> {
    let whole = LOADS.iter().find(|load| load.ty == ty).unwrap_or(&LOADS[0]);
    (whole.operator)(at(u64::from(offset), 0))
}

/// The store of a whole value.
pub(super) fn store(ty: Type, offset: u32) -> Instruction<'static> {
    let whole = STORES.iter().find(|store| store.ty == ty).unwrap_or(&STORES[0]);
    (whole.operator)(at(u64::from(offset), 0))
}
