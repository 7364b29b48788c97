//! A sample of a run's cases is observed once more, in processes that have seen nothing else and in the opposite order, so that
//! state which outlives a case shows.

use super::{Finding, RunConfig, Summary};
use crate::divergence::{Divergence, Property};
use crate::lane::{Lane, LaneFault, LaneKind, ProcessLane, WorkerCommand};
use crate::oracle::{Evidence, Witness};
use crate::verdict::Cause;
use crate::{Case, Observation, Seed, Verdict};
use std::sync::Arc;

/// About how many cases are sampled.
pub(super) const SAMPLES: u64 = 64;

/// A case and what the lanes saw of it.
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

/// Observes the samples in a fresh process per lane and reports what differs from the first time.
pub(super) fn confirm(
    config: &RunConfig,
    fresh: &WorkerCommand,
    samples: &[Sample],
    summary: &mut Summary,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, &kind) in config.lanes.iter().enumerate() {
        let name = kind.to_string();
        let mut lane = match spawn(kind, &name, config, fresh) {
            Ok(lane) => lane,
            Err(fault) => {
                summary.faults.count(&format!("{name}: {}", fault.kind));
                let verdict = Verdict::Fault(Cause { lane: name, fault });
                findings.extend(samples.first().map(|sample| sample.finding(verdict)));
                continue;
            }
        };
        samples.iter().rev().for_each(|sample| lane.submit(&sample.case));
        for sample in samples.iter().rev() {
            let again = lane.collect();
            let first = sample.evidence.lanes.get(position).map(|witness: &Witness| &witness.observation);
            let Some(Ok(first)) = first else { continue };
            match again {
                Ok(again) if again == *first => {}
                Ok(again) => {
                    summary.diverged += 1;
                    findings.push(sample.finding(Verdict::Diverge(differs(&name, first, &again))));
                }
                Err(fault) => {
                    summary.faults.count(&format!("{name} in a fresh process: {}", fault.kind));
                    findings.push(sample.finding(Verdict::Fault(Cause { lane: name.clone(), fault })));
                }
            }
        }
    }
    summary.repeated_fresh = samples.len() as u64;
    findings
}

fn spawn(kind: LaneKind, name: &str, config: &RunConfig, fresh: &WorkerCommand) -> Result<ProcessLane, LaneFault> {
    match kind {
        LaneKind::Node => ProcessLane::spawn(name, &config.node),
        LaneKind::Engine(_) => {
            let mut command = fresh.clone();
            command.args.push(name.into());
            ProcessLane::spawn(name, &command)
        }
    }
}

fn differs(name: &str, first: &Observation, again: &Observation) -> Divergence {
    let text = |observation| serde_json::to_string(observation).expect("an observation has only text keys");
    Divergence::at(Property::Repeat, (name, text(first)), ("a fresh process", text(again)), "observation".into())
}
