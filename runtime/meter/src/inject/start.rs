//! The start of an instance: `modal:start` and the two functions that metered code calls when it has to stop.

use super::code;
use super::layout::Layout;
use crate::limits::Subject;
use crate::original::Original;
use crate::treatment::Treatment;
use crate::{Limit, Meter, Rejection, Status};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{Encode, Function};
use wasmparser::{ConstExpr, DataKind, ElementItems, ElementKind};

/// The function that sets the status and traps.
pub(super) fn stop(layout: &Layout) -> Function {
    let mut function = Function::new([]);
    function.instructions().local_get(0).global_set(layout.globals.status).unreachable().end();
    function
}

/// The function that is called when the stack is deeper than ever.
pub(super) fn deepen(layout: &Layout, meter: &Meter) -> Function {
    let mut function = Function::new([]);
    let mut code = function.instructions();
    if meter.treats(Treatment::StackLimit) {
        code.global_get(layout.globals.stack).i32_const(0).i32_lt_s();
        code::stop_if(&mut code, layout, Status::CallStackExhausted);
    }
    if meter.treats(Treatment::StackHighWater) {
        code.global_get(layout.globals.stack).global_set(layout.globals.stack_low);
    }
    code.end();
    function
}

/// The function that pays for instantiation, applies the active segments and calls the start function.
pub(super) fn start(original: &Original<'_>, layout: &Layout, meter: &Meter) -> Result<Function, Rejection> {
    let mut function = Function::new([]);
    if meter.treats(Treatment::InstantiationCost) {
        code::charge(&mut function.instructions(), layout, original.instantiation_gas);
    }
    if meter.treats(Treatment::InstantiationCheck) {
        code::check_gas(&mut function.instructions(), layout);
    }
    if meter.treats(Treatment::SegmentsByStart) {
        let drop = meter.treats(Treatment::SegmentsDropped);
        elements(original, drop, &mut function)?;
        data(original, drop, &mut function)?;
    }
    if let Some(start) = original.start
        && meter.treats(Treatment::StartStripped)
    {
        function.instructions().call(start);
    }
    function.instructions().end();
    meter.check(Limit::MeteredBodyBytes, function.byte_len() as u64, Subject::Start)?;
    Ok(function)
}

fn elements(original: &Original<'_>, drop: bool, function: &mut Function) -> Result<(), Rejection> {
    for (index, segment) in (0..).zip(original.sections.elements.clone().into_iter().flatten()) {
        let segment = segment.map_err(Rejection::defect)?;
        let count = match segment.items {
            ElementItems::Functions(items) => items.count(),
            ElementItems::Expressions(_, items) => items.count(),
        };
        match segment.kind {
            ElementKind::Active { table_index, offset_expr } => {
                constant(&offset_expr, function)?;
                function.instructions().i32_const(0).i32_const(count as i32);
                function.instructions().table_init(table_index.unwrap_or(0), index);
                if drop {
                    function.instructions().elem_drop(index);
                }
            }
            ElementKind::Passive | ElementKind::Declared => {}
        }
    }
    Ok(())
}

fn data(original: &Original<'_>, drop: bool, function: &mut Function) -> Result<(), Rejection> {
    for (index, segment) in (0..).zip(original.sections.data.clone().into_iter().flatten()) {
        let segment = segment.map_err(Rejection::defect)?;
        match segment.kind {
            DataKind::Active { memory_index, offset_expr } => {
                constant(&offset_expr, function)?;
                // The limit on a module's bytes keeps the length below 2^31.
                function.instructions().i32_const(0).i32_const(segment.data.len() as i32);
                function.instructions().memory_init(memory_index, index);
                if drop {
                    function.instructions().data_drop(index);
                }
            }
            DataKind::Passive => {}
        }
    }
    Ok(())
}

/// Evaluates a constant expression: its operators mean the same in a body.
fn constant(expression: &ConstExpr<'_>, function: &mut Function) -> Result<(), Rejection> {
    let mut operators = expression.get_operators_reader();
    let mut code = Vec::new();
    while !operators.is_end_then_eof() {
        let operator = RoundtripReencoder.parse_instruction(&mut operators).map_err(Rejection::defect)?;
        operator.encode(&mut code);
    }
    function.raw(code);
    Ok(())
}
