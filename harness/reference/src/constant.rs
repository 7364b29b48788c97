//! A constant expression gives a global, a segment offset or a table element its value.

use crate::error::DecodeError;
use crate::numeric::Numeric;
use crate::operator::operator_name;
use crate::value::Value;
use wasmparser::Operator;

/// The operators of a constant expression, without its `end`.
#[derive(Clone, Debug)]
pub(crate) struct ConstExpr(Vec<ConstOperator>);

#[derive(Clone, Copy, Debug)]
enum ConstOperator {
    Slot(u64),
    GlobalGet(u32),
    Numeric(Numeric),
}

impl ConstExpr {
    pub(crate) fn decode(expression: &wasmparser::ConstExpr<'_>) -> Result<Self, DecodeError> {
        let mut operators = Vec::new();
        for operator in expression.get_operators_reader() {
            operators.push(match operator? {
                Operator::I32Const { value } => ConstOperator::Slot(u64::from(value.cast_unsigned())),
                Operator::I64Const { value } => ConstOperator::Slot(value.cast_unsigned()),
                Operator::F32Const { value } => ConstOperator::Slot(u64::from(value.bits())),
                Operator::F64Const { value } => ConstOperator::Slot(value.bits()),
                Operator::RefFunc { function_index } => {
                    ConstOperator::Slot(Value::FuncRef(Some(function_index)).to_slot())
                }
                Operator::RefNull { .. } => ConstOperator::Slot(Value::FuncRef(None).to_slot()),
                Operator::GlobalGet { global_index } => ConstOperator::GlobalGet(global_index),
                Operator::End => continue,
                // Sums and products; the validator has turned away everything else.
                other => {
                    let numeric = Numeric::from_operator(&other);
                    ConstOperator::Numeric(numeric.ok_or(DecodeError::Unsupported(operator_name(&other)))?)
                }
            });
        }
        Ok(Self(operators))
    }

    /// The expression that a function index in an element segment stands for.
    pub(crate) fn function(index: u32) -> Self {
        Self(vec![ConstOperator::Slot(Value::FuncRef(Some(index)).to_slot())])
    }

    /// How many operators are charged.
    pub(crate) fn operators(&self) -> usize {
        self.0.len()
    }

    /// The value as a slot, given the globals before it.
    pub(crate) fn evaluate(&self, globals: &[Value]) -> u64 {
        let mut slots = vec![0; self.0.len()];
        let mut height = 0;
        for operator in &self.0 {
            let slot = match *operator {
                ConstOperator::Slot(slot) => slot,
                ConstOperator::GlobalGet(index) => globals[index as usize].to_slot(),
                ConstOperator::Numeric(numeric) => {
                    height = numeric.apply(&mut slots, height).expect("sums and products do not trap");
                    continue;
                }
            };
            slots[height] = slot;
            height += 1;
        }
        slots[0]
    }
}
