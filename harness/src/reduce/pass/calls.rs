//! Fewer functions: what a call does in the place of the call.

use super::locals::{local_mut, number, types};
use super::signature::{as_block, leaves_early};
use crate::reduce::sketch::{Op, Sketch};
use crate::reduce::subject::{Change, Subject};
use wasmparser::{FuncType, Operator};

/// The body of a function for a call of it, and the function gone if nothing else names it.
pub(super) fn inlined<'s>(subject: &'s Subject<'s>, most_operators: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function) in sketch.bodies() {
        for (at, op) in function.body.iter().enumerate() {
            let Op::Plain(Operator::Call { function_index }) = op else { continue };
            let Some(callee) = sketch.own(*function_index).filter(|callee| *callee != own) else { continue };
            let length = sketch.functions.get(callee).and_then(Option::as_ref).map(|callee| callee.body.len());
            if length.is_some_and(|length| length <= most_operators) {
                changes.push(Box::new(move || subject.with_module(|sketch| inline(sketch, own, at, callee))));
            }
        }
    }
    changes
}

fn inline(sketch: &mut Sketch<'_>, caller: usize, at: usize, callee: usize) -> Option<()> {
    let ty = sketch.function_type(sketch.index_of(callee))?.clone();
    let mut inner = sketch.functions.get(callee)?.as_ref()?.clone();
    let first = number(types(sketch, sketch.functions.get(caller)?.as_ref()?).len());
    for op in &mut inner.body {
        if let Some(local) = local_mut(op) {
            *local += first;
        }
    }
    if leaves_early(&inner) {
        let block = sketch.name_block_type(FuncType::new([], ty.results().to_vec()));
        as_block(&mut inner, block);
    } else {
        inner.body.pop();
    }
    let params = first..first + number(ty.params().len());
    let arguments = params.rev().map(|local_index| Op::Plain(Operator::LocalSet { local_index }));
    let function = sketch.functions.get_mut(caller)?.as_mut()?;
    function.locals.extend(ty.params().iter().chain(&inner.locals));
    function.body.splice(at..=at, arguments.chain(inner.body));
    sketch.retain_used();
    Some(())
}
