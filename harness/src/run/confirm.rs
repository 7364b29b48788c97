//! A sample of a run's cases is observed once more, in processes that have seen nothing else and in the opposite
//! order, so that state which outlives a case shows.

use super::{Finding, RunConfig, Summary};
use crate::divergence::{Divergence, Property};
use crate::lane::{ForeignLane, Lane, LaneKind, ProcessLane, WorkerCommand};
use crate::oracle::Evidence;
use crate::verdict::Cause;
use crate::{Case, Observation, Seed, Verdict};
use std::sync::Arc;

/// About how many cases are sampled.
pub(super) const SAMPLES: u64 = 64;

/// A case on which everything agreed, and what the lanes saw of it.
pub(super) struct Sample {
    pub(super) index: u64,
    seed: Seed,
    case: Arc<Case>,
    evidence: Evidence,
}

impl Sample {
    pub(super) fn of(index: u64, seed: Seed, case: &Arc<Case>, evidence: &Evidence) -> Self {
        Self { index, seed, case: Arc::clone(case), evidence: evidence.clone() }
    }

    fn finding(&self, verdict: Verdict) -> Finding {
        let Self { index, seed, case, evidence } = self;
        Finding { index: *index, seed: *seed, case: Arc::clone(case), evidence: evidence.clone(), verdict }
    }
}

/// Observes the samples in a fresh process per lane and reports the first that differs from before in each case.
pub(super) fn confirm(
    config: &RunConfig,
    fresh: &WorkerCommand,
    samples: &[Sample],
    summary: &mut Summary,
) -> Vec<Finding> {
    let mut verdicts = vec![Verdict::Agree; samples.len()];
    for (position, (name, command)) in commands(config, fresh).into_iter().enumerate() {
        let mut lane = match ProcessLane::spawn(&name, &command) {
            Ok(lane) => lane,
            Err(fault) => {
                let verdict = Verdict::Fault(Cause { lane: name, fault });
                verdicts.iter_mut().for_each(|before| worsen(before, verdict.clone()));
                continue;
            }
        };
        samples.iter().rev().for_each(|sample| lane.submit(&sample.case));
        for (sample, before) in samples.iter().zip(&mut verdicts).rev() {
            let first = sample.evidence.lanes[position].observation.clone();
            let again = lane.collect();
            let verdict = match first.and_then(|first| Ok((first, again?))) {
                Ok((first, again)) if first == again => Verdict::Agree,
                Ok((first, again)) => Verdict::Diverge(differs(&name, &first, &again)),
                Err(fault) => Verdict::Fault(Cause { lane: name.clone(), fault }),
            };
            worsen(before, verdict);
        }
    }
    verdicts.iter().for_each(|verdict| summary.revise(verdict));
    summary.repeated_fresh = verdicts.iter().filter(|&verdict| *verdict == Verdict::Agree).count() as u64;
    let findings = samples.iter().zip(verdicts).filter(|(_, verdict)| *verdict != Verdict::Agree);
    findings.map(|(sample, verdict)| sample.finding(verdict)).collect()
}

/// A case keeps its first difference, and otherwise its first fault.
fn worsen(before: &mut Verdict, verdict: Verdict) {
    match (&before, &verdict) {
        (Verdict::Agree, _) | (Verdict::Fault(_), Verdict::Diverge(_)) => *before = verdict,
        (Verdict::Fault(_) | Verdict::Diverge(_), _) => {}
    }
}

/// The name of every lane and how it is started in a process of its own.
fn commands(config: &RunConfig, fresh: &WorkerCommand) -> Vec<(String, WorkerCommand)> {
    let known = config.lanes.iter().map(|kind| {
        let name = kind.to_string();
        let mut command = fresh.clone();
        command.args.push((&name).into());
        match kind {
            LaneKind::Node => (name, config.node.clone()),
            LaneKind::Engine(_) => (name, command),
        }
    });
    let foreign = config.foreign.iter().map(|ForeignLane { name, command }| (name.clone(), command.clone()));
    known.chain(foreign).collect()
}

fn differs(name: &str, first: &Observation, again: &Observation) -> Divergence {
    let text = |observation| serde_json::to_string(observation).expect("an observation has only text keys");
    Divergence::at(Property::Repeat, (name, text(first)), ("a fresh process", text(again)), "observation".into())
}
