//! Faults of engines in what a branch carries to its label, and in what it leaves behind.

use super::control::labels;
use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::{Site, zero};
use std::borrow::Cow;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::{self, I32};
use wasmparser::{BrTable, Operator as Op};

const BRANCHES: Class = Class::Branches;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            BRANCHES,
            "br carries the surplus operand below its value",
            replaced!(Engine, site, Op::Br { relative_depth } if surplus(site).is_some() => [I::Drop, I::Br(*relative_depth)]),
        ),
        Bug::new(
            BRANCHES,
            "br swaps the last two values that it carries",
            replaced!(Engine, site, Op::Br { relative_depth } => {
                let [first, second] = site.pair(twins(site)?);
                [
                    I::LocalSet(second),
                    I::LocalSet(first),
                    I::LocalGet(second),
                    I::LocalGet(first),
                    I::Br(*relative_depth),
                ]
            }),
        ),
        Bug::new(
            BRANCHES,
            "br_if carries the surplus operand below its value",
            replaced!(Engine, site, Op::BrIf { relative_depth } => {
                let [condition, value] = beside(site, surplus(site)?);
                [
                    I::LocalSet(condition),
                    I::LocalSet(value),
                    I::LocalGet(condition),
                    I::BrIf(*relative_depth),
                    I::LocalGet(value),
                ]
            }),
        ),
        Bug::new(
            BRANCHES,
            "br_if out of two blocks loses its value when it is taken",
            replaced!(Engine, site, Op::BrIf { relative_depth: relative_depth @ 1.. } => {
                let ty = *site.branch()?.carried.last()?;
                let [condition, value] = beside(site, ty);
                [
                    I::LocalSet(condition),
                    I::LocalSet(value),
                    zero(ty)?,
                    I::LocalGet(condition),
                    I::BrIf(*relative_depth),
                    I::Drop,
                    I::LocalGet(value),
                ]
            }),
        ),
        Bug::new(
            BRANCHES,
            "br_table carries a zero to its default",
            replaced!(Engine, site, Op::BrTable { targets } => {
                let ty = *site.branch()?.carried.last()?;
                let [index, _] = beside(site, ty);
                [
                    I::LocalSet(index),
                    zero(ty)?,
                    I::LocalGet(index),
                    I::I32Const(targets.len() as i32),
                    I::I32LtU,
                    I::Select,
                    I::LocalGet(index),
                    again(targets),
                ]
            }),
        ),
        Bug::new(
            BRANCHES,
            "br_table carries the surplus operand to its first label",
            replaced!(Engine, site, Op::BrTable { targets } if !targets.is_empty() => {
                let ty = surplus(site)?;
                let [index, value] = beside(site, ty);
                [
                    I::LocalSet(index),
                    I::LocalSet(value),
                    I::LocalTee(site.spare(ty, 2)),
                    I::LocalGet(value),
                    I::LocalGet(site.spare(ty, 2)),
                    I::LocalGet(index),
                    I::Select,
                    I::LocalGet(index),
                    again(targets),
                ]
            }),
        ),
    ]
}

/// The type of a branch's only value, if it is a number and the operand below it is another of this type, and surplus.
fn surplus(site: &Site<'_>) -> Option<ValType> {
    let branch = site.branch()?;
    let [value] = branch.carried[..] else { return None };
    (branch.surplus == Some(value) && zero(value).is_some()).then_some(value)
}

/// The type of the last two values that a branch carries, if it is one.
fn twins(site: &Site<'_>) -> Option<ValType> {
    let carried = &site.branch()?.carried;
    let [first, second] = carried.get(carried.len().checked_sub(2)?..)? else { return None };
    (first == second).then_some(*first)
}

/// Spare locals for what decides a branch and for a value of some type.
fn beside(site: &Site<'_>, ty: ValType) -> [u32; 2] {
    [site.spare(I32, 0), site.spare(ty, 1)]
}

/// The table of a branch, as it was.
fn again(targets: &BrTable<'_>) -> I<'static> {
    let (labels, default) = labels(targets);
    I::BrTable(Cow::Owned(labels), default)
}
