//! Faults of the meter in the code that it writes: the right treatment, with one operator of it wrong.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::Site;
use wasm_encoder::ValType::I32;
use wasm_encoder::{Ieee32, Ieee64, Instruction as I};
use wasmparser::Operator as Op;

pub(super) fn bugs() -> Vec<Bug> {
    use Class::{BulkCharges, Charges, Checkpoints, Nans, Stack, TrapKinds};
    vec![
        Bug::new(
            Charges,
            "what comes before an else is not charged",
            replaced!(Written, site, Op::I64Const { .. } if charges(site) && matches!(site.ahead(3), Some(Op::Else)) => [I::I64Const(0)]),
        ),
        Bug::new(
            Charges,
            "what comes before a br_table is charged twice",
            replaced!(Written, site, Op::I64Const { value } if charges(site) && matches!(site.ahead(3), Some(Op::BrTable { .. })) => [I::I64Const(2 * value)]),
        ),
        Bug::new(
            Charges,
            "what comes before a loop in a loop is not charged",
            replaced!(Written, site, Op::I64Const { .. } if charges(site) && site.in_loop() && matches!(site.ahead(3), Some(Op::Loop { .. })) => [I::I64Const(0)]),
        ),
        Bug::new(
            Charges,
            "a return costs one",
            replaced!(Written, site, Op::I64Const { value } if charges(site) && matches!(site.ahead(3), Some(Op::Br { .. })) && !matches!(site.ahead(4), Some(Op::End)) => [I::I64Const(value + 1)]),
        ),
        Bug::new(
            Charges,
            "charges above 63 lose their high bits",
            replaced!(Written, site, Op::I64Const { value } if charges(site) && *value > 63 => [I::I64Const(value & 63)]),
        ),
        Bug::new(
            Checkpoints,
            "the gas is compared unsigned",
            replaced!(Written, site, Op::I64LtS if checks(site) => [I::I64LtU]),
        ),
        Bug::new(
            Checkpoints,
            "no gas left is out of gas",
            replaced!(Written, site, Op::I64LtS if checks(site) => [I::I64LeS]),
        ),
        Bug::new(
            Checkpoints,
            "the gas is compared in 32 bits",
            replaced!(Written, site, Op::I64LtS if checks(site) => [I::Drop, I::I32WrapI64, I::I32Const(0), I::I32LtS]),
        ),
        Bug::new(
            Checkpoints,
            "loops in loops are not checked",
            replaced!(Written, site, Op::I64LtS if checks(site) && site.loops() > 1 => [I::Drop, I::Drop, I::I32Const(0)]),
        ),
        Bug::new(
            Checkpoints,
            "indirect calls are not checked",
            replaced!(Written, site, Op::I64LtS if checks(site) && matches!(site.ahead(6), Some(Op::LocalTee { .. })) => [I::Drop, I::Drop, I::I32Const(0)]),
        ),
        Bug::new(
            Checkpoints,
            "one unit of debt is allowed",
            replaced!(Written, site, Op::I64Const { value: 0 } if site.reads_gas(1) && matches!(site.ahead(1), Some(Op::I64LtS)) => [I::I64Const(-1)]),
        ),
        Bug::new(
            BulkCharges,
            "a length is extended with its sign",
            replaced!(Written, site, Op::I64ExtendI32U if charges_length(site) => [I::I64ExtendI32S]),
        ),
        Bug::new(
            BulkCharges,
            "every eight bytes cost one",
            replaced!(Written, site, Op::I64ExtendI32U if charges_length(site) => [I::I64ExtendI32U, I::I64Const(3), I::I64ShrU]),
        ),
        Bug::new(
            BulkCharges,
            "bulk operators are charged by the operand below the length",
            replaced!(Written, site, Op::LocalTee { local_index } if site.is_bulk_length() => {
                let [length, _] = site.pair(I32);
                [I::LocalSet(length), I::LocalTee(*local_index), I::LocalGet(length)]
            }),
        ),
        Bug::new(
            Stack,
            "a function that returns something gives a word less back",
            replaced!(Written, site, Op::I32Const { value } if gives_back(site) => [I::I32Const(value - 1)]),
        ),
        Bug::new(
            Stack,
            "a frame above 64 words is not given back",
            replaced!(Written, site, Op::I32Const { value } if gives_back(site) && *value > 64 => [I::I32Const(0)]),
        ),
        Bug::new(
            Stack,
            "a frame that fills the stack is too deep",
            replaced!(Written, site, Op::I32LtS if site.reads_stack(2) && site.right() == Some(0) => [I::I32LeS]),
        ),
        Bug::new(
            Nans,
            "the canonical NaN is negative",
            replaced!(Written, _site, Op::F32Const { value } if value.bits() == 0x7fc0_0000 => [I::F32Const(Ieee32::new(0xffc0_0000))]),
        ),
        Bug::new(
            Nans,
            "the canonical NaN of doubles has a payload",
            replaced!(Written, _site, Op::F64Const { value } if value.bits() == 0x7ff8_0000_0000_0000 => [I::F64Const(Ieee64::new(0x7ff8_0000_0000_0001))]),
        ),
        Bug::new(
            Nans,
            "f32.demote_f64 may give any NaN",
            replaced!(Written, site, Op::Select if canonicalises(site, |op| matches!(op, Op::F32DemoteF64)) => [I::Drop, I::Drop]),
        ),
        Bug::new(
            Nans,
            "f64.promote_f32 may give any NaN",
            replaced!(Written, site, Op::Select if canonicalises(site, |op| matches!(op, Op::F64PromoteF32)) => [I::Drop, I::Drop]),
        ),
        Bug::new(
            Nans,
            "f64.min may give any NaN",
            replaced!(Written, site, Op::Select if canonicalises(site, |op| matches!(op, Op::F64Min)) => [I::Drop, I::Drop]),
        ),
        Bug::new(
            Nans,
            "f32.ceil may give any NaN",
            replaced!(Written, site, Op::Select if canonicalises(site, |op| matches!(op, Op::F32Ceil)) => [I::Drop, I::Drop]),
        ),
        Bug::new(
            TrapKinds,
            "converting a NaN is called the call of null",
            replaced!(Written, site, Op::I32Const { value: 3 } if stops(site) => [I::I32Const(4)]),
        ),
        Bug::new(
            TrapKinds,
            "running out of gas is called a deep stack",
            replaced!(Written, site, Op::I32Const { value: 1 } if stops(site) => [I::I32Const(2)]),
        ),
        Bug::new(
            TrapKinds,
            "a deep stack is called running out of gas",
            replaced!(Written, site, Op::I32Const { value: 2 } if stops(site) => [I::I32Const(1)]),
        ),
        Bug::new(
            TrapKinds,
            "calling null outside of the table's bounds is looked at first",
            replaced!(Written, site, Op::TableGet { table } if matches!(site.ahead(1), Some(Op::RefIsNull)) && matches!(site.ahead(2), Some(Op::If { .. })) => {
                let [index, _] = site.pair(I32);
                [
                    I::LocalTee(index),
                    I::TableSize(*table),
                    I::I32GeU,
                    I::If(wasm_encoder::BlockType::Result(wasm_encoder::ValType::FUNCREF)),
                    I::RefNull(wasm_encoder::HeapType::FUNC),
                    I::Else,
                    I::LocalGet(index),
                    I::TableGet(*table),
                    I::End,
                ]
            }),
        ),
    ]
}

/// Whether a constant is what is taken off the gas.
fn charges(site: &Site<'_>) -> bool {
    site.reads_gas(1) && matches!(site.ahead(1), Some(Op::I64Sub))
}

/// Whether a comparison is the gas check.
fn checks(site: &Site<'_>) -> bool {
    site.reads_gas(2) && site.right() == Some(0)
}

/// Whether a number that is extended is a length that is charged.
fn charges_length(site: &Site<'_>) -> bool {
    site.local(1).is_some() && (site.reads_gas(2) || site.reads_gas(4))
}

/// Whether a constant is the words that a frame gives back.
fn gives_back(site: &Site<'_>) -> bool {
    site.reads_stack(1) && matches!(site.ahead(1), Some(Op::I32Add)) && site.sets_stack(2)
}

/// Whether a select puts the canonical NaN in the place of what an operator computed.
fn canonicalises(site: &Site<'_>, computes: fn(&Op<'_>) -> bool) -> bool {
    matches!(site.back(1), Some(Op::F32Eq | Op::F64Eq)) && site.back(6).is_some_and(computes)
}

/// Whether a constant is the status with which the module stops.
fn stops(site: &Site<'_>) -> bool {
    matches!(site.back(1), Some(Op::If { .. }))
        && matches!(site.ahead(1), Some(Op::Call { .. }))
        && matches!(site.ahead(2), Some(Op::Unreachable))
}
