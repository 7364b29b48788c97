//! A body is the code of one function, with what its frame weighs.

use super::reader::{Reader, Refusal};
use crate::limits::Subject;
use crate::operator::shapes_control;
use crate::reachability::Reachability;
use crate::{Limit, Rejection};
use std::collections::BTreeSet;
use wasmparser::{
    BlockType, BrTable, FrameKind, FuncValidator, FuncValidatorAllocations, FunctionBody, Operator, OperatorsReader,
    ValidatorResources,
};

/// One function that the module defines.
pub(crate) struct Body<'a> {
    /// The function's index.
    pub(crate) function: u32,
    /// Its locals and operators.
    pub(crate) code: FunctionBody<'a>,
    /// The number of its parameters and locals.
    pub(crate) locals: u32,
    /// The most operands that are live at once at a reachable position.
    pub(crate) operand_height: u32,
}

/// The bits of the constant that an operator puts on the stack.
fn constant(operator: &Operator<'_>) -> Option<u64> {
    match *operator {
        Operator::I32Const { value } => Some(value.cast_unsigned().into()),
        Operator::I64Const { value } => Some(value.cast_unsigned()),
        Operator::F32Const { value } => Some(value.bits().into()),
        Operator::F64Const { value } => Some(value.bits()),
        // Nothing else puts a number on the stack that stands in the code.
        _ => None,
    }
}

impl<'a> Reader<'_, 'a> {
    /// Validates a body and keeps it.
    pub(super) fn body(
        &mut self,
        mut validator: FuncValidator<ValidatorResources>,
        code: FunctionBody<'a>,
    ) -> Result<FuncValidatorAllocations, Refusal> {
        let function = validator.index();
        let subject = Subject::Function(function);
        let range = code.range();
        self.meter.check(Limit::BodyBytes, range.end - range.start, subject)?;

        let mut locals = self.original.function_type(function)?.params().len() as u64;
        let mut declarations = code.get_locals_reader()?;
        for _ in 0..declarations.get_count() {
            locals += u64::from(declarations.read()?.0);
        }
        self.meter.check(Limit::Locals, locals, subject)?;
        let mut reader = code.get_binary_reader();
        validator.read_locals(&mut reader)?;

        let mut constants = BTreeSet::new();
        let mut operand_height = 0;
        let mut position = Reachability::Live;
        let mut operators = OperatorsReader::new(reader);
        while !operators.eof() {
            let (operator, offset) = operators.read_with_offset()?;
            if let Operator::RefFunc { function_index } = operator {
                self.original.referenced.insert(function_index);
            }
            constants.extend(constant(&operator));
            self.meter.check(Limit::Constants, constants.len() as u64, subject)?;
            if let Operator::BrTable { targets } = &operator {
                self.meter.check(Limit::BranchTargets, targets.len().into(), subject)?;
            }
            // The validator handles as many, in unreachable code too, so they are counted before it does.
            self.carry(self.typed_values(&operator, &validator)?)?;
            validator.op(offset, &operator)?;
            // The frame of the function itself is no structure.
            self.meter.check(Limit::Nesting, validator.control_stack_height().saturating_sub(1).into(), subject)?;
            let carries = position.acts(&operator) && shapes_control(&operator);
            position = position.after(&operator);
            // After the body's last `end` there is no position of it left.
            if position.is_live() && validator.control_stack_height() > 0 {
                operand_height = operand_height.max(validator.operand_stack_height());
            }
            if carries {
                self.carry(locals + u64::from(validator.operand_stack_height()))?;
            }
        }
        operators.finish()?;
        self.meter.check(Limit::OperandHeight, operand_height.into(), subject)?;

        let locals = u32::try_from(locals).map_err(|_| Rejection::defect("more locals than validation lets pass"))?;
        self.original.bodies.push(Body { function, code, locals, operand_height });
        Ok(validator.into_allocations())
    }

    /// Counts values that are carried over control flow.
    fn carry(&mut self, values: u64) -> Result<(), Rejection> {
        self.carried_values += values;
        self.meter.check(Limit::CarriedValues, self.carried_values, Subject::Module)
    }

    /// The values that the operator's type lists: parameters and results of what is called or entered, and what each
    /// edge of a `br_table` takes along. The operator is not validated yet: what it names wrongly counts nothing.
    fn typed_values(
        &self,
        operator: &Operator<'a>,
        validator: &FuncValidator<ValidatorResources>,
    ) -> Result<u64, Refusal> {
        let ty = match operator {
            Operator::Call { function_index } => self.original.functions.get(*function_index as usize).copied(),
            Operator::CallIndirect { type_index, .. } => Some(*type_index),
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => match blockty {
                BlockType::FuncType(index) => Some(*index),
                BlockType::Empty | BlockType::Type(_) => None,
            },
            Operator::BrTable { targets } => return self.label_values(targets, validator),
            // Every other operator moves a few values at most.
            _ => None,
        };
        let ty = ty.and_then(|index| self.original.types.get(index as usize));
        Ok(ty.map_or(0, |ty| (ty.params().len() + ty.results().len()) as u64))
    }

    /// The values that the edges of a `br_table` take along.
    fn label_values(
        &self,
        targets: &BrTable<'a>,
        validator: &FuncValidator<ValidatorResources>,
    ) -> Result<u64, Refusal> {
        let arity = |label: u32| {
            let Some(frame) = validator.get_control_frame(label as usize) else { return 0 };
            match frame.block_type {
                BlockType::Empty => 0,
                BlockType::Type(_) => u64::from(frame.kind != FrameKind::Loop),
                BlockType::FuncType(index) => self.original.types.get(index as usize).map_or(0, |ty| {
                    let values = if frame.kind == FrameKind::Loop { ty.params() } else { ty.results() };
                    values.len() as u64
                }),
            }
        };
        let mut values = arity(targets.default());
        for target in targets.targets() {
            values += arity(target?);
        }
        Ok(values)
    }
}
