//! What a run did with mutants: how many there were, and how much of them was compared with their parents.

use crate::oracle::{Evidence, mutation};
use crate::{Case, Observation};
use serde::{Deserialize, Serialize};

/// Fewer mutants than this say nothing of how many there are to be, nor of how many of their steps are compared.
const ENOUGH: u64 = 50;

/// The least share of the source's cases, in percent, that are mutants and were compared with their parents. For some no way
/// to rewrite a module is found: one case in eight comes with the module as it is.
const MUTANTS_PERCENT: u64 = 50;

/// The least share of steps, in percent, that are compared.
const COMPARED_PERCENT: u64 = 75;

/// What a run did with mutants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutantSummary {
    /// Mutants that were compared with their parents.
    pub cases: u64,
    /// Steps compared: every step of a run up to one that ends for want of gas or stack.
    pub steps: u64,
    /// Steps that were not compared because the run, or that of the parent, had ended for want of gas or stack.
    pub set_apart: u64,
}

impl MutantSummary {
    /// Counts what was compared of a case. `first` is what the first lane saw.
    pub(super) fn record(&mut self, case: &Case, evidence: &Evidence, first: &Observation) {
        if let Some(Ok(parent)) = &evidence.parent {
            let (steps, set_apart) = mutation::counts(case, parent, first);
            self.cases += 1;
            self.steps += steps;
            self.set_apart += set_apart;
        }
    }

    /// What is left open, if so many cases are of the source that makes mutants.
    pub(super) fn gaps(&self, due: u64) -> Vec<String> {
        let mut gaps = Vec::new();
        if due >= ENOUGH && self.cases * 100 < due * MUTANTS_PERCENT {
            gaps.push(format!("{} of {due} mutants have parents, {MUTANTS_PERCENT} % are demanded", self.cases));
        }
        let percent = (self.steps * 100).checked_div(self.steps + self.set_apart).unwrap_or_default();
        if self.cases >= ENOUGH && percent < COMPARED_PERCENT {
            gaps.push(format!("{percent} % of steps of mutants compared, {COMPARED_PERCENT} % are demanded"));
        }
        gaps
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.steps += other.steps;
        self.set_apart += other.set_apart;
    }
}
