//! A hot run makes one call so often that an engine may compile its function again, and goes on.
//!
//! What an engine runs first it compiles quickly, what it runs often it compiles well, in V8 while the call goes on. Both
//! have to come to the same, and a function may change from the one to the other between any two calls. V8 as it comes counts
//! the bytes of code that were run, and only the dearest of these calls are enough for it: of four that were looked at on
//! Node 20, one of 350 gas, and none of less than a hundred. The lane `node-hot` has a low bar, and all four passed it.

use crate::case::{Call, Run};
use crate::lane::{Lane as _, ReferenceLane};
use crate::{Case, LaneFault, Seed};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use std::sync::Arc;

/// Of so many cases, one has a hot run, if it has a call that is cheap.
const CASES: u32 = 64;

/// How often the call is made.
const CALLS: usize = 400;

/// The most gas that the call may use.
const CHEAP: u64 = 600;

/// The hot run of a case, if it has one.
pub(super) fn run(seed: Seed, case: &Case) -> Result<Option<Run>, LaneFault> {
    let mut random = seed.stream("hot");
    if !random.random_ratio(1, CASES) {
        return Ok(None);
    }
    let calls = case.runs.iter().flat_map(|run| match run {
        Run::Exports { calls, .. } => calls.as_slice(),
        Run::Abi { .. } => &[],
    });
    let calls = calls.cloned().collect::<Vec<_>>();
    let sequence = |calls: Vec<Call>| Run::Exports { start_gas: super::inputs::START_GAS, calls };
    let Some(often) = calls.choose(&mut random) else { return Ok(None) };
    let alone = Case::new(case.module.clone(), vec![sequence(vec![often.clone()])]);
    let seen = ReferenceLane::default().observe(&Arc::new(alone))?;
    let step = seen.runs.first().and_then(|run| run.steps.get(1));
    if step.is_none_or(|step| !step.outcome.completed() || step.gas_used > CHEAP) {
        return Ok(None);
    }
    let others = calls.sample(&mut random, 2).cloned();
    Ok(Some(sequence(std::iter::repeat_n(often.clone(), CALLS).chain(others).chain([often.clone()]).collect())))
}
