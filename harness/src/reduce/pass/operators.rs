//! Fewer operators: whatever a run of them leaves for its neighbours is replaced by as little as types allow.

use crate::reduce::flow::Flow;
use crate::reduce::sketch::{Function, Op};
use crate::reduce::subject::{Change, Subject};
use std::ops::Range;
use wasmparser::Operator;

/// Runs of so many operators, or more if blocks that begin in them end later.
pub(super) fn windows<'s>(subject: &'s Subject<'s>, size: usize) -> Vec<Change<'s>> {
    /// Below this every run is tried, above it half of one overlaps the next.
    const SMALL: usize = 6;
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        let last = function.body.len() - 1;
        let step = if size <= SMALL { 1 } else { size / 2 };
        for from in (0..last).step_by(step) {
            let enough = (from + size).min(last);
            let to = (enough..=last.min(enough + size)).find(|&to| flow.is_balanced(function, from, to));
            if let Some(to) = to {
                changes.push(Box::new(move || {
                    subject.with_function(own, |changed| cut(changed, flow.stand_in(function, from, to)?, from, to))
                }));
                // Where nobody is left to miss it, as before a branch that takes other operands, nothing stands in.
                changes
                    .push(Box::new(move || subject.with_function(own, |changed| cut(changed, Vec::new(), from, to))));
            }
        }
    }
    changes
}

/// What is dropped, be it much later, together with what made it.
pub(super) fn dropped<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for (at, op) in function.body.iter().enumerate() {
            if *op != Op::Plain(Operator::Drop) {
                continue;
            }
            if let Some((from, to)) = flow.maker(function, at) {
                changes.push(Box::new(move || {
                    let runs = vec![(from..to, Vec::new()), (at..at + 1, Vec::new())];
                    subject.with_function(own, |changed| changed.replace(runs))
                }));
            }
        }
    }
    changes
}

/// Everything from an operator to the end of its block.
pub(super) fn tails<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for from in 0..function.body.len() - 1 {
            let Some(to) = end_of_block(function, flow, from) else { continue };
            if to > from + 1 {
                changes.push(Box::new(move || {
                    subject.with_function(own, |changed| cut(changed, flow.stand_in(function, from, to)?, from, to))
                }));
            }
        }
    }
    changes
}

/// A value for one that is computed from it, or only beside it.
pub(super) fn operands<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    /// The parts of one value that are tried in its place.
    const PARTS: usize = 8;
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for whole_to in (1..function.body.len()).rev() {
            let Some((whole_from, ty)) = flow.value(function, whole_to) else { continue };
            let parts = (whole_from + 1..whole_to).rev().filter_map(|to| {
                let (from, part) = flow.value(function, to)?;
                (from >= whole_from && part == ty && flow.depth(to) == flow.depth(whole_to)).then_some((from, to))
            });
            for (from, to) in parts.take(PARTS) {
                changes.push(Box::new(move || {
                    let part = function.body.get(from..to)?.to_vec();
                    subject.with_function(own, |changed| cut(changed, part, whole_from, whole_to))
                }));
            }
        }
    }
    changes
}

/// Two cuts at once, where neither can be made alone, in a module that is small by then: operators, values, and what is
/// dropped with what made it.
pub(super) fn pairs<'s>(subject: &'s Subject<'s>, most_operators: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        let last = function.body.len() - 1;
        if last > most_operators {
            continue;
        }
        let single = (0..last).filter(|&at| flow.is_balanced(function, at, at + 1)).map(|at| at..at + 1);
        let values = (1..=last).filter_map(|to| Some(flow.value(function, to)?.0..to)).filter(|value| value.len() > 1);
        let dropped = (0..last).filter(|&at| function.body[at] == Op::Plain(Operator::Drop));
        let dropped = dropped.filter_map(|at| flow.maker(function, at).map(|(from, to)| vec![from..to, at..at + 1]));
        let cuts = single.chain(values).map(|cut| vec![cut]).chain(dropped).collect::<Vec<_>>();
        for (number, first) in cuts.iter().enumerate() {
            for second in &cuts[number + 1..] {
                let both = [&first[..], second].concat();
                // Nothing stands in for what is dropped.
                let variants = if both.len() == 2 { &[false, true][..] } else { &[false] };
                for &stands_in in variants {
                    let both = both.clone();
                    changes.push(Box::new(move || {
                        let with = |cut: &Range<usize>| match stands_in {
                            true => flow.stand_in(function, cut.start, cut.end),
                            false => Some(Vec::new()),
                        };
                        let runs = both.iter().map(|cut| Some((cut.clone(), with(cut)?))).collect::<Option<_>>()?;
                        subject.with_function(own, |changed| changed.replace(runs))
                    }));
                }
            }
        }
    }
    changes
}

/// Where the innermost block around an operator ends, or its first arm does.
fn end_of_block(function: &Function<'_>, flow: &Flow, from: usize) -> Option<usize> {
    (from..function.body.len()).find(|&at| {
        flow.depth(at) == flow.depth(from) && matches!(function.body[at], Op::Plain(Operator::End | Operator::Else))
    })
}

fn cut<'a>(function: &mut Function<'a>, stand_in: Vec<Op<'a>>, from: usize, to: usize) -> Option<()> {
    function.body.get(from..to)?;
    function.body.splice(from..to, stand_in);
    Some(())
}
