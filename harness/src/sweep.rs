//! A sweep runs what completed once more under other gas limits: exactly enough, one less, and something below.

use crate::case::Relation;
use crate::{Case, Observation, Seed};
use rand::RngExt as _;

/// How many of a case's runs are swept.
const SWEPT: usize = 2;

/// The case with a repeat of its first run and with limit sweeps of some runs, given what the reference saw of it.
#[must_use]
pub fn expand(mut case: Case, seen: &Observation, seed: Seed) -> Case {
    let mut random = seed.stream("sweep");
    let runs = case.runs.len();
    if let Some(first) = case.runs.first().cloned() {
        case.relations.push(Relation::Repeat { of: 0, run: case.runs.len() });
        case.runs.push(first);
    }
    let completed = (0..runs).filter_map(|of| {
        let last = seen.runs.get(of)?.steps.last()?;
        let all = seen.runs.get(of)?.steps.len() == case.runs.get(of)?.steps();
        (all && last.outcome.completed() && last.gas_used > 0).then_some((of, last.gas_used))
    });
    for (of, gas) in completed.take(SWEPT).collect::<Vec<_>>() {
        let mut limits = vec![gas];
        if gas > 1 {
            limits.push(gas - 1);
        }
        if gas > 2 {
            limits.push(random.random_range(1..gas - 1));
        }
        for limit in limits {
            case.relations.push(Relation::Limit { of, run: case.runs.len() });
            let run = case.runs[of].with_last_limit(limit);
            case.runs.push(run);
        }
    }
    case
}
