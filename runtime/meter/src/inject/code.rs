//! Code is what the meter writes between a guest's operators: charges, checks and stops.

use super::layout::Layout;
use crate::Status;
use crate::operator::Float;
use wasm_encoder::{BlockType, Ieee32, Ieee64, InstructionSink};

/// Takes `amount` off the gas.
pub(super) fn charge(code: &mut InstructionSink<'_>, layout: &Layout, amount: u64) {
    if amount == 0 {
        return;
    }
    // A body's or an instantiation's static charges stay far below 2^63.
    code.global_get(layout.globals.gas).i64_const(amount as i64).i64_sub().global_set(layout.globals.gas);
}

/// Takes `amount`, and `price` times the unsigned number in `local`, off the gas.
pub(super) fn charge_by_length(code: &mut InstructionSink<'_>, layout: &Layout, amount: u64, price: u32, local: u32) {
    code.global_get(layout.globals.gas);
    if amount > 0 {
        code.i64_const(amount as i64).i64_sub();
    }
    code.local_get(local).i64_extend_i32_u();
    if price != 1 {
        code.i64_const(price.into()).i64_mul();
    }
    code.i64_sub().global_set(layout.globals.gas);
}

/// Stops the module if it has used more gas than it was given.
pub(super) fn check_gas(code: &mut InstructionSink<'_>, layout: &Layout) {
    code.global_get(layout.globals.gas).i64_const(0).i64_lt_s();
    stop_if(code, layout, Status::OutOfGas);
}

/// Stops the module if the i32 on top is not zero.
pub(super) fn stop_if(code: &mut InstructionSink<'_>, layout: &Layout, status: Status) {
    // The `unreachable` never runs. It tells compilers that nothing lives on behind the call.
    code.if_(BlockType::Empty);
    stop(code, layout, status);
    code.unreachable().end();
}

/// Stops the module.
pub(super) fn stop(code: &mut InstructionSink<'_>, layout: &Layout, status: Status) {
    code.i32_const(status.code()).call(layout.functions.stop);
}

/// Replaces a NaN on top by the canonical one.
pub(super) fn canonicalise(code: &mut InstructionSink<'_>, width: Float, local: u32) {
    code.local_tee(local);
    match width {
        Float::F32 => code.f32_const(Ieee32::new(0x7fc0_0000)).local_get(local).local_get(local).f32_eq(),
        Float::F64 => code.f64_const(Ieee64::new(0x7ff8_0000_0000_0000)).local_get(local).local_get(local).f64_eq(),
    };
    code.select();
}

/// Stops the module if the float on top, which stays there, is a NaN.
pub(super) fn check_convertible(code: &mut InstructionSink<'_>, layout: &Layout, width: Float, local: u32) {
    code.local_tee(local).local_get(local).local_get(local);
    match width {
        Float::F32 => code.f32_ne(),
        Float::F64 => code.f64_ne(),
    };
    stop_if(code, layout, Status::BadConversionToInteger);
}

/// Stops the module if the table has null at the index on top, which stays there. An index outside the table traps as
/// the indirect call itself would.
pub(super) fn check_callee(code: &mut InstructionSink<'_>, layout: &Layout, table: u32, local: u32) {
    code.local_tee(local).local_get(local).table_get(table).ref_is_null();
    stop_if(code, layout, Status::IndirectCallToNull);
}
