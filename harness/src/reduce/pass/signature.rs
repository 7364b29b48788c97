//! Shorter signatures of the functions that runs call and nothing else does.

use super::locals::{local_mut, number, types};
use super::runs::with_every_run;
use crate::reduce::sketch::{Function, Items, Op, Sketch};
use crate::reduce::subject::{Change, Subject};
use crate::{Case, Run};
use wasmparser::{BlockType, ExternalKind, FuncType, Operator};

/// A local, which is zero, in the place of a parameter.
pub(super) fn fewer_params<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, ty) in entries(subject) {
        for param in (0..ty.params().len()).rev() {
            changes.push(Box::new(move || without_param(subject, own, param)));
        }
    }
    changes
}

/// One result of several, or none: what made the others goes, or they are dropped.
pub(super) fn fewer_results<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let entries = entries(subject);
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        let Some(ty) = entries.iter().find(|(entry, _)| *entry == own).map(|&(_, ty)| ty) else { continue };
        let count = ty.results().len();
        let kept = (0..count).map(Some).chain([None]).filter(|kept| count > usize::from(kept.is_some()));
        for kept in kept {
            changes.push(Box::new(move || {
                let last = function.body.len() - 1;
                let gone = (0..count).filter(|result| Some(*result) != kept);
                let makers = gone.map(|result| flow.maker_below(function, last, count - 1 - result));
                let runs =
                    makers.map(|run| run.map(|(from, to)| (from..to, Vec::new()))).collect::<Option<Vec<_>>>()?;
                subject.with_module(|sketch| {
                    let results = kept.and_then(|kept| ty.results().get(kept)).copied();
                    let ty = sketch.type_number(FuncType::new(ty.params().to_vec(), results));
                    let changed = sketch.functions.get_mut(own)?.as_mut()?;
                    changed.ty = ty;
                    changed.replace(runs)
                })
            }));
            changes.push(Box::new(move || subject.with_module(|sketch| with_result(sketch, own, kept))));
        }
    }
    changes
}

/// The module's own functions that exports name and nothing in the module calls or refers to.
pub(super) fn entries<'s>(subject: &'s Subject<'s>) -> Vec<(usize, &'s FuncType)> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let abi = subject.case.runs.iter().any(|run| matches!(run, Run::Abi { .. }));
    let exported =
        |index: u32| sketch.exports.iter().any(|export| export.kind == ExternalKind::Func && export.index == index);
    let inside = |index: u32| {
        let names = |operator: &Operator<'_>| matches!(operator, Operator::Call { function_index } | Operator::RefFunc { function_index } if *function_index == index);
        let bodies = sketch.bodies().flat_map(|(_, function)| &function.body);
        let segments = sketch.elements.iter().flatten();
        sketch.start == Some(index)
            || bodies.into_iter().any(|op| matches!(op, Op::Plain(operator) if names(operator)))
            || sketch.globals.iter().flatten().any(|global| global.init.iter().any(names))
            || segments.into_iter().any(|element| match &element.items {
                Items::Functions(functions) => functions.contains(&index),
                Items::Expressions(_, items) => items.iter().flatten().any(names),
            })
    };
    let own = sketch.bodies().map(|(own, _)| (own, sketch.index_of(own)));
    let own = own.filter(|(_, index)| !abi && exported(*index) && !inside(*index));
    own.filter_map(|(own, index)| Some((own, sketch.function_type(index)?))).collect()
}

/// The names by which runs call one of the module's own functions.
pub(super) fn names_of(sketch: &Sketch<'_>, own: usize) -> Vec<String> {
    let index = sketch.index_of(own);
    let exports = sketch.exports.iter().filter(|export| export.kind == ExternalKind::Func && export.index == index);
    exports.map(|export| export.name.clone()).collect()
}

fn without_param(subject: &Subject<'_>, own: usize, param: usize) -> Option<Case> {
    let sketch = subject.sketch.as_ref()?;
    let index = sketch.index_of(own);
    let names = names_of(sketch, own);
    let changed = subject.with_module(|sketch| {
        let ty = sketch.function_type(index)?.clone();
        let all = types(sketch, sketch.functions.get(own)?.as_ref()?);
        let mut params = ty.params().to_vec();
        let gone = params.remove(param);
        let ty = sketch.type_number(FuncType::new(params, ty.results().to_vec()));
        let function = sketch.functions.get_mut(own)?.as_mut()?;
        function.ty = ty;
        let mut named = false;
        for op in &mut function.body {
            let Some(local) = local_mut(op) else { continue };
            if *local == number(param) {
                *local = number(all.len() - 1);
                named = true;
            } else if *local > number(param) {
                *local -= 1;
            }
        }
        if named {
            function.locals.push(gone);
        }
        Some(())
    })?;
    Some(with_every_run(&changed, |run, _| {
        if let Run::Exports { calls, .. } = run {
            for call in calls.iter_mut().filter(|call| names.contains(&call.export)) {
                if param < call.args.len() {
                    call.args.remove(param);
                }
            }
        }
    }))
}

/// Keeps one of the results, or none: the body becomes a block, whose other results are dropped.
fn with_result(sketch: &mut Sketch<'_>, own: usize, kept: Option<usize>) -> Option<()> {
    let before = sketch.function_type(sketch.index_of(own))?.clone();
    let results = before.results().to_vec();
    let kept_type = kept.and_then(|kept| results.get(kept)).copied();
    let block = sketch.name_block_type(FuncType::new([], results.clone()));
    let ty = sketch.type_number(FuncType::new(before.params().to_vec(), kept_type));
    let scratch = number(types(sketch, sketch.functions.get(own)?.as_ref()?).len());
    let function = sketch.functions.get_mut(own)?.as_mut()?;
    function.ty = ty;
    if leaves_early(function) {
        as_block(function, block);
    } else {
        function.body.pop();
    }
    let after = results.len() - kept.map_or(0, |kept| kept + 1);
    function.body.extend((0..after).map(|_| Op::Plain(Operator::Drop)));
    if let (Some(kept @ 1..), Some(kept_type)) = (kept, kept_type) {
        function.locals.push(kept_type);
        function.body.push(Op::Plain(Operator::LocalSet { local_index: scratch }));
        function.body.extend((0..kept).map(|_| Op::Plain(Operator::Drop)));
        function.body.push(Op::Plain(Operator::LocalGet { local_index: scratch }));
    }
    function.body.push(Op::Plain(Operator::End));
    Some(())
}

/// Whether something but the last `end` leaves a body.
pub(super) fn leaves_early(function: &Function<'_>) -> bool {
    let mut depth = 0;
    function.body.iter().any(|op| {
        let mut op = op.clone();
        let out = op.labels_mut().into_iter().any(|label| *label == depth);
        match &op {
            Op::Plain(Operator::End) => depth = depth.saturating_sub(1),
            op if op.begins().is_some() => depth += 1,
            Op::Plain(_) | Op::BrTable { .. } => {}
        }
        out || op == Op::Plain(Operator::Return)
    })
}

/// Makes a body one block that every way out leads to the end of.
pub(super) fn as_block(function: &mut Function<'_>, block: BlockType) {
    let mut depth = 0;
    for op in &mut function.body {
        match op {
            Op::Plain(Operator::End) => depth = u32::saturating_sub(depth, 1),
            Op::Plain(Operator::Return) => *op = Op::Plain(Operator::Br { relative_depth: depth }),
            op if op.begins().is_some() => depth += 1,
            Op::Plain(_) | Op::BrTable { .. } => {}
        }
    }
    function.body.insert(0, Op::Plain(Operator::Block { blockty: block }));
}
