//! Gas used and gas left add up to the limit, and what does not complete uses the limit up.

use crate::observation::Step;
use crate::{Case, Divergence, Observation, Property, Run};

/// The first step of an observation that breaks the law.
pub(super) fn broken(case: &Case, lane: &str, observation: &Observation) -> Option<Divergence> {
    if observation.runs.len() != case.runs.len() {
        return Some(differs(lane, observation.runs.len(), case.runs.len(), "runs.length".into()));
    }
    for (index, (run, observed)) in case.runs.iter().zip(&observation.runs).enumerate() {
        let completed_start = observed.steps.first().is_some_and(|step| step.outcome.completed());
        let expected = if completed_start { run.steps() } else { 1 };
        if observed.steps.len() != expected {
            return Some(differs(lane, observed.steps.len(), expected, format!("runs[{index}].steps.length")));
        }
        for (number, (step, limit)) in observed.steps.iter().zip(limits(run)).enumerate() {
            let Step { outcome, gas_used, gas_left, .. } = step;
            let place = |field: &str| format!("runs[{index}].steps[{number}].{field}");
            if gas_used.checked_add(*gas_left) != Some(limit) {
                let left = limit.saturating_sub(*gas_used);
                return Some(differs(lane, gas_left, &left, place("gas_left")));
            }
            if !outcome.completed() && *gas_used != limit {
                return Some(differs(lane, gas_used, &limit, place("gas_used")));
            }
        }
    }
    None
}

fn limits(run: &Run) -> Vec<u64> {
    match run {
        Run::Exports { start_gas, calls } => {
            std::iter::once(*start_gas).chain(calls.iter().map(|call| call.gas)).collect()
        }
        Run::Abi { gas, .. } => vec![*gas],
    }
}

fn differs<T: ToString>(lane: &str, seen: T, demanded: T, place: String) -> Divergence {
    Divergence::at(Property::GasLaw, (lane, seen.to_string()), ("the law", demanded.to_string()), place)
}
