//! Loops that go round twice, whatever they counted before.

use super::locals::{number, types};
use crate::reduce::flow::Flow;
use crate::reduce::sketch::{Function, Op};
use crate::reduce::subject::{Change, Subject};
use wasmparser::{Operator, ValType};

/// A condition that holds once, in the place of one that leads back to the begin of a loop: a local of its own, which is
/// zero at first and one from then on, is less than it becomes.
pub(super) fn twice<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for (at, op) in function.body.iter().enumerate() {
            let Op::Plain(Operator::BrIf { relative_depth }) = op else { continue };
            if !leads_back(function, flow, at, *relative_depth) {
                continue;
            }
            let Some((from, _)) = flow.value(function, at) else { continue };
            let local_index = number(types(sketch, function).len());
            let condition = [
                Operator::LocalGet { local_index },
                Operator::I32Const { value: 1 },
                Operator::LocalTee { local_index },
                Operator::I32LtU,
            ];
            // The second round may do what the first did, unless a zero that it begins with is something else.
            let zeros = (0..function.body.len()).filter_map(|zero| Some((zero, one(&function.body[zero])?)));
            for other in [None].into_iter().chain(zeros.map(Some)) {
                let condition = condition.clone();
                changes.push(Box::new(move || {
                    let mut runs = vec![(from..at, condition.iter().cloned().map(Op::Plain).collect())];
                    runs.extend(other.clone().map(|(zero, one)| (zero..zero + 1, vec![Op::Plain(one)])));
                    subject.with_function(own, |changed| {
                        changed.locals.push(ValType::I32);
                        changed.replace(runs)
                    })
                }));
            }
        }
    }
    changes
}

/// One, for an operator that makes zero.
fn one(op: &Op<'_>) -> Option<Operator<'static>> {
    Some(match op {
        Op::Plain(Operator::I32Const { value: 0 }) => Operator::I32Const { value: 1 },
        Op::Plain(Operator::I64Const { value: 0 }) => Operator::I64Const { value: 1 },
        Op::Plain(Operator::F32Const { value }) if value.bits() == 0 => Operator::F32Const { value: 1.0_f32.into() },
        Op::Plain(Operator::F64Const { value }) if value.bits() == 0 => Operator::F64Const { value: 1.0_f64.into() },
        Op::Plain(_) | Op::BrTable { .. } => return None,
    })
}

/// Whether a label at an operator is a loop's.
fn leads_back(function: &Function<'_>, flow: &Flow, at: usize, label: u32) -> bool {
    let Some(depth) = flow.depth(at).checked_sub(label + 1) else { return false };
    let begins = |&begin: &usize| flow.depth(begin) == depth && function.body[begin].begins().is_some();
    let begin = (0..at).rev().find(begins);
    begin.is_some_and(|begin| matches!(function.body[begin], Op::Plain(Operator::Loop { .. })))
}
