//! Fewer locals.

use crate::reduce::sketch::{Function, Op, Sketch};
use crate::reduce::subject::{Change, Subject};
use std::collections::BTreeSet;
use wasmparser::{Operator, ValType};

/// Without the locals that nothing names: all of them, or one.
pub(super) fn unused<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function) in sketch.bodies() {
        let params = params(sketch, function);
        let used = function.body.iter().filter_map(local).collect::<BTreeSet<_>>();
        let unused = (params..params + number(function.locals.len())).rev().filter(|local| !used.contains(local));
        let unused = unused.collect::<Vec<_>>();
        let sets = std::iter::once(unused.clone()).chain(unused.iter().map(|&local| vec![local]));
        changes.extend(sets.map(|set| -> Change<'s> {
            Box::new(move || {
                subject.with_function(own, |changed| {
                    // From the last on, so that those before it keep their numbers.
                    set.iter().try_for_each(|&local| remove(changed, params, local))
                })
            })
        }));
    }
    changes
}

/// One local for two of a type.
pub(super) fn merged<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    /// The pairs that are tried in one function.
    const PAIRS: usize = 64;
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function) in sketch.bodies() {
        let params = params(sketch, function);
        let types = types(sketch, function);
        let pairs = (0..types.len()).rev().flat_map(|gone| (0..gone).map(move |kept| (gone, kept)));
        let pairs =
            pairs.filter(|&(gone, kept)| types[gone] == types[kept]).map(|(gone, kept)| (number(gone), number(kept)));
        for (gone, kept) in pairs.take(PAIRS) {
            changes.push(Box::new(move || {
                subject.with_function(own, |changed| {
                    for op in &mut changed.body {
                        if let Some(local) = local_mut(op).filter(|local| **local == gone) {
                            *local = kept;
                        }
                    }
                    // A parameter that nothing names any more goes with its argument.
                    if gone < params { Some(()) } else { remove(changed, params, gone) }
                })
            }));
        }
    }
    changes
}

/// What is set to a local, in the place where the local is read.
pub(super) fn inlined<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for (set, op) in function.body.iter().enumerate() {
            let Op::Plain(Operator::LocalSet { local_index }) = op else { continue };
            let get = Op::Plain(Operator::LocalGet { local_index: *local_index });
            let (Some((from, _)), Some(get)) =
                (flow.value(function, set), (set..function.body.len()).find(|&at| function.body[at] == get))
            else {
                continue;
            };
            changes.push(Box::new(move || {
                let value = function.body.get(from..set)?.to_vec();
                let runs = vec![(from..set + 1, Vec::new()), (get..get + 1, value)];
                subject.with_function(own, |changed| changed.replace(runs))
            }));
        }
    }
    changes
}

/// The types of a function's parameters and locals.
pub(super) fn types(sketch: &Sketch<'_>, function: &Function<'_>) -> Vec<ValType> {
    let params = sketch.types.get(function.ty as usize).map_or(&[][..], |ty| ty.params());
    params.iter().chain(&function.locals).copied().collect()
}

/// The local that an operator names.
pub(super) fn local_mut<'o>(op: &'o mut Op<'_>) -> Option<&'o mut u32> {
    match op {
        Op::Plain(
            Operator::LocalGet { local_index }
            | Operator::LocalSet { local_index }
            | Operator::LocalTee { local_index },
        ) => Some(local_index),
        Op::Plain(_) | Op::BrTable { .. } => None,
    }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a function has fewer locals than an index can name")
}

fn local(op: &Op<'_>) -> Option<u32> {
    local_mut(&mut op.clone()).copied()
}

fn params(sketch: &Sketch<'_>, function: &Function<'_>) -> u32 {
    number(sketch.types.get(function.ty as usize).map_or(0, |ty| ty.params().len()))
}

/// Takes out a local that nothing names.
fn remove(function: &mut Function<'_>, params: u32, gone: u32) -> Option<()> {
    let at = gone.checked_sub(params)? as usize;
    function.locals.get(at)?;
    function.locals.remove(at);
    for op in &mut function.body {
        if let Some(local) = local_mut(op).filter(|local| **local > gone) {
            *local -= 1;
        }
    }
    Some(())
}
