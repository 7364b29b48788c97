//! Faults of adapters in what they tell of what happened, and in digests.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::observation::{ModuleObservation, Observation, Outcome, RunObservation, Step, TrapKind};

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
    use Class::{Adapters, Digests};
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
    ];
    lies.chain(others).collect()
}
