//! A sweep runs what completed once more under other gas limits: exactly enough, one less, and something below.

use crate::case::Relation;
use crate::observation::Step;
use crate::oracle::need::need;
use crate::{Case, Observation, Run, Seed};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;

/// How many of a case's runs are swept.
const SWEPT: usize = 2;

/// How many limits below the total are tried, beside the one next to it.
const SAMPLES: usize = 2;

/// The part of a case that the reference has to see before it is expanded. Calls of validators are alike but for their
/// inputs, and long: one of them is swept.
#[must_use]
pub fn look(case: &Case) -> Case {
    let runs = if case.validations.is_empty() { &case.runs[..] } else { case.runs.get(..1).unwrap_or_default() };
    Case { modules: case.modules.clone(), ..Case::new(case.module.clone(), runs.to_vec()) }
}

/// The case with a repeat of its first run and with limit sweeps of some runs, given what the reference saw of [its
/// part](look).
#[must_use]
pub fn expand(mut case: Case, seen: &Observation, seed: Seed) -> Case {
    let mut random = seed.stream("sweep");
    let own = case.runs.len();
    if let Some(first) = case.runs.first().cloned() {
        case.relations.push(Relation::Repeat { of: 0, run: own });
        case.runs.push(first);
    }
    let completed = (0..own).filter(|&of| completes(&case, seen, of)).collect::<Vec<_>>();
    for of in completed.sample(&mut random, SWEPT).copied().collect::<Vec<_>>() {
        if let Some(step) = seen.runs[of].steps.last() {
            sweep(&mut case, of, step, || random.random());
        }
    }
    // Starting is swept by itself in some cases: most starts cost what their segments cost and no more.
    let start = seen.runs.iter().find_map(|run| run.steps.first().filter(|step| step.outcome.completed()));
    if let (Some(start), true, [Run::Exports { start_gas, .. }, ..]) =
        (start, random.random_ratio(1, 4), &case.runs[..])
    {
        let of = case.runs.len();
        let run = Run::Exports { start_gas: *start_gas, calls: Vec::new() };
        case.runs.push(run);
        sweep(&mut case, of, start, || random.random());
    }
    case
}

/// Whether every step of a run completes.
fn completes(case: &Case, seen: &Observation, of: usize) -> bool {
    seen.runs.get(of).zip(case.runs.get(of)).is_some_and(|(seen, run)| {
        seen.steps.len() == run.steps() && seen.steps.iter().all(|step| step.outcome.completed())
    })
}

/// Adds runs like `of`, whose last step was seen as `step`, under limits around what that needs and what it used.
fn sweep(case: &mut Case, of: usize, step: &Step, mut random: impl FnMut() -> u64) {
    let need = need(case, step).unwrap_or(step.gas_used);
    let below = need.saturating_sub(1);
    let mut limits = vec![need, below, step.gas_used];
    limits.extend((0..SAMPLES).map(|_| random().checked_rem(below).unwrap_or_default()));
    limits.sort_unstable();
    limits.dedup();
    // A limit of nothing is no limit that a host accepts.
    for limit in limits.into_iter().filter(|&limit| limit > 0) {
        case.relations.push(Relation::Limit { of, run: case.runs.len() });
        let run = case.runs[of].with_last_limit(limit);
        case.runs.push(run);
    }
}
