//! What a run did with mutants: how much of them was compared with their parents.

use crate::oracle::{Evidence, mutation};
use crate::{Case, Observation};
use serde::{Deserialize, Serialize};

/// Fewer mutants than this say nothing of how many of their steps are compared.
const ENOUGH: u64 = 50;

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

    /// What is left open.
    pub(super) fn gaps(&self) -> Option<String> {
        let percent = (self.steps * 100).checked_div(self.steps + self.set_apart).unwrap_or_default();
        (self.cases >= ENOUGH && percent < COMPARED_PERCENT)
            .then(|| format!("{percent} % of steps of mutants compared, {COMPARED_PERCENT} % are demanded"))
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.steps += other.steps;
        self.set_apart += other.set_apart;
    }
}
