//! Fewer blocks, and plainer control.

use crate::reduce::flow::Flow;
use crate::reduce::sketch::{Function, Op, Sketch, zero};
use crate::reduce::subject::{Change, Subject};
use std::ops::Range;
use wasmparser::{FuncType, Operator, ValType};

/// The contents of a block in its place: of an `if`, those of either arm.
pub(super) fn unwrapped<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, _) in subject.bodies() {
        for begin in 0..function.body.len() {
            let Some(Block { otherwise, end }) = block(function, begin) else { continue };
            let arms = match (&function.body[begin], otherwise) {
                (Op::Plain(Operator::If { .. }), Some(otherwise)) => {
                    vec![(true, begin + 1, otherwise), (true, otherwise + 1, end)]
                }
                (Op::Plain(Operator::If { .. }), None) => vec![(true, begin + 1, end), (true, end, end)],
                _ => vec![(false, begin + 1, end)],
            };
            for (condition, from, to) in arms {
                changes.push(Box::new(move || {
                    let contents = outside(function.body.get(from..to)?);
                    let dropped = condition.then_some(Op::Plain(Operator::Drop));
                    subject.with_function(own, |changed| {
                        changed.body.splice(begin..=end, dropped.into_iter().chain(contents));
                        Some(())
                    })
                }));
            }
        }
    }
    changes
}

/// An operator of plainer control in the place of one.
pub(super) fn simpler<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    /// The functions that are tried in the place of a table's.
    const CALLEES: usize = 4;
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    let mut replace = |own: usize, from: usize, to: usize, with: Vec<Op<'s>>| {
        changes.push(Box::new(move || {
            subject.with_function(own, |changed| {
                changed.body.get(from..to)?;
                changed.body.splice(from..to, with.iter().cloned());
                Some(())
            })
        }));
    };
    let dropping = |operator| vec![Op::Plain(Operator::Drop), Op::Plain(operator)];
    for (own, function, _) in subject.bodies() {
        for (at, op) in function.body.iter().enumerate() {
            match op {
                Op::Plain(Operator::Loop { blockty }) => {
                    replace(own, at, at + 1, vec![Op::Plain(Operator::Block { blockty: *blockty })]);
                }
                Op::Plain(Operator::If { .. }) => {
                    if let Some(Block { otherwise: Some(otherwise), end }) = block(function, at) {
                        replace(own, otherwise, end, Vec::new());
                    }
                }
                Op::Plain(Operator::BrIf { relative_depth }) => {
                    replace(own, at, at + 1, dropping(Operator::Br { relative_depth: *relative_depth }));
                }
                Op::Plain(Operator::TypedSelect { .. }) => {
                    replace(own, at, at + 1, vec![Op::Plain(Operator::Select)]);
                }
                Op::Plain(Operator::CallIndirect { type_index, .. }) => {
                    for callee in callees(sketch, *type_index).take(CALLEES) {
                        replace(own, at, at + 1, dropping(Operator::Call { function_index: callee }));
                    }
                }
                Op::BrTable { targets, default } => {
                    replace(own, at, at + 1, dropping(Operator::Br { relative_depth: *default }));
                    for kept in [0, targets.len() / 2, targets.len().saturating_sub(1)] {
                        let targets = targets[..kept.min(targets.len())].to_vec();
                        replace(own, at, at + 1, vec![Op::BrTable { targets, default: *default }]);
                    }
                }
                Op::Plain(_) => {}
            }
        }
    }
    changes
}

/// Without the last parameter or the last result of a block, or without both.
pub(super) fn narrower<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        for (begin, op) in function.body.iter().enumerate() {
            let (Some(ty), Some(block)) = (op.begins(), block(function, begin)) else { continue };
            let ty = sketch.block_type(ty);
            let param = ty.params().last().copied();
            let result = ty.results().last().copied();
            for (param, result) in [(param, None), (None, result), (param, result)] {
                for gone in [true, false] {
                    if param.is_none() && result.is_none() {
                        continue;
                    }
                    let ty = ty.clone();
                    changes.push(Box::new(move || {
                        let mut runs = Vec::new();
                        if let Some(param) = param {
                            runs.extend(without_param(function, flow, begin, &block, param, gone)?);
                        }
                        if let Some(result) = result {
                            runs.extend(without_result(function, flow, begin, &block, result, gone)?);
                        }
                        subject.with_module(|sketch| {
                            let params = &ty.params()[..ty.params().len() - usize::from(param.is_some())];
                            let results = &ty.results()[..ty.results().len() - usize::from(result.is_some())];
                            let ty = sketch.name_block_type(FuncType::new(params.to_vec(), results.to_vec()));
                            let changed = sketch.functions.get_mut(own)?.as_mut()?;
                            match changed.body.get_mut(begin)? {
                                Op::Plain(
                                    Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty },
                                ) => *blockty = ty,
                                Op::Plain(_) | Op::BrTable { .. } => return None,
                            }
                            changed.replace(runs)
                        })
                    }));
                }
            }
        }
    }
    changes
}

/// Runs of operators and what takes their place.
type Runs<'a> = Vec<(Range<usize>, Vec<Op<'a>>)>;

/// What becomes of a block's last parameter: what made it and a drop that takes it are `gone`, or it is dropped before
/// the block and zero in it.
fn without_param<'a>(
    function: &Function<'a>,
    flow: &Flow,
    begin: usize,
    block: &Block,
    param: ValType,
    gone: bool,
) -> Option<Runs<'a>> {
    if let Op::Plain(Operator::If { .. }) = function.body.get(begin)? {
        // The condition lies on top of it.
        return None;
    }
    if !gone {
        let inside = zero(param).map(Op::Plain).into_iter().collect();
        return Some(vec![(begin..begin, vec![Op::Plain(Operator::Drop)]), (begin + 1..begin + 1, inside)]);
    }
    let (from, to) = flow.maker(function, begin)?;
    let mut runs = vec![(from..to, Vec::new())];
    if let Op::Plain(Operator::Loop { .. }) = function.body.get(begin)? {
        runs.extend(without_carried(function, flow, begin, block)?);
    }
    if function.body.get(begin + 1)? == &Op::Plain(Operator::Drop) && begin + 1 < block.end {
        runs.push((begin + 1..begin + 2, Vec::new()));
    }
    Some(runs)
}

/// What becomes of a block's last result: what made it and a drop that takes it are `gone`, or it is dropped at the end
/// of the block and zero after it.
fn without_result<'a>(
    function: &Function<'a>,
    flow: &Flow,
    begin: usize,
    block: &Block,
    result: ValType,
    gone: bool,
) -> Option<Runs<'a>> {
    let mut runs = Vec::new();
    if gone && !matches!(function.body.get(begin)?, Op::Plain(Operator::Loop { .. })) {
        runs.extend(without_carried(function, flow, begin, block)?);
    }
    for end in block.otherwise.into_iter().chain([block.end]) {
        if flow.operands(end).is_none() {
            // Control does not get there, and nothing has to be in its place.
        } else if gone {
            let (from, to) = flow.maker(function, end)?;
            runs.push((from..to, Vec::new()));
        } else {
            runs.push((end..end, vec![Op::Plain(Operator::Drop)]));
        }
    }
    let after = block.end + 1;
    if function.body.get(after)? == &Op::Plain(Operator::Drop) {
        runs.push((after..after + 1, Vec::new()));
    } else {
        runs.push((after..after, zero(result).map(Op::Plain).into_iter().collect()));
    }
    Some(runs)
}

/// What becomes of the last value that branches carry to a block: what made it goes, and a drop that takes it where the
/// branch is not taken.
fn without_carried<'a>(function: &Function<'a>, flow: &Flow, begin: usize, block: &Block) -> Option<Runs<'a>> {
    let mut runs = Vec::new();
    for at in begin + 1..block.end {
        let label = flow.depth(at).checked_sub(flow.depth(begin) + 1)?;
        let mut op = function.body.get(at)?.clone();
        if !op.labels_mut().into_iter().any(|to| *to == label) || flow.operands(at).is_none() {
            continue;
        }
        match op {
            Op::Plain(Operator::Br { .. }) => {
                let (from, to) = flow.maker(function, at)?;
                runs.push((from..to, Vec::new()));
            }
            Op::Plain(Operator::BrIf { .. }) => {
                let (condition, _) = flow.value(function, at)?;
                let (from, to) = flow.maker(function, condition)?;
                runs.push((from..to, Vec::new()));
                if function.body.get(at + 1)? == &Op::Plain(Operator::Drop) {
                    runs.push((at + 1..at + 2, Vec::new()));
                }
            }
            // A table may lead elsewhere too, where the value is wanted.
            Op::BrTable { .. } | Op::Plain(_) => return None,
        }
    }
    Some(runs)
}

/// Where the parts of a block are.
#[derive(Clone, Copy)]
struct Block {
    otherwise: Option<usize>,
    end: usize,
}

/// The block that an operator begins.
fn block(function: &Function<'_>, begin: usize) -> Option<Block> {
    function.body.get(begin)?.begins()?;
    let mut inside = 0_usize;
    let mut otherwise = None;
    for (at, op) in function.body.iter().enumerate().skip(begin + 1) {
        match op {
            Op::Plain(Operator::Else) if inside == 0 => otherwise = Some(at),
            Op::Plain(Operator::End) if inside == 0 => return Some(Block { otherwise, end: at }),
            Op::Plain(Operator::End) => inside -= 1,
            op if op.begins().is_some() => inside += 1,
            Op::Plain(_) | Op::BrTable { .. } => {}
        }
    }
    None
}

/// The contents of a block without it: branches to it go to the block around it.
fn outside<'a>(contents: &[Op<'a>]) -> Vec<Op<'a>> {
    let mut inside = 0;
    let mut moved = contents.to_vec();
    for op in &mut moved {
        for label in op.labels_mut() {
            if *label > inside {
                *label -= 1;
            }
        }
        match op {
            Op::Plain(Operator::End) => inside -= 1,
            op if op.begins().is_some() => inside += 1,
            Op::Plain(_) | Op::BrTable { .. } => {}
        }
    }
    moved
}

/// The functions of a type.
fn callees(sketch: &Sketch<'_>, ty: u32) -> impl Iterator<Item = u32> {
    let wanted = sketch.types.get(ty as usize);
    let functions = sketch.bodies().map(|(own, function)| (sketch.index_of(own), function.ty));
    functions.filter(move |(_, ty)| sketch.types.get(*ty as usize) == wanted).map(|(index, _)| index)
}
