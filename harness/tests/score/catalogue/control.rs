//! Faults of engines in selecting, branching and returning.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::Site;
use std::borrow::Cow;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::I32;
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasmparser::{BrTable, Operator as Op};

const CONTROL: Class = Class::Control;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            CONTROL,
            "select drops the zero test of its condition",
            replaced!(Engine, site, Op::I32Eqz if matches!(site.ahead(1), Some(Op::Select)) => []),
        ),
        Bug::new(
            CONTROL,
            "select on a constant takes the other operand",
            replaced!(Engine, site, Op::Select if site.right().is_some() => [I::I32Eqz, I::Select]),
        ),
        Bug::new(
            CONTROL,
            "select looks at the low 16 bits of its condition",
            replaced!(Engine, _site, Op::Select => [I::I32Const(0xffff), I::I32And, I::Select]),
        ),
        Bug::new(
            CONTROL,
            "select behind a select drops its condition",
            replaced!(Engine, site, Op::Select if !meters(site) && (2..=5).any(|by| matches!(site.back(by), Some(Op::Select))) => [I::Drop, I::I32Const(1), I::Select]),
        ),
        Bug::new(
            CONTROL,
            "a typed select gives the first operand",
            replaced!(Engine, _site, Op::TypedSelect { .. } => [I::Drop, I::Drop]),
        ),
        Bug::new(
            CONTROL,
            "br_if to the third label out is inverted",
            replaced!(Engine, _site, Op::BrIf { relative_depth: 3 } => [I::I32Eqz, I::BrIf(3)]),
        ),
        Bug::new(
            CONTROL,
            "br_if looks at the low byte of its condition",
            replaced!(Engine, _site, Op::BrIf { relative_depth } => [I::I32Const(0xff), I::I32And, I::BrIf(*relative_depth)]),
        ),
        Bug::new(
            CONTROL,
            "br_if on a constant never branches",
            replaced!(Engine, site, Op::BrIf { .. } if branches_on_constant(site) => [I::Drop]),
        ),
        Bug::new(
            CONTROL,
            "br_table takes its default one early",
            replaced!(Engine, _site, Op::BrTable { targets } if !targets.is_empty() => {
                let (mut labels, default) = labels(targets);
                labels.pop();
                [I::BrTable(Cow::Owned(labels), default)]
            }),
        ),
        Bug::new(
            CONTROL,
            "br_table takes a negative index for the first",
            replaced!(Engine, site, Op::BrTable { targets } => {
                let [index, _] = site.pair(I32);
                let (labels, default) = labels(targets);
                [
                    I::LocalTee(index),
                    I::I32Const(0),
                    I::LocalGet(index),
                    I::I32Const(0),
                    I::I32GeS,
                    I::Select,
                    I::BrTable(Cow::Owned(labels), default),
                ]
            }),
        ),
        Bug::new(
            CONTROL,
            "the second of two br_table goes to the first target of its own",
            replaced!(Engine, site, Op::BrTable { targets } if (2..24).any(|by| matches!(site.back(by), Some(Op::BrTable { .. }))) => {
                let (labels, default) = labels(targets);
                [I::Drop, I::Br(labels.first().copied().unwrap_or(default))]
            }),
        ),
        Bug::new(
            CONTROL,
            "br_table of more than two targets masks its index",
            replaced!(Engine, _site, Op::BrTable { targets } if targets.len() > 2 => {
                let (labels, default) = labels(targets);
                [I::I32Const(3), I::I32And, I::BrTable(Cow::Owned(labels), default)]
            }),
        ),
        Bug::new(
            CONTROL,
            "if tests the lowest bit of a local",
            replaced!(Engine, site, Op::If { blockty } if tested_local(site) => {
                let blockty = RoundtripReencoder.block_type(*blockty).ok()?;
                [I::I32Const(1), I::I32And, I::If(blockty)]
            }),
        ),
        Bug::new(
            CONTROL,
            "a block in a loop forgets the branch behind a tee",
            replaced!(Engine, site, Op::BrIf { .. } if site.in_loop() && (1..=6).any(|by| matches!(site.back(by), Some(Op::LocalTee { .. }))) => [I::Drop]),
        ),
    ]
}

/// The labels of a table that was valid, and its default.
pub(super) fn labels(targets: &BrTable<'_>) -> (Vec<u32>, u32) {
    (targets.targets().map(|label| label.expect("metered modules are valid")).collect(), targets.default())
}

/// Whether a select is the meter's: it puts the canonical NaN in the place of others.
fn meters(site: &Site<'_>) -> bool {
    matches!(site.back(1), Some(Op::F32Eq | Op::F64Eq))
}

/// Whether the condition was a constant: the meter may charge between it and the branch.
fn branches_on_constant(site: &Site<'_>) -> bool {
    site.constant(charged(site) + 1).is_some()
}

/// Whether the condition is what a local holds.
fn tested_local(site: &Site<'_>) -> bool {
    site.local(charged(site) + 1).is_some()
}

/// How many operators of a charge stand before a branch.
fn charged(site: &Site<'_>) -> usize {
    if site.reads_gas(4) { 4 } else { 0 }
}
