//! A summary counts what a run did: what was generated, executed, how it ended, and what was left out, by cause.

mod mutants;
mod nodes;
#[cfg(test)]
mod tests;
mod validators;

pub use mutants::MutantSummary;
pub use nodes::NodeSummary;
pub use validators::ValidatorSummary;

use crate::coverage::Coverage;
use crate::generate::Source;
use crate::lane::{LaneFault, LaneId};
use crate::observation::{ModuleObservation, Outcome};
use crate::oracle::Evidence;
use crate::oracle::need::need;
use crate::verdict::Cause;
use crate::{Case, Observation, Relation, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A share of fewer cases than this says nothing of the generators.
const ENOUGH_FOR_SHARES: u64 = 200;

/// The least share of the executed cases, in percent, that each lane must have been sent.
const SENT_PERCENT: u64 = 50;

/// Counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(pub BTreeMap<String, u64>);

/// What a run did. Every count is of cases unless it says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Cases asked for.
    pub planned: u64,
    /// Cases generated.
    pub generated: u64,
    /// Cases that every lane and the reference executed and the judge compared.
    pub executed: u64,
    /// Cases in which all observers agree.
    pub agreed: u64,
    /// Cases with a difference.
    pub diverged: u64,
    /// Cases that were set aside, by cause: a fault, or a rejection, since what is generated is meant to be admitted.
    pub aside: Tally,
    /// Cases by generator.
    pub sources: Tally,
    /// Cases by how their own runs end: `completed` if every step does, otherwise by the first step that does not.
    pub outcomes: Tally,
    /// Runs of cases by how their last step ends, limit sweeps included.
    pub runs: Tally,
    /// Runs executed and compared, over all lanes and the reference.
    pub executions: u64,
    /// Completed calls whose gas wasmtime's fuel confirmed.
    pub fuel_readings: u64,
    /// Completed calls that fuel says nothing of, by reason.
    pub fuel_unread: Tally,
    /// Runs that repeat another under a limit.
    pub limit_runs: u64,
    /// Those of them that no law of limits binds, because a module failed on what its caller had left.
    pub limit_runs_unbound: u64,
    /// Modules metered and compared between lanes.
    pub metered: u64,
    /// Modules whose metered bytes differ between lanes.
    pub metered_differing: u64,
    /// Cases repeated in a fresh process on every lane.
    pub repeated_fresh: u64,
    /// The operators that were executed, by operands and context.
    pub coverage: Coverage,
    /// What became of the calls of validators.
    pub validators: ValidatorSummary,
    /// What became of mutants.
    pub mutants: MutantSummary,
    /// What became of uploads.
    pub nodes: NodeSummary,
    /// Cases that a lane was not sent, by the lane and the feature that it lacks.
    pub unsent: Tally,
    /// How often a lane's worker was replaced by a fresh one, by lane and cause. A worker that the machine broke changes
    /// nothing else here.
    pub replaced: Tally,
    /// How many lanes have validators of their own.
    pub with_validators: u64,
    /// The lanes.
    pub lanes: Vec<LaneId>,
}

impl Summary {
    pub(crate) fn new(planned: u64) -> Self {
        Self { planned, ..Self::default() }
    }

    /// Cases generated but not judged.
    #[must_use]
    pub fn set_aside(&self) -> u64 {
        self.generated - self.executed
    }

    /// The share of cases whose every step completed, in percent.
    #[must_use]
    pub fn completed_percent(&self) -> u64 {
        (self.outcomes.of("completed") * 100).checked_div(self.executed).unwrap_or_default()
    }

    /// What the run leaves open although no two observers differ: each line is a reason not to call it agreement.
    #[must_use]
    pub fn gaps(&self, min_completed_percent: u64) -> Vec<String> {
        let mut gaps = Vec::new();
        let mut demand = |met: bool, gap: String| {
            if !met {
                gaps.push(gap);
            }
        };
        demand(self.executed == self.planned, format!("{} of {} cases executed", self.executed, self.planned));
        demand(
            self.executed < ENOUGH_FOR_SHARES || self.completed_percent() >= min_completed_percent,
            format!("{} % of cases completed, {min_completed_percent} % are demanded", self.completed_percent()),
        );
        let metered = self.executed - self.nodes.refused;
        demand(self.metered >= metered, format!("{} of {metered} metered modules compared", self.metered));
        demand(self.metered_differing == 0, format!("{} metered modules differ", self.metered_differing));
        demand(self.limit_runs > 0, "no run under a swept limit".into());
        demand(self.fuel_readings > 0, "no call confirmed by fuel".into());
        demand(self.repeated_fresh > 0, "no case repeated in a fresh process".into());
        for LaneId { name, .. } in &self.lanes {
            let of_lane =
                |(what, _): &(&String, &u64)| what.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
            let unsent = self.unsent.0.iter().filter(of_lane).map(|(_, count)| count).sum::<u64>();
            let sent = self.generated.saturating_sub(unsent);
            demand(
                sent * 100 >= self.generated * SENT_PERCENT,
                format!("{name} was sent {sent} of {} cases, {SENT_PERCENT} % are demanded", self.generated),
            );
        }
        gaps.extend(self.coverage.gaps());
        gaps.extend(self.validators.gaps(self.with_validators));
        gaps.extend(self.mutants.gaps(self.sources.of(&Source::Mutant.to_string())));
        gaps.extend(self.nodes.gaps());
        gaps
    }

    pub(super) fn record(&mut self, source: Source, case: &Case, evidence: &Evidence, verdict: &Verdict) {
        self.generated += 1;
        self.sources.count(&source.to_string());
        for (lane, feature) in &evidence.unsent {
            self.unsent.count(&format!("{lane}: {feature}"));
        }
        let seen = evidence.lanes.iter().filter_map(|witness| witness.observation.as_ref().ok()).collect::<Vec<_>>();
        self.record_metered(&seen);
        match source {
            Source::Smith | Source::SmithCalm | Source::Contract | Source::Operators | Source::Mutant => {
                self.coverage.record(case);
            }
            // They are there for what happens between modules, and for what the validators answer.
            Source::Composition | Source::Uploads | Source::Validators => {}
        }
        match (verdict, seen.first()) {
            (Verdict::Fault(Cause { lane, fault }), _) => self.aside.count(&format!("{lane}: {}", fault.kind)),
            (Verdict::Diverge(_), _) => {
                self.executed += 1;
                self.diverged += 1;
            }
            (Verdict::Agree, first) => match first.and_then(|first| refused(case, first)) {
                Some(cause) => self.aside.count(&cause),
                None => {
                    self.executed += 1;
                    self.agreed += 1;
                }
            },
        }
        if let (Verdict::Agree | Verdict::Diverge(_), Some(first)) = (verdict, seen.first()) {
            self.record_runs(case, evidence, first);
        }
    }

    /// Moves a case on which all agreed to those that did not, or were set aside, when it was observed again.
    pub(super) fn revise(&mut self, case: &Case, evidence: &Evidence, verdict: &Verdict) {
        if *verdict == Verdict::Agree {
            return;
        }
        let first = evidence.lanes.iter().find_map(|witness| witness.observation.as_ref().ok());
        match first.and_then(|first| refused(case, first)) {
            Some(cause) => self.aside.take_back(&cause),
            None => {
                self.executed -= 1;
                self.agreed -= 1;
            }
        }
        match verdict {
            Verdict::Agree => {}
            Verdict::Diverge(_) => {
                self.executed += 1;
                self.diverged += 1;
            }
            Verdict::Fault(Cause { lane, fault }) => {
                self.aside.count(&format!("{lane} in a fresh process: {}", fault.kind));
            }
        }
    }

    fn record_runs(&mut self, case: &Case, evidence: &Evidence, first: &Observation) {
        self.outcomes.count(&ending(case, first));
        for step in first.runs.iter().filter_map(|run| run.steps.last()) {
            self.runs.count(&class(&step.outcome));
        }
        self.executions += (first.runs.len() * (evidence.lanes.len() + 1)) as u64;
        for relation in &case.relations {
            let Relation::Limit { of, .. } = *relation else { continue };
            let swept = first.runs.get(of).and_then(|run| run.steps.last());
            self.limit_runs += 1;
            self.limit_runs_unbound += u64::from(swept.is_some_and(|step| need(case, step).is_none()));
        }
        self.validators.record(case, evidence, first);
        self.mutants.record(case, evidence, first);
        self.nodes.record(case, evidence);
        if let Some(Ok(reading)) = &evidence.fuel {
            self.fuel_readings += reading.calls() as u64;
            reading.unread().iter().for_each(|(reason, &calls)| self.fuel_unread.count_many(reason, calls));
        }
    }

    /// A case that the generator failed to make is one that was generated and set aside, so that it counts against the
    /// run.
    pub(super) fn record_not_generated(&mut self, fault: &LaneFault) {
        self.generated += 1;
        self.aside.count(&format!("generator: {}", fault.kind));
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.generated += other.generated;
        self.executed += other.executed;
        self.agreed += other.agreed;
        self.diverged += other.diverged;
        self.aside.add(&other.aside);
        self.sources.add(&other.sources);
        self.outcomes.add(&other.outcomes);
        self.runs.add(&other.runs);
        self.executions += other.executions;
        self.fuel_readings += other.fuel_readings;
        self.fuel_unread.add(&other.fuel_unread);
        self.limit_runs += other.limit_runs;
        self.limit_runs_unbound += other.limit_runs_unbound;
        self.metered += other.metered;
        self.metered_differing += other.metered_differing;
        self.repeated_fresh += other.repeated_fresh;
        self.unsent.add(&other.unsent);
        self.replaced.add(&other.replaced);
        self.coverage.add(&other.coverage);
        self.validators.add(&other.validators);
        self.mutants.add(&other.mutants);
        self.nodes.add(&other.nodes);
    }

    fn record_metered(&mut self, seen: &[&Observation]) {
        let mut hashes = seen.iter().filter_map(|observation| match &observation.module {
            ModuleObservation::Accepted { metered_sha256 } => metered_sha256.as_ref(),
            ModuleObservation::Rejected { .. } => None,
        });
        if let Some(first) = hashes.next() {
            self.metered += 1;
            self.metered_differing += u64::from(!hashes.all(|hash| hash == first));
        }
    }
}

impl Tally {
    /// The count of a name.
    #[must_use]
    pub fn of(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    pub(super) fn count(&mut self, name: &str) {
        self.count_many(name, 1);
    }

    pub(crate) fn count_many(&mut self, name: &str, count: u64) {
        *self.0.entry(name.to_owned()).or_default() += count;
    }

    /// Counts a name that was counted once less often. One that was counted no more often is left out.
    fn take_back(&mut self, name: &str) {
        if let Some(count) = self.0.get_mut(name) {
            *count -= 1;
        }
        self.0.retain(|_, count| *count > 0);
    }

    pub(super) fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(name, &count)| self.count_many(name, count));
    }
}

/// By which cause a case is set aside on which all agree: they refuse what was meant to be admitted. That nodes do not
/// store what lanes refuse is an answer.
fn refused(case: &Case, seen: &Observation) -> Option<String> {
    match &seen.module {
        ModuleObservation::Rejected { kind, .. } if case.upload.is_none() => Some(format!("rejected: {kind}")),
        ModuleObservation::Rejected { .. } | ModuleObservation::Accepted { .. } => None,
    }
}

/// How a case's own runs end, limit sweeps and repeats aside: `completed` if every step does, otherwise by the first step
/// that does not.
pub(crate) fn ending(case: &Case, seen: &Observation) -> String {
    let derived = case.relations.iter().map(Relation::derived).collect::<Vec<_>>();
    let own = seen.runs.iter().enumerate().filter(|(index, _)| !derived.contains(index));
    let stop = own.flat_map(|(_, run)| &run.steps).find(|step| !step.outcome.completed());
    match (&seen.module, stop) {
        (ModuleObservation::Rejected { kind, .. }, _) => format!("rejected: {kind}"),
        (ModuleObservation::Accepted { .. }, Some(step)) => class(&step.outcome),
        (ModuleObservation::Accepted { .. }, None) => "completed".to_owned(),
    }
}

fn class(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed(_) | Outcome::Output(_) => "completed".into(),
        Outcome::Trapped(kind) => format!("trapped: {kind:?}"),
        Outcome::Violated(violation) => format!("violated: {:?}", violation.rule),
    }
}
