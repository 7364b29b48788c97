//! Arguments in the place of what is computed.

use super::locals::{local_mut, number};
use super::runs::with_every_run;
use super::signature::{entries, names_of};
use crate::reduce::sketch::Op;
use crate::reduce::subject::{Change, Subject};
use crate::{Case, Run};
use modal_wasm_runtime::Value;
use std::ops::Range;
use wasmparser::{FuncType, Operator, ValType};

/// A parameter more, which is one, in the place of a value that takes several operators to make.
pub(super) fn computed<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let entries = entries(subject);
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function, flow) in subject.bodies() {
        let Some(ty) = entries.iter().find(|(entry, _)| *entry == own).map(|&(_, ty)| ty) else { continue };
        for to in 1..function.body.len() {
            let Some((from, value)) = flow.value(function, to) else { continue };
            if to - from > 1
                && let Some(one) = one(value)
            {
                changes.push(Box::new(move || with_param(subject, own, ty, from..to, (value, one))));
            }
        }
    }
    changes
}

fn with_param(
    subject: &Subject<'_>,
    own: usize,
    ty: &FuncType,
    run: Range<usize>,
    (value, argument): (ValType, Value),
) -> Option<Case> {
    let names = names_of(subject.sketch.as_ref()?, own);
    let param = number(ty.params().len());
    let changed = subject.with_module(|sketch| {
        let params = ty.params().iter().copied().chain([value]).collect::<Vec<_>>();
        let ty = sketch.type_number(FuncType::new(params, ty.results().to_vec()));
        let function = sketch.functions.get_mut(own)?.as_mut()?;
        function.ty = ty;
        for op in &mut function.body {
            if let Some(local) = local_mut(op).filter(|local| **local >= param) {
                *local += 1;
            }
        }
        function.replace(vec![(run, vec![Op::Plain(Operator::LocalGet { local_index: param })])])
    })?;
    Some(with_every_run(&changed, |run, _| {
        if let Run::Exports { calls, .. } = run {
            calls.iter_mut().filter(|call| names.contains(&call.export)).for_each(|call| call.args.push(argument));
        }
    }))
}

/// One, of a type of numbers.
fn one(ty: ValType) -> Option<Value> {
    Some(match ty {
        ValType::I32 => Value::I32(1),
        ValType::I64 => Value::I64(1),
        ValType::F32 => Value::F32(1.0_f32.to_bits()),
        ValType::F64 => Value::F64(1.0_f64.to_bits()),
        ValType::V128 | ValType::Ref(_) => return None,
    })
}
