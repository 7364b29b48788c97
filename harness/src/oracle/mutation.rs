//! A mutant that means what its parent does comes to the same, whatever it costs.
//!
//! Gas and stack differ between the two, so a run is compared up to the step at which either ends for want of them. What
//! a mutant has more of, functions and globals that nothing uses, comes after what the parent has.

use super::agreement::first_difference;
use crate::observation::{Outcome, State, Step, TrapKind};
use crate::{Case, Divergence, Observation, Property};
use serde_json::{Value, json};

/// The name by which the parent stands in a divergence.
pub(crate) const PARENT: &str = "parent";

/// The first difference between a lane's observation of a mutant and the reference's of its parent.
pub(crate) fn differs(case: &Case, parent: &Observation, lane: &str, seen: &Observation) -> Option<Divergence> {
    compared(case, parent, seen).find_map(|(run, step, (first, second))| {
        let globals = first.state.as_ref().map_or(0, |state| state.globals.len());
        let (theirs, ours) = (tree(first, globals), tree(second, globals));
        let (place, ours, theirs) = first_difference(&ours, &theirs, format!("runs[{run}].steps[{step}]"))?;
        Some(Divergence::at(Property::Mutation, (lane, ours), (PARENT, theirs), place))
    })
}

/// Of the steps of a mutant, those that are compared, and those that are not for want of gas or stack.
pub(crate) fn counts(case: &Case, parent: &Observation, seen: &Observation) -> (u64, u64) {
    let own = own(case, seen).map(|index| seen.runs[index].steps.len() as u64).sum::<u64>();
    let compared = compared(case, parent, seen).count() as u64;
    (compared, own.saturating_sub(compared))
}

/// The steps that are compared: run, step, and what was seen of it on the parent and on the mutant.
fn compared<'a>(
    case: &'a Case,
    parent: &'a Observation,
    seen: &'a Observation,
) -> impl Iterator<Item = (usize, usize, (&'a Step, &'a Step))> {
    own(case, seen).flat_map(|index| {
        let theirs = parent.runs.get(index).map(|run| run.steps.as_slice()).unwrap_or_default();
        let pairs = theirs.iter().zip(&seen.runs[index].steps);
        let ample = pairs.take_while(|(first, second)| !lacks(first) && !lacks(second));
        ample.enumerate().map(move |(step, pair)| (index, step, pair))
    })
}

/// The runs that repeat no other under another limit.
fn own<'a>(case: &'a Case, seen: &Observation) -> impl Iterator<Item = usize> + use<'a> {
    (0..seen.runs.len()).filter(|index| case.relations.iter().all(|relation| relation.derived() != *index))
}

fn lacks(step: &Step) -> bool {
    matches!(step.outcome, Outcome::Trapped(TrapKind::OutOfGas | TrapKind::CallStackExhausted))
}

/// What has to be the same, with as many globals.
fn tree(step: &Step, globals: usize) -> Value {
    let State { memory, globals: values, tables } = match &step.state {
        Some(state) => state.clone(),
        None => State { memory: None, globals: Vec::new(), tables: Vec::new() },
    };
    let globals = values.into_iter().take(globals).collect::<Vec<_>>();
    json!({
        "outcome": step.outcome,
        "host_calls": step.host_calls,
        "state": { "memory": memory, "globals": globals, "tables": tables },
    })
}
