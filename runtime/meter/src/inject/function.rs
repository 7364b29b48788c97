//! A metered function is the original's body in a frame: words are taken on entry and given back at the one exit.

use super::body::MeteredBody;
use super::layout::{Layout, value};
use crate::limits::Subject;
use crate::original::{Body, Original};
use crate::treatment::Treatment;
use crate::{Limit, Meter, Rejection};
use wasm_encoder::{BlockType, Function};
use wasmparser::ValType;

/// Meters one function.
pub(super) fn function(
    body: &Body<'_>,
    original: &Original<'_>,
    layout: &Layout,
    meter: &Meter,
) -> Result<Function, Rejection> {
    let results = layout.types.block(original.function_type(body.function)?.results())?;
    let MeteredBody { code, scratch } = MeteredBody::write(body, layout, meter)?;
    let mut function = Function::new(locals(body, &scratch)?);

    let words = frame_words(body, meter);
    let stack = layout.globals.stack;
    let mut frame = function.instructions();
    frame.global_get(stack).i32_const(words).i32_sub().global_set(stack);
    // One branch that is hardly ever taken: a frame that is not the deepest so far is within the limit.
    frame.global_get(stack).global_get(layout.globals.stack_low).i32_lt_s();
    frame.if_(BlockType::Empty).call(layout.functions.deepen).end();
    // The block takes the place of the function's own label, so that labels keep their numbers and every way out of
    // the body leads to its end.
    frame.block(results);
    function.raw(code);

    let mut frame = function.instructions();
    frame.end();
    if meter.treats(Treatment::StackRestore) {
        frame.global_get(stack).i32_const(words).i32_add().global_set(stack);
    }
    frame.end();
    meter.check(Limit::MeteredBodyBytes, function.byte_len() as u64, Subject::Function(body.function))?;
    Ok(function)
}

/// What a frame of the function weighs.
fn frame_words(body: &Body<'_>, meter: &Meter) -> i32 {
    let operands = if meter.treats(Treatment::OperandWeight) { body.operand_height } else { 0 };
    let words = u64::from(meter.schedule().stack.frame_words) + u64::from(body.locals) + u64::from(operands);
    // The limits keep the sum below 2^31 for any schedule that leaves room for a frame at all.
    i32::try_from(words).unwrap_or(i32::MAX)
}

/// The original's locals, runs of one type joined, and the scratch locals behind them.
fn locals(body: &Body<'_>, scratch: &[ValType]) -> Result<Vec<(u32, wasm_encoder::ValType)>, Rejection> {
    let mut runs: Vec<(u32, wasm_encoder::ValType)> = Vec::new();
    let mut add = |count: u32, ty: ValType| -> Result<(), Rejection> {
        let ty = value(ty)?;
        match runs.last_mut() {
            _ if count == 0 => {}
            Some((run, last)) if *last == ty => *run += count,
            _ => runs.push((count, ty)),
        }
        Ok(())
    };
    for declaration in body.code.get_locals_reader().map_err(Rejection::defect)? {
        let (count, ty) = declaration.map_err(Rejection::defect)?;
        add(count, ty)?;
    }
    scratch.iter().try_for_each(|&ty| add(1, ty))?;
    Ok(runs)
}
