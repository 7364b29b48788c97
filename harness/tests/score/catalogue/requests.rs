//! Faults of adapters in what they do of what they are asked to, and in what they keep from one request for another.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::{Call, CallableModule, Case, Run};
use modal_wasm_runtime::Value;
use std::collections::BTreeMap;

pub(super) fn bugs() -> Vec<Bug> {
    use Class::{Caches, Requests};
    vec![
        Bug::new(
            Requests,
            "rounds i64 arguments to doubles",
            Plant::Hears(|_, case| {
                with_args(case, |args| {
                    for arg in args {
                        if let Value::I64(bits) = arg {
                            *bits = (*bits as i64 as f64) as i64 as u64;
                        }
                    }
                })
            }),
        ),
        Bug::new(
            Requests,
            "makes NaNs among f32 arguments quiet",
            Plant::Hears(|_, case| {
                with_args(case, |args| {
                    for arg in args {
                        if let Value::F32(bits) = arg
                            && f32::from_bits(*bits).is_nan()
                        {
                            *bits |= 0x40_0000;
                        }
                    }
                })
            }),
        ),
        Bug::new(
            Requests,
            "loses the sign of a zero argument",
            Plant::Hears(|_, case| {
                with_args(case, |args| {
                    for arg in args {
                        if *arg == Value::F64(1 << 63) {
                            *arg = Value::F64(0);
                        }
                    }
                })
            }),
        ),
        Bug::new(
            Requests,
            "swaps the first two arguments",
            Plant::Hears(|_, case| {
                with_args(case, |args| {
                    if let [first, second, ..] = args
                        && std::mem::discriminant(first) == std::mem::discriminant(second)
                    {
                        std::mem::swap(first, second);
                    }
                })
            }),
        ),
        Bug::new(
            Requests,
            "takes an extern reference for null",
            Plant::Hears(|_, case| {
                with_args(case, |args| {
                    args.iter_mut()
                        .filter(|arg| matches!(arg, Value::ExternRef(_)))
                        .for_each(|arg| *arg = Value::ExternRef(None));
                })
            }),
        ),
        Bug::new(
            Requests,
            "keeps gas limits in 16 bits",
            Plant::Hears(|_, case| {
                with_runs(case, |run| {
                    let gas = run.last_limit();
                    *run = run.with_last_limit((gas & 0xffff).max(1));
                })
            }),
        ),
        Bug::new(
            Requests,
            "counts an input in characters",
            Plant::Hears(|_, case| {
                with_runs(case, |run| {
                    if let Run::Abi { input, .. } = run {
                        let characters = input.chars().count();
                        *input = input
                            .char_indices()
                            .take_while(|(at, c)| at + c.len_utf8() <= characters)
                            .map(|(_, c)| c)
                            .collect();
                    }
                })
            }),
        ),
        Bug::new(
            Requests,
            "makes the last call of a run twice",
            Plant::HearsAndTells(
                |case| {
                    with_runs(case, |run| {
                        if let Run::Exports { calls, .. } = run
                            && let Some(last) = calls.last().cloned()
                        {
                            calls.push(last);
                        }
                    })
                },
                |case, seen| {
                    for (run, seen) in case.runs.iter().zip(&mut seen.runs) {
                        if seen.steps.len() > run.steps() {
                            seen.steps.remove(run.steps() - 1);
                        }
                    }
                },
            ),
        ),
        Bug::new(
            Caches,
            "a run finds the instance of the run before",
            Plant::HearsAndTells(
                |case| {
                    let mut other = case.clone();
                    let mut before: Vec<Call> = Vec::new();
                    for run in &mut other.runs {
                        let Run::Exports { calls, .. } = run else { continue };
                        let own = calls.clone();
                        calls.splice(0..0, before.iter().cloned());
                        before = own;
                    }
                    (other != *case).then_some(other)
                },
                |case, seen| {
                    for (run, seen) in case.runs.iter().zip(&mut seen.runs) {
                        let surplus = seen.steps.len().saturating_sub(run.steps());
                        if matches!(run, Run::Exports { .. }) && surplus > 0 {
                            seen.steps.drain(1..=surplus);
                        }
                    }
                },
            ),
        ),
        Bug::new(
            Caches,
            "modules are known by their length",
            Plant::Hears(|kept, case| known_by(kept, case.module.len().to_le_bytes().into(), case)),
        ),
        Bug::new(
            Caches,
            "modules are known by their first 64 bytes",
            Plant::Hears(|kept, case| known_by(kept, case.module.iter().copied().take(64).collect(), case)),
        ),
        Bug::new(
            Caches,
            "modules that can be called are known by their names",
            Plant::Hears(|kept, case| {
                let mut other = case.clone();
                for (name, CallableModule { bytes, .. }) in &mut other.modules {
                    bytes.clone_from(kept.entry(name.clone().into_bytes()).or_insert_with(|| bytes.clone()));
                }
                (other != *case).then_some(other)
            }),
        ),
        Bug::new(
            Caches,
            "a module that can be called keeps its first gas limit",
            Plant::Hears(|kept, case| {
                let mut other = case.clone();
                for (name, CallableModule { gas, .. }) in &mut other.modules {
                    let first = kept.entry(name.clone().into_bytes()).or_insert_with(|| gas.to_le_bytes().into());
                    *gas = first.as_slice().try_into().map_or(*gas, u64::from_le_bytes);
                }
                (other != *case).then_some(other)
            }),
        ),
    ]
}

/// The case with other arguments, if they are others.
fn with_args(case: &Case, change: fn(&mut [Value])) -> Option<Case> {
    let mut other = case.clone();
    for run in &mut other.runs {
        if let Run::Exports { calls, .. } = run {
            calls.iter_mut().for_each(|call| change(&mut call.args));
        }
    }
    (other != *case).then_some(other)
}

/// The case with other runs, if they are others.
fn with_runs(case: &Case, change: fn(&mut Run)) -> Option<Case> {
    let mut other = case.clone();
    other.runs.iter_mut().for_each(change);
    (other != *case).then_some(other)
}

/// The case with the first module that had its key.
fn known_by(kept: &mut BTreeMap<Vec<u8>, Vec<u8>>, key: Vec<u8>, case: &Case) -> Option<Case> {
    let module = kept.entry(key).or_insert_with(|| case.module.clone());
    (*module != case.module).then(|| Case { module: module.clone(), ..case.clone() })
}
