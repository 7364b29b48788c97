//! Whether a module's arithmetic may make NaNs, whose bits the specification leaves open.

use crate::Finding;
use wasmparser::{Operator, Parser, Payload};

/// Whether a valid module has an operator that may make a NaN.
pub(super) fn computes_with(module: &[u8]) -> Result<bool, Finding> {
    let broken = |error| Finding::new(format!("a module that was decoded cannot be read: {error}"));
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CodeSectionEntry(body) = payload.map_err(broken)? else { continue };
        for operator in body.get_operators_reader().map_err(broken)? {
            if makes_nans(&operator.map_err(broken)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn makes_nans(operator: &Operator<'_>) -> bool {
    use Operator::{
        F32Add, F32Ceil, F32DemoteF64, F32Div, F32Floor, F32Max, F32Min, F32Mul, F32Nearest, F32Sqrt, F32Sub, F32Trunc,
        F64Add, F64Ceil, F64Div, F64Floor, F64Max, F64Min, F64Mul, F64Nearest, F64PromoteF32, F64Sqrt, F64Sub,
        F64Trunc,
    };
    matches!(
        operator,
        F32Add
            | F32Sub
            | F32Mul
            | F32Div
            | F32Sqrt
            | F32Min
            | F32Max
            | F32Ceil
            | F32Floor
            | F32Trunc
            | F32Nearest
            | F32DemoteF64
            | F64Add
            | F64Sub
            | F64Mul
            | F64Div
            | F64Sqrt
            | F64Min
            | F64Max
            | F64Ceil
            | F64Floor
            | F64Trunc
            | F64Nearest
            | F64PromoteF32
    )
}
