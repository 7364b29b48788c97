//! Whole bodies, replaced by next to nothing.

use crate::reduce::sketch::{Function, Op, zero};
use crate::reduce::subject::{Change, Subject};
use wasmparser::Operator;

/// Bodies of so many functions that return zeros, or trap.
pub(super) fn plain<'s>(subject: &'s Subject<'s>, size: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let count = sketch.functions.len();
    let mut changes: Vec<Change<'s>> = Vec::new();
    for from in (0..count).step_by(size) {
        for traps in [false, true] {
            changes.push(Box::new(move || {
                subject.with_module(|changed| {
                    for function in changed.functions.iter_mut().skip(from).take(size).flatten() {
                        let results = changed.types.get(function.ty as usize)?.results();
                        empty(function, if traps { None } else { results.iter().map(|&ty| zero(ty)).collect() });
                    }
                    Some(())
                })
            }));
        }
    }
    changes
}

fn empty(function: &mut Function<'_>, values: Option<Vec<Operator<'static>>>) {
    let body = values.unwrap_or_else(|| vec![Operator::Unreachable]);
    function.locals.clear();
    function.body = body.into_iter().chain([Operator::End]).map(Op::Plain).collect();
}
