//! Translation turns a function body into instructions, and works out how high its operands stack up.
//!
//! This is an abstract interpretation of heights alone: the module has been validated, and every value is one slot.

mod control;

use crate::access::{Load, Store};
use crate::error::DecodeError;
use crate::module::Parts;
use crate::numeric::Numeric;
use crate::operator::{Instruction, Op, operator_name};
use crate::value::Value;
use control::Control;
use wasmparser::{FunctionBody, Operator};

/// A function body ready to run.
#[derive(Debug)]
pub(crate) struct Body {
    /// The function, by its index.
    pub(crate) function: u32,
    pub(crate) code: Vec<Instruction>,
    /// Where each instruction's operator is in the module's bytes; [`NO_OPERATOR`] where it has none of its own.
    pub(crate) offsets: Vec<u32>,
    pub(crate) params: u32,
    /// Parameters and locals.
    pub(crate) locals: u32,
    /// Parameters, locals and the most operands.
    pub(crate) slots: u32,
    pub(crate) frame_words: u32,
}

/// The offset of an instruction that is only part of an operator, as the targets of a branch table are.
pub(crate) const NO_OPERATOR: u32 = u32::MAX;

/// Translates the body of a function of a module whose earlier sections are decoded.
pub(crate) fn translate(parts: &Parts, function: u32, body: &FunctionBody<'_>) -> Result<Body, DecodeError> {
    let function_type = parts.function_type(function);
    let params = function_type.params.len() as u32;
    let results = function_type.results.len() as u32;
    let mut locals = params;
    for group in body.get_locals_reader()? {
        locals += group?.0;
    }
    let mut translator = Translator {
        parts,
        locals,
        code: Vec::new(),
        offsets: Vec::new(),
        offset: NO_OPERATOR,
        height: 0,
        max_height: 0,
        control: vec![Control::function(results)],
        dead: None,
    };
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        let (operator, offset) = operator?;
        // A module that is too long for this is refused by every profile; only a trace would miss its operators.
        translator.offset = u32::try_from(offset).unwrap_or(NO_OPERATOR);
        translator.operator(&operator)?;
    }
    let slots = locals + translator.max_height;
    let frame_words = parts.config.schedule.stack.frame_words.saturating_add(slots);
    let Translator { code, offsets, .. } = translator;
    Ok(Body { function, code, offsets, params, locals, slots, frame_words })
}

struct Translator<'p> {
    parts: &'p Parts,
    locals: u32,
    code: Vec<Instruction>,
    offsets: Vec<u32>,
    /// Where the operator at hand is.
    offset: u32,
    /// The operands of the function now.
    height: u32,
    /// The most operands at any reachable position.
    max_height: u32,
    control: Vec<Control>,
    /// In unreachable code: how many blocks have begun since it became so.
    dead: Option<u32>,
}

impl Translator<'_> {
    fn operator(&mut self, operator: &Operator<'_>) -> Result<(), DecodeError> {
        if let Some(blocks) = self.dead
            && self.skip(operator, blocks)
        {
            return Ok(());
        }
        let gas = self.parts.config.schedule.static_gas(operator_name(operator));
        if let Some(numeric) = Numeric::from_operator(operator) {
            self.emit(Op::Numeric(numeric), gas, numeric.operands(), 1);
        } else if let Some((load, offset)) = Load::from_operator(operator) {
            self.emit(Op::Load { load, offset }, gas, 1, 1);
        } else if let Some((store, offset)) = Store::from_operator(operator) {
            self.emit(Op::Store { store, offset }, gas, 2, 0);
        } else if !self.control_operator(operator, gas)? {
            let (op, pops, pushes) = self.plain(operator)?;
            self.emit(op, gas, pops, pushes);
        }
        Ok(())
    }

    /// Whether an operator in unreachable code is passed over; the `else` and the `end` of the block that the code is
    /// in are not.
    fn skip(&mut self, operator: &Operator<'_>, blocks: u32) -> bool {
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => self.dead = Some(blocks + 1),
            Operator::Else => return blocks != 0,
            Operator::End if blocks == 0 => return false,
            Operator::End => self.dead = Some(blocks - 1),
            // Every other operator begins and ends nothing.
            _ => {}
        }
        true
    }

    /// The operation of an operator that is neither numeric, nor an access, nor control, with what it pops and pushes.
    fn plain(&self, operator: &Operator<'_>) -> Result<(Op, u32, u32), DecodeError> {
        Ok(match *operator {
            Operator::Drop => (Op::Drop, 1, 0),
            Operator::Select | Operator::TypedSelect { .. } => (Op::Select, 3, 1),
            Operator::LocalGet { local_index } => (Op::LocalGet(local_index), 0, 1),
            Operator::LocalSet { local_index } => (Op::LocalSet(local_index), 1, 0),
            Operator::LocalTee { local_index } => (Op::LocalTee(local_index), 1, 1),
            Operator::GlobalGet { global_index } => (Op::GlobalGet(global_index), 0, 1),
            Operator::GlobalSet { global_index } => (Op::GlobalSet(global_index), 1, 0),
            Operator::I32Const { value } => (Op::constant(u64::from(value.cast_unsigned())), 0, 1),
            Operator::I64Const { value } => (Op::constant(value.cast_unsigned()), 0, 1),
            Operator::F32Const { value } => (Op::constant(u64::from(value.bits())), 0, 1),
            Operator::F64Const { value } => (Op::constant(value.bits()), 0, 1),
            Operator::RefNull { .. } => (Op::constant(Value::FuncRef(None).to_slot()), 0, 1),
            Operator::RefFunc { function_index } => {
                (Op::constant(Value::FuncRef(Some(function_index)).to_slot()), 0, 1)
            }
            Operator::RefIsNull => (Op::RefIsNull, 1, 1),
            Operator::MemorySize { .. } => (Op::MemorySize, 0, 1),
            Operator::MemoryGrow { .. } => (Op::MemoryGrow, 1, 1),
            Operator::MemoryFill { .. } => (Op::MemoryFill, 3, 0),
            Operator::MemoryCopy { .. } => (Op::MemoryCopy, 3, 0),
            Operator::MemoryInit { data_index, .. } => (Op::MemoryInit { segment: data_index }, 3, 0),
            Operator::DataDrop { data_index } => (Op::DataDrop { segment: data_index }, 0, 0),
            Operator::TableGet { table } => (Op::TableGet { table }, 1, 1),
            Operator::TableSet { table } => (Op::TableSet { table }, 2, 0),
            Operator::TableSize { table } => (Op::TableSize { table }, 0, 1),
            Operator::TableGrow { table } => (Op::TableGrow { table }, 2, 1),
            Operator::TableFill { table } => (Op::TableFill { table }, 3, 0),
            Operator::TableCopy { dst_table, src_table } => (Op::TableCopy { to: dst_table, from: src_table }, 3, 0),
            Operator::TableInit { elem_index, table } => (Op::TableInit { table, segment: elem_index }, 3, 0),
            Operator::ElemDrop { elem_index } => (Op::ElemDrop { segment: elem_index }, 0, 0),
            // The decoder's enum is open, and has operators of many other proposals.
            _ => return Err(DecodeError::Unsupported(operator_name(operator))),
        })
    }

    fn emit(&mut self, op: Op, gas: u32, pops: u32, pushes: u32) {
        self.instruction(op, gas, self.offset);
        self.pop(pops);
        self.push(pushes);
    }

    /// Charges an operator that leaves no operation of its own.
    fn charge(&mut self, gas: u32) {
        if gas != 0 {
            self.instruction(Op::Charge, gas, self.offset);
        }
    }

    fn instruction(&mut self, op: Op, gas: u32, offset: u32) {
        self.code.push(Instruction { op, gas });
        self.offsets.push(offset);
    }

    fn pop(&mut self, operands: u32) {
        self.height -= operands;
    }

    fn push(&mut self, operands: u32) {
        self.height += operands;
        self.max_height = self.max_height.max(self.height);
    }

    /// The index of the next instruction.
    fn position(&self) -> u32 {
        self.code.len() as u32
    }
}
