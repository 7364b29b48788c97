//! A sample of a run's cases is observed once more, in processes that have seen nothing else and in the opposite
//! order, so that state which outlives a case shows.

use super::{Finding, RunConfig, Summary};
use crate::divergence::{Divergence, Property};
use crate::oracle::Evidence;
use crate::results::Results;
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
    samples: &[Sample],
    summary: &mut Summary,
    results: &mut Results,
) -> Vec<Finding> {
    let mut verdicts = vec![Verdict::Agree; samples.len()];
    for opening in config.openings() {
        let opening = opening.in_a_process(&config.fresh);
        let name = &opening.name;
        let mut lane = match opening.open(config.limits) {
            Ok(open) => open.lane,
            Err(fault) => {
                let verdict = Verdict::Fault(Cause { lane: name.clone(), fault });
                for before in &mut verdicts {
                    results.counts.record_fresh(name, &verdict);
                    worsen(before, verdict.clone());
                }
                continue;
            }
        };
        // What a lane was not sent it is not sent now.
        let heard = samples.iter().zip(&mut verdicts).rev().filter_map(|(sample, before)| {
            let witness = sample.evidence.lanes.iter().find(|witness| witness.lane == *name)?;
            Some((sample, witness.observation.clone(), before))
        });
        let heard = heard.collect::<Vec<_>>();
        heard.iter().for_each(|(sample, ..)| lane.submit(&sample.case));
        for (_, first, before) in heard {
            let again = lane.collect();
            let verdict = match first.and_then(|first| Ok((first, again?))) {
                Ok((first, again)) if first == again => Verdict::Agree,
                Ok((first, again)) => Verdict::Diverge(differs(name, &first, &again)),
                Err(fault) => Verdict::Fault(Cause { lane: name.clone(), fault }),
            };
            results.counts.record_fresh(name, &verdict);
            worsen(before, verdict);
        }
        for (cause, count) in lane.replaced() {
            summary.replaced.count_many(&format!("{name}: {cause}"), count);
        }
    }
    for (sample, verdict) in samples.iter().zip(&verdicts) {
        if let Ok(row) = results.rows.binary_search_by_key(&sample.index, |row| row.index) {
            results.rows[row].repeat(verdict);
        }
    }
    for (Sample { case, evidence, .. }, verdict) in samples.iter().zip(&verdicts) {
        summary.revise(case, evidence, verdict);
    }
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

fn differs(name: &str, first: &Observation, again: &Observation) -> Divergence {
    let text = |observation| serde_json::to_string(observation).expect("an observation has only text keys");
    Divergence::at(Property::Repeat, (name, text(first)), ("a fresh process", text(again)), "observation".into())
}
