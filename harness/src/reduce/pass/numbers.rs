//! Plainer numbers: zero, one, and then whatever has fewer bits that matter.

use super::runs::with_every_run;
use crate::reduce::sketch::{ElementMode, Op, memarg};
use crate::reduce::subject::{Change, Subject};
use crate::reduce::weight::value as weight;
use crate::{Case, Run};
use modal_wasm_runtime::Value;
use wasmparser::Operator;

/// Plainer arguments of calls.
pub(super) fn arguments<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (run, made) in subject.case.runs.iter().enumerate() {
        let Run::Exports { calls, .. } = made else { continue };
        for (call, made) in calls.iter().enumerate() {
            for (number, &arg) in made.args.iter().enumerate() {
                changes.extend(plainer(arg).into_iter().map(|value| -> Change<'s> {
                    Box::new(move || Some(with_argument(subject.case, run, call, number, value)))
                }));
            }
        }
    }
    changes
}

/// Plainer constants, and plainer addresses and alignments of memory accesses.
pub(super) fn constants<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut changes: Vec<Change<'s>> = Vec::new();
    for (own, function) in sketch.bodies() {
        for (at, op) in function.body.iter().enumerate() {
            let Op::Plain(operator) = op else { continue };
            changes.extend(plainer_offsets(operator).into_iter().map(|offset| -> Change<'s> {
                Box::new(move || {
                    subject.with_function(own, |changed| {
                        let Op::Plain(access) = changed.body.get_mut(at)? else { return None };
                        memarg(access)?.offset = offset;
                        Some(())
                    })
                })
            }));
            if memarg(&mut operator.clone()).is_some_and(|memarg| memarg.align != memarg.max_align) {
                changes.push(Box::new(move || {
                    subject.with_function(own, |changed| {
                        let Op::Plain(access) = changed.body.get_mut(at)? else { return None };
                        let memarg = memarg(access)?;
                        memarg.align = memarg.max_align;
                        Some(())
                    })
                }));
            }
            changes.extend(plainer_operators(operator).into_iter().map(|plainer| -> Change<'s> {
                Box::new(move || {
                    subject.with_function(own, |changed| {
                        *changed.body.get_mut(at)? = Op::Plain(plainer.clone());
                        Some(())
                    })
                })
            }));
        }
    }
    for (index, global) in sketch.globals.iter().enumerate() {
        let Some([init]) = global.as_ref().map(|global| &global.init[..]) else { continue };
        changes.extend(plainer_operators(init).into_iter().map(|plainer| -> Change<'s> {
            Box::new(move || {
                subject.with_module(|sketch| {
                    sketch.globals.get_mut(index)?.as_mut()?.init = vec![plainer.clone()];
                    Some(())
                })
            })
        }));
    }
    for (index, data) in sketch.data.iter().enumerate() {
        let Some([offset]) = data.as_ref().and_then(|data| data.offset.as_deref()) else { continue };
        changes.extend(plainer_operators(offset).into_iter().map(|plainer| -> Change<'s> {
            Box::new(move || {
                subject.with_module(|sketch| {
                    sketch.data.get_mut(index)?.as_mut()?.offset = Some(vec![plainer.clone()]);
                    Some(())
                })
            })
        }));
    }
    for (index, element) in sketch.elements.iter().enumerate() {
        let Some(ElementMode::Active { table, offset }) = element.as_ref().map(|element| &element.mode) else {
            continue;
        };
        let [offset] = &offset[..] else { continue };
        changes.extend(plainer_operators(offset).into_iter().map(|plainer| -> Change<'s> {
            Box::new(move || {
                subject.with_module(|sketch| {
                    let mode = ElementMode::Active { table: *table, offset: vec![plainer.clone()] };
                    sketch.elements.get_mut(index)?.as_mut()?.mode = mode;
                    Some(())
                })
            })
        }));
    }
    changes
}

fn with_argument(case: &Case, run: usize, call: usize, number: usize, value: Value) -> Case {
    with_every_run(case, |made, at| {
        if let Run::Exports { calls, .. } = made
            && at == run
            && let Some(arg) = calls.get_mut(call).and_then(|call| call.args.get_mut(number))
        {
            *arg = value;
        }
    })
}

fn plainer_operators(operator: &Operator<'_>) -> Vec<Operator<'static>> {
    let operators = |value: Value| plainer(value).into_iter().filter_map(constant).collect();
    match operator {
        Operator::I32Const { value } => operators(Value::I32(value.cast_unsigned())),
        Operator::I64Const { value } => operators(Value::I64(value.cast_unsigned())),
        Operator::F32Const { value } => operators(Value::F32(value.bits())),
        Operator::F64Const { value } => operators(Value::F64(value.bits())),
        // What is no constant has no value of its own.
        _ => Vec::new(),
    }
}

/// Less far from where a memory access is told to go.
fn plainer_offsets(operator: &Operator<'_>) -> Vec<u64> {
    let offset = memarg(&mut operator.clone()).map_or(0, |memarg| memarg.offset);
    let offsets = integers(offset.cast_signed()).into_iter().filter_map(|plainer| u64::try_from(plainer).ok());
    offsets.filter(|&plainer| plainer < offset).collect()
}

fn constant(value: Value) -> Option<Operator<'static>> {
    Some(match value {
        Value::I32(bits) => Operator::I32Const { value: bits.cast_signed() },
        Value::I64(bits) => Operator::I64Const { value: bits.cast_signed() },
        Value::F32(bits) => Operator::F32Const { value: f32::from_bits(bits).into() },
        Value::F64(bits) => Operator::F64Const { value: f64::from_bits(bits).into() },
        Value::FuncRef(_) | Value::ExternRef(_) => return None,
    })
}

/// Values of the same type that weigh less, the least first.
fn plainer(value: Value) -> Vec<Value> {
    let mut values = match value {
        Value::I32(bits) => integers(i64::from(bits.cast_signed()))
            .into_iter()
            .filter_map(|plainer| Some(Value::I32(i32::try_from(plainer).ok()?.cast_unsigned())))
            .collect::<Vec<_>>(),
        Value::I64(bits) => integers(bits.cast_signed()).into_iter().map(|v| Value::I64(v.cast_unsigned())).collect(),
        Value::F32(bits) => {
            let shortened = [8, 16, 20, 22].map(|low| bits >> low << low);
            let known = [0.0, 1.0, -1.0, 2.0, 0.5, f32::INFINITY, f32::NAN].map(f32::to_bits);
            known.into_iter().chain(shortened).map(Value::F32).collect()
        }
        Value::F64(bits) => {
            let shortened = [16, 32, 44, 48, 51].map(|low| bits >> low << low);
            let known = [0.0, 1.0, -1.0, 2.0, 0.5, f64::INFINITY, f64::NAN].map(f64::to_bits);
            known.into_iter().chain(shortened).map(Value::F64).collect()
        }
        Value::FuncRef(Some(_)) => vec![Value::FuncRef(None)],
        Value::ExternRef(Some(_)) => vec![Value::ExternRef(None), Value::ExternRef(Some(0))],
        Value::FuncRef(None) | Value::ExternRef(None) => Vec::new(),
    };
    values.retain(|&plainer| weight(plainer) < weight(value));
    values.sort_by_key(|&plainer| weight(plainer));
    values.dedup();
    values
}

fn integers(value: i64) -> Vec<i64> {
    let top = 1_i64.checked_shl(value.unsigned_abs().checked_ilog2().unwrap_or_default()).unwrap_or(i64::MAX);
    let shorter = [1, 2, 4, 8, 16, 32].map(|bits| value >> bits);
    let powers = [top, top - 1, value & 0xff, value & 0xffff, value & 0xffff_ffff];
    [0, 1, 2, -1]
        .into_iter()
        .chain(shorter)
        .chain(powers)
        .chain([value.saturating_neg(), value.saturating_sub(1)])
        .collect()
}
