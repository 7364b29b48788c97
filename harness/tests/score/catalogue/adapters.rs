//! Faults of adapters: what they tell of what happened, what they do of what they are asked to, and what they keep.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::observation::{ModuleObservation, Observation, Outcome, RunObservation, Step, TrapKind};
use modal_harness::{Call, CallableModule, Case, Run};
use modal_wasm_runtime::Value;

/// A way in which an adapter may fail to tell what happened.
pub(crate) type Lie = fn(&mut Observation);

fn steps(observation: &mut Observation) -> impl Iterator<Item = &mut Step> {
    observation.runs.iter_mut().flat_map(|run| &mut run.steps)
}

/// Ways in which an adapter may fail to tell what happened.
pub(crate) const LIES: &[(&str, Lie)] = &[
    ("answers constants", |seen| {
        for step in steps(seen) {
            step.outcome = Outcome::Completed(vec!["i32:0x00000000".into()]);
            (step.gas_used, step.gas_left) = (0, 0);
        }
    }),
    ("answers nothing", |seen| seen.runs.clear()),
    ("leaves out the last step", |seen| {
        for run in &mut seen.runs {
            run.steps.pop();
        }
    }),
    ("repeats the first run", |seen| {
        if let Some(first) = seen.runs.first().cloned() {
            seen.runs.iter_mut().for_each(|run| *run = RunObservation { steps: first.steps.clone() });
        }
    }),
    ("says every trap is an unreachable", |seen| {
        for step in steps(seen) {
            if let Outcome::Trapped(kind) = &mut step.outcome {
                *kind = TrapKind::Unreachable;
            }
        }
    }),
    ("charges a trap only what it used", |seen| {
        for step in steps(seen) {
            if !step.outcome.completed() {
                step.gas_used -= 1;
                step.gas_left += 1;
            }
        }
    }),
    ("counts a unit too much", |seen| {
        for step in steps(seen).filter(|step| step.gas_left > 0) {
            step.gas_used += 1;
            step.gas_left -= 1;
        }
    }),
    ("rounds gas to a float's 24 bits", |seen| {
        for step in steps(seen) {
            let limit = step.gas_used + step.gas_left;
            step.gas_used = step.gas_used as f32 as u64 & !1;
            step.gas_left = limit - step.gas_used;
        }
    }),
    ("forgets the high-water", |seen| steps(seen).for_each(|step| step.stack_high_water = 0)),
    ("quiets NaNs at the boundary", |seen| {
        for step in steps(seen) {
            if let Outcome::Completed(values) = &mut step.outcome {
                for value in
                    values.iter_mut().filter(|value| value.starts_with("f32:0x7f8") || value.starts_with("f32:0xff"))
                {
                    *value = "f32:0x7fc00000".into();
                }
            }
        }
    }),
    ("leaves out the memory", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.memory = None);
    }),
    ("looks at the memory's size only", |seen| {
        let memories = steps(seen).filter_map(|step| step.state.as_mut()?.memory.as_mut());
        memories.for_each(|memory| memory.sha256 = "0".repeat(64));
    }),
    ("leaves out the globals", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.globals.clear());
    }),
    ("leaves out the tables", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.tables.clear());
    }),
    ("hides calls to the host", |seen| steps(seen).for_each(|step| step.host_calls.clear())),
    ("hides what called modules came to", |seen| {
        steps(seen).flat_map(|step| &mut step.host_calls).for_each(|call| call.called = None);
    }),
    ("hides what called modules called", |seen| {
        let calls = steps(seen).flat_map(|step| &mut step.host_calls).filter_map(|call| call.called.as_mut());
        calls.for_each(|called| called.host_calls.clear());
    }),
    ("changes when it is repeated", |seen| {
        // Cases repeat their first run right after their own; the lie leaves the first one alone.
        if let [_, .., last] = &mut seen.runs[..]
            && let Some(step) = last.steps.last_mut()
        {
            step.stack_high_water += 1;
        }
    }),
    ("meters to other bytes", |seen| {
        if let ModuleObservation::Accepted { metered_sha256: Some(hash) } = &mut seen.module {
            hash.replace_range(..1, if hash.starts_with('0') { "1" } else { "0" });
        }
    }),
    ("calls a rejection something else", |seen| {
        if let ModuleObservation::Rejected { kind, .. } = &mut seen.module {
            *kind = "invalid".into();
        }
    }),
];

pub(super) fn bugs() -> Vec<Bug> {
    use Class::{Adapters, Caches, Digests, Requests};
    let lies = LIES.iter().map(|&(name, lie)| Bug::new(Adapters, name, Plant::Tells(lie)));
    let others = [
        Bug::new(
            Adapters,
            "swaps the two results of a call",
            Plant::Tells(|seen| {
                for step in steps(seen) {
                    if let Outcome::Completed(values) = &mut step.outcome
                        && values.len() == 2
                    {
                        values.reverse();
                    }
                }
            }),
        ),
        Bug::new(
            Adapters,
            "hides the last call to the host",
            Plant::Tells(|seen| {
                steps(seen).filter(|step| step.host_calls.len() > 1).for_each(|step| drop(step.host_calls.pop()));
            }),
        ),
        Bug::new(
            Adapters,
            "tells the start's high-water for calls",
            Plant::Tells(|seen| {
                for run in &mut seen.runs {
                    if let [start, calls @ ..] = &mut run.steps[..] {
                        calls.iter_mut().for_each(|call| call.stack_high_water = start.stack_high_water);
                    }
                }
            }),
        ),
        Bug::new(
            Digests,
            "tells the digest of the last table for every table",
            Plant::Tells(|seen| {
                for state in steps(seen).filter_map(|step| step.state.as_mut()) {
                    if let [others @ .., last] = &mut state.tables[..] {
                        others.iter_mut().for_each(|table| table.sha256.clone_from(&last.sha256));
                    }
                }
            }),
        ),
        Bug::new(Digests, "a memory's digest ends with the first page", Plant::Worker("first-page")),
        Bug::new(
            Digests,
            "a memory's digest leaves out the bytes behind the last whole word",
            Plant::Worker("whole-words"),
        ),
        Bug::new(Digests, "a memory's digest leaves out leading zeros", Plant::Worker("leading-zeros")),
        Bug::new(Digests, "a table's digest leaves out which function an element is", Plant::Worker("any-function")),
        Bug::new(Digests, "the state of the step before is told again", Plant::Worker("stale-state")),
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
    ];
    lies.chain(others).collect()
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
fn known_by(kept: &mut std::collections::BTreeMap<Vec<u8>, Vec<u8>>, key: Vec<u8>, case: &Case) -> Option<Case> {
    let module = kept.entry(key).or_insert_with(|| case.module.clone());
    (*module != case.module).then(|| Case { module: module.clone(), ..case.clone() })
}
