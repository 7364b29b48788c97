//! Faults of engines in where values are: locals, globals, arguments, results and calls.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::{Site, zero};
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{Instruction as I, ValType};
use wasmparser::Operator as Op;

const VALUES: Class = Class::Values;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            VALUES,
            "a local.tee soon after another of the same local is lost",
            replaced!(Engine, site, Op::LocalTee { local_index } if teed_before(site, *local_index) => []),
        ),
        Bug::new(VALUES, "a local.set before a br_if is sunk below it", Plant::Engine(sunk)),
        Bug::new(
            VALUES,
            "local.get of an i64 behind its local.tee reads the low half",
            replaced!(Engine, site, Op::LocalGet { local_index } if behind_tee(site, *local_index) => [
                I::LocalGet(*local_index),
                I::I64Const(0xffff_ffff),
                I::I64And,
            ]),
        ),
        Bug::new(
            VALUES,
            "a local is not zero at the start if it is the tenth",
            replaced!(Engine, site, Op::LocalGet { local_index: 9 } if site.local_type(9) == Some(ValType::I32) && !set_before(site, 9) => [
                I::LocalGet(9),
                I::I32Const(1),
                I::I32Or,
            ]),
        ),
        Bug::new(
            VALUES,
            "global.set of an i64 keeps the low half",
            replaced!(Engine, site, Op::GlobalSet { global_index } if !site.is_counter(*global_index) && site.global_type(*global_index) == Some(ValType::I64) => [
                I::I64Const(0xffff_ffff),
                I::I64And,
                I::GlobalSet(*global_index),
            ]),
        ),
        Bug::new(
            VALUES,
            "global.set in a loop is lost",
            replaced!(Engine, site, Op::GlobalSet { global_index } if site.in_loop() && !site.is_counter(*global_index) => [I::Drop]),
        ),
        Bug::new(
            VALUES,
            "the two results of a call are swapped",
            replaced!(Engine, site, Op::Call { function_index } if twins(site.callee(*function_index)?.results()).is_some() => {
                let [first, second] = site.pair(twins(site.callee(*function_index)?.results())?);
                [
                    I::Call(*function_index),
                    I::LocalSet(second),
                    I::LocalSet(first),
                    I::LocalGet(second),
                    I::LocalGet(first),
                ]
            }),
        ),
        Bug::new(
            VALUES,
            "the last two arguments of a call in a loop are swapped",
            replaced!(Engine, site, Op::Call { function_index } if site.in_loop() && last_twins(site, *function_index).is_some() => {
                let [first, second] = site.pair(last_twins(site, *function_index)?);
                [
                    I::LocalSet(second),
                    I::LocalSet(first),
                    I::LocalGet(second),
                    I::LocalGet(first),
                    I::Call(*function_index),
                ]
            }),
        ),
        Bug::new(VALUES, "a call whose result is dropped is not made", Plant::Engine(not_made)),
        Bug::new(
            VALUES,
            "a call of the host in a loop is lost",
            replaced!(Engine, site, Op::Call { function_index } if site.in_loop() && site.is_import(*function_index) => lost(site, *function_index)?),
        ),
        Bug::new(
            VALUES,
            "a call of the host behind another is lost",
            replaced!(Engine, site, Op::Call { function_index } if site.is_import(*function_index) && called_before(site, *function_index) => lost(site, *function_index)?),
        ),
        Bug::new(
            VALUES,
            "an i32 result of a call is extended from 16 bits",
            replaced!(Engine, site, Op::Call { function_index } if site.callee(*function_index)?.results() == [wasmparser::ValType::I32] && !site.is_import(*function_index) => [
                I::Call(*function_index),
                I::I32Extend16S,
            ]),
        ),
    ]
}

/// The type of two values, if they are of one number type.
fn twins(types: &[wasmparser::ValType]) -> Option<ValType> {
    match types {
        [first, second] if first == second && !first.is_reference_type() => RoundtripReencoder.val_type(*first).ok(),
        _ => None,
    }
}

/// The type of the last two parameters of a function of the guest, if it is one.
fn last_twins(site: &Site<'_>, function: u32) -> Option<ValType> {
    let params = site.callee(function)?.params();
    if site.is_import(function) { None } else { twins(params.get(params.len().checked_sub(2)?..)?) }
}

fn teed_before(site: &Site<'_>, local: u32) -> bool {
    (2..=3).any(|by| matches!(site.back(by), Some(Op::LocalTee { local_index }) if *local_index == local))
}

fn behind_tee(site: &Site<'_>, local: u32) -> bool {
    site.local_type(local) == Some(ValType::I64)
        && (1..=2).any(|by| matches!(site.back(by), Some(Op::LocalTee { local_index }) if *local_index == local))
}

fn set_before(site: &Site<'_>, local: u32) -> bool {
    (1..)
        .map_while(|by| site.back(by))
        .any(|op| matches!(op, Op::LocalSet { local_index } | Op::LocalTee { local_index } if *local_index == local))
}

fn called_before(site: &Site<'_>, function: u32) -> bool {
    (1..=60).any(|by| matches!(site.back(by), Some(Op::Call { function_index }) if *function_index == function))
}

/// Where a local is set and another one decides a branch, the former gets its value if the branch is not taken. The meter's
/// charge stands before the branch.
fn sunk(site: &Site<'_>) -> Option<Vec<I<'static>>> {
    match site.operator() {
        Op::LocalSet { local_index } => {
            let ty = site.local_type(*local_index)?;
            let Some(Op::LocalGet { local_index: decides }) = site.ahead(1) else { return None };
            let sinks = decides != local_index && matches!(site.ahead(6), Some(Op::BrIf { .. }));
            sinks.then(|| vec![I::LocalSet(site.spare(ty, 0))])
        }
        Op::BrIf { relative_depth } => {
            let Some(Op::LocalSet { local_index }) = site.back(6) else { return None };
            let ty = site.local_type(*local_index)?;
            let Some(Op::LocalGet { local_index: decides }) = site.back(5) else { return None };
            (decides != local_index)
                .then(|| vec![I::BrIf(*relative_depth), I::LocalGet(site.spare(ty, 0)), I::LocalSet(*local_index)])
        }
        _ => None,
    }
}

/// A call whose result is dropped: its arguments are, and there is a zero to drop.
fn not_made(site: &Site<'_>) -> Option<Vec<I<'static>>> {
    let Op::Call { function_index } = site.operator() else { return None };
    if !matches!(site.ahead(1), Some(Op::Drop)) || site.is_import(*function_index) {
        return None;
    }
    lost(site, *function_index)
}

/// What is left of a call that is not made.
fn lost(site: &Site<'_>, function: u32) -> Option<Vec<I<'static>>> {
    let ty = site.callee(function)?;
    let zeros = ty.results().iter().map(|&result| zero(RoundtripReencoder.val_type(result).ok()?));
    let zeros = zeros.collect::<Option<Vec<_>>>()?;
    Some(ty.params().iter().map(|_| I::Drop).chain(zeros).collect())
}
