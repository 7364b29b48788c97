//! What a run did with the validators: which were called, what they answered, and in which of their forms.

use super::Tally;
use crate::observation::{Outcome, TrapKind};
use crate::oracle::Evidence;
use crate::{Case, Observation};
use modal_wasm_validation::NAMES;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Fewer calls than this say nothing of each validator.
const ENOUGH_FOR_EACH: u64 = 1_500;

/// The least share of calls, in percent, that are valid. Rules behind the first are reached by what keeps the first.
const VALID_PERCENT: u64 = 25;

/// The least share of calls, in percent, that the guests answer before their gas ends.
const ANSWERED_PERCENT: u64 = 90;

/// What a run did with the validators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidatorSummary {
    /// Calls that were compared between the native form and the guest on every lane.
    pub calls: u64,
    /// Calls by what the native form answers: `valid`, `invalid`, `difficulty` or `error`.
    pub answers: Tally,
    /// The same by validator.
    pub by_validator: BTreeMap<String, Tally>,
    /// Calls that the guests did not answer, because they ran out of gas on every lane alike.
    pub out_of_gas: u64,
    /// Answers of JavaScript's bindings that were compared with the native ones.
    pub bindings: u64,
}

impl ValidatorSummary {
    /// Counts the calls of a case that was compared. `first` is what the first lane saw.
    pub(super) fn record(&mut self, case: &Case, evidence: &Evidence, first: &Observation) {
        let native = evidence.native.as_deref().unwrap_or_default();
        for (validation, answer) in case.validations.iter().zip(native) {
            self.calls += 1;
            let kind = kind(answer);
            self.answers.count(kind);
            self.by_validator.entry(validation.validator.clone()).or_default().count(kind);
            let last = first.runs.get(validation.run).and_then(|run| run.steps.last());
            let ended = last.is_some_and(|step| step.outcome == Outcome::Trapped(TrapKind::OutOfGas));
            self.out_of_gas += u64::from(ended);
        }
        let answers = evidence.lanes.iter().filter_map(|witness| witness.observation.as_ref().ok());
        self.bindings += answers.map(|seen| seen.answers.len() as u64).sum::<u64>();
    }

    /// What is left open, given how many lanes have bindings.
    pub(super) fn gaps(&self, with_bindings: u64) -> Vec<String> {
        let mut gaps = Vec::new();
        let due = self.calls * with_bindings;
        if self.bindings != due {
            gaps.push(format!("{} of {due} answers of the bindings compared", self.bindings));
        }
        if self.calls < ENOUGH_FOR_EACH {
            return gaps;
        }
        let share = |count: u64| count * 100 / self.calls;
        let valid = share(self.answers.of("valid"));
        if valid < VALID_PERCENT {
            gaps.push(format!("{valid} % of validations valid, {VALID_PERCENT} % are demanded"));
        }
        let answered = share(self.calls - self.out_of_gas);
        if answered < ANSWERED_PERCENT {
            gaps.push(format!("{answered} % of validations answered by the guests, {ANSWERED_PERCENT} % are demanded"));
        }
        let missing = [(["valid", "difficulty"], "never accept"), (["invalid", "error"], "never refuse")];
        let missing = missing.into_iter().filter_map(|(kinds, what)| {
            let names = self.without(kinds);
            (!names.is_empty()).then(|| format!("{what}: {}", names.join(", ")))
        });
        let missing = missing.collect::<Vec<_>>().join("; ");
        if !missing.is_empty() {
            gaps.push(format!("validators that {missing}"));
        }
        gaps
    }

    /// The validators that were not called or have no answer of these kinds.
    fn without(&self, kinds: [&str; 2]) -> Vec<&'static str> {
        let lacks = |name: &str| {
            let answers = self.by_validator.get(name);
            answers.is_none_or(|answers| kinds.iter().all(|kind| answers.of(kind) == 0))
        };
        NAMES.iter().copied().filter(|name| lacks(name)).collect()
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.answers.add(&other.answers);
        for (name, answers) in &other.by_validator {
            self.by_validator.entry(name.clone()).or_default().add(answers);
        }
        self.out_of_gas += other.out_of_gas;
        self.bindings += other.bindings;
    }
}

/// The kind of an answer.
fn kind(answer: &str) -> &'static str {
    let answer = serde_json::from_str::<Value>(answer).unwrap_or_default();
    match answer.get("valid").and_then(Value::as_bool) {
        Some(true) => "valid",
        Some(false) => "invalid",
        None if answer.get("difficulty").is_some() => "difficulty",
        None => "error",
    }
}
