//! Constant expressions are written as the constant that they are.
//!
//! The profile's extended constant expressions are integer arithmetic on constants. V8 before 11.4, which Node 20 has,
//! does not know them, and their value is known here.

use crate::Meter;
use crate::treatment::Treatment;
use wasm_encoder::ConstExpr;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::Operator;

/// Copies items of sections, with their constant expressions folded.
pub(super) struct Folding<'m>(pub(super) &'m Meter);

impl Reencode for Folding<'_> {
    type Error = std::convert::Infallible;

    fn const_expr(&mut self, expression: wasmparser::ConstExpr<'_>) -> Result<ConstExpr, Error<Self::Error>> {
        let folded = if self.0.treats(Treatment::ConstantFolding) { fold(&expression) } else { None };
        match folded {
            Some(Integer::I32(value)) => Ok(ConstExpr::i32_const(value)),
            Some(Integer::I64(value)) => Ok(ConstExpr::i64_const(value)),
            None => utils::const_expr(self, expression),
        }
    }
}

#[derive(Clone, Copy)]
enum Integer {
    I32(i32),
    I64(i64),
}

/// The value of an expression of integers, or `None` for one of another kind, which is a single operator.
fn fold(expression: &wasmparser::ConstExpr<'_>) -> Option<Integer> {
    let mut stack = Vec::new();
    for operator in expression.get_operators_reader() {
        let operator = operator.ok()?;
        match operator {
            Operator::I32Const { value } => stack.push(Integer::I32(value)),
            Operator::I64Const { value } => stack.push(Integer::I64(value)),
            Operator::End => break,
            arithmetic => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                stack.push(apply(&arithmetic, left, right)?);
            }
        }
    }
    match stack[..] {
        [value] => Some(value),
        _ => None,
    }
}

fn apply(operator: &Operator<'_>, left: Integer, right: Integer) -> Option<Integer> {
    match (left, right) {
        (Integer::I32(left), Integer::I32(right)) => Some(Integer::I32(match operator {
            Operator::I32Add => left.wrapping_add(right),
            Operator::I32Sub => left.wrapping_sub(right),
            Operator::I32Mul => left.wrapping_mul(right),
            _ => return None,
        })),
        (Integer::I64(left), Integer::I64(right)) => Some(Integer::I64(match operator {
            Operator::I64Add => left.wrapping_add(right),
            Operator::I64Sub => left.wrapping_sub(right),
            Operator::I64Mul => left.wrapping_mul(right),
            _ => return None,
        })),
        (Integer::I32(_), Integer::I64(_)) | (Integer::I64(_), Integer::I32(_)) => None,
    }
}
