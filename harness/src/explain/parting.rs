//! A parting is the stretch of a call within which two observers begin to differ.
//!
//! No engine tells what it does operator by operator. But a gas limit is data: the same metered bytes, under a smaller
//! limit, stop at a checkpoint with everything that they have done by then to be seen. So the limit is searched for
//! under which the observers still agree while under the next they do not, and the reference says which operators lie
//! between.

use super::recorder::Recorder;
use crate::oracle::{Evidence, Witness};
use crate::{Bucket, Case, LaneFault, Panel, Run};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Where two observers part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parting {
    /// The largest limit that was found under which they agree, and the next.
    pub(super) limits: (u64, u64),
    /// The operators that the reference executes under the one and not yet under the other.
    pub(super) operators: Range<u64>,
}

/// Limits that are tried with one hearing.
const AT_ONCE: u64 = 15;

/// Searches for the parting of a bucket's observers in a step whose last operator begins at `gas` on the reference.
pub(super) fn search(
    panel: &mut Panel,
    case: &Case,
    bucket: &Bucket,
    (run, step): (&Run, usize),
    gas: u64,
) -> Result<Option<Parting>, LaneFault> {
    let limit = limit(run, step);
    let (mut agree, mut differ) = (0, limit.min(gas.saturating_add(1 << 20)));
    if !differ_under(panel, case, bucket, run, step, &[differ]).contains(&true) {
        differ = limit;
        if !differ_under(panel, case, bucket, run, step, &[differ]).contains(&true) {
            return Ok(None);
        }
    }
    while differ - agree > 1 {
        let width = differ - agree;
        let limits =
            (1..=AT_ONCE).map(|part| agree + (u128::from(width) * u128::from(part) / u128::from(AT_ONCE + 1)) as u64);
        let mut limits = limits.filter(|&limit| limit > agree).collect::<Vec<_>>();
        limits.dedup();
        let differing = differ_under(panel, case, bucket, run, step, &limits);
        let first = differing.iter().position(|&differs| differs).unwrap_or(limits.len());
        if let Some(&limit) = limits.get(first) {
            differ = limit;
        }
        if let Some(&limit) = first.checked_sub(1).and_then(|before| limits.get(before)) {
            agree = limit;
        }
    }
    let until = |limit: u64| -> Result<u64, LaneFault> {
        let recorder = Recorder::new(step, 0..0, BTreeSet::new());
        // A limit of nothing is none that a host accepts, and nothing runs under it.
        if limit == 0 { Ok(0) } else { Ok(recorder.record(case, &up_to(run, step, limit))?.operators) }
    };
    Ok(Some(Parting { limits: (agree, differ), operators: until(agree)?..until(differ)? }))
}

/// The gas limit of a step.
pub(super) fn limit(run: &Run, step: usize) -> u64 {
    match run {
        Run::Exports { start_gas, calls } => {
            step.checked_sub(1).and_then(|call| calls.get(call)).map_or(*start_gas, |call| call.gas)
        }
        Run::Abi { gas, .. } => *gas,
    }
}

/// The run up to a step, which is under another limit.
fn up_to(run: &Run, step: usize, limit: u64) -> Run {
    let mut run = run.clone();
    if let Run::Exports { calls, .. } = &mut run {
        calls.truncate(step);
    }
    run.with_last_limit(limit)
}

/// Under which limits the bucket's observers differ in a step.
fn differ_under(panel: &mut Panel, case: &Case, bucket: &Bucket, run: &Run, step: usize, limits: &[u64]) -> Vec<bool> {
    let runs = limits.iter().map(|&limit| up_to(run, step, limit)).collect();
    let modules = case.modules.clone();
    let probes = Case { modules, ..Case::new(case.module.clone(), runs) };
    let heard = panel.hear(&[Arc::new(probes)]).pop();
    let seen = |evidence: &Evidence, name: &str, number: usize| {
        let mut witnesses = evidence.lanes.iter().chain([&evidence.reference]);
        let Witness { observation, .. } = witnesses.find(|witness| witness.lane == name)?;
        observation.as_ref().ok()?.runs.get(number)?.steps.get(step).cloned()
    };
    (0..limits.len())
        .map(|number| {
            heard.as_ref().is_some_and(|(evidence, _)| {
                seen(evidence, &bucket.left, number) != seen(evidence, &bucket.right, number)
            })
        })
        .collect()
}
