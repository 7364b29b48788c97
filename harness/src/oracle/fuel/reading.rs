//! A reading is the fuel of a case's completed calls.

use crate::observation::{Outcome, Step};
use crate::{Divergence, Observation, Property};
use std::collections::BTreeMap;

/// What the oracle read for a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FuelReading {
    pub(super) entries: Vec<Entry>,
    /// Completed calls that were not read, by reason.
    pub(super) unread: BTreeMap<&'static str, u64>,
}

/// What one completed step costs on the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) run: usize,
    pub(super) step: usize,
    pub(super) ended: Ended,
}

/// How the step ends on the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It costs this, and returns these numbers, in their text form; a reference has none that is the same in every
    /// store.
    Completed { gas: u64, numbers: Option<Vec<Option<String>>> },
    /// It does not complete, for this reason.
    Stopped(String),
}

impl FuelReading {
    /// How many calls were read.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.entries.len()
    }

    /// Completed calls that were not read, by reason.
    #[must_use]
    pub fn unread(&self) -> &BTreeMap<&'static str, u64> {
        &self.unread
    }

    /// The first call whose end, gas or numbers differ from the reading.
    pub(crate) fn differs_from(&self, lane: &str, seen: &Observation) -> Option<Divergence> {
        self.entries.iter().find_map(|Entry { run, step, ended }| {
            let Step { outcome, gas_used, .. } = seen.runs.get(*run)?.steps.get(*step)?;
            let differs = |seen: String, read: String, field: &str| {
                let place = format!("runs[{run}].steps[{step}].{field}");
                Some(Divergence::at(Property::Fuel, (lane, seen), ("fuel", read), place))
            };
            match (ended, outcome) {
                (Ended::Stopped(reason), _) => differs(outcome.to_string(), reason.clone(), "outcome"),
                (Ended::Completed { gas, .. }, _) if gas != gas_used => {
                    differs(gas_used.to_string(), gas.to_string(), "gas_used")
                }
                (Ended::Completed { numbers: Some(numbers), .. }, Outcome::Completed(values)) => {
                    let same = values.len() == numbers.len()
                        && values.iter().zip(numbers).all(|(value, number)| number.as_ref().is_none_or(|n| n == value));
                    if same { None } else { differs(values.join(", "), format!("{numbers:?}"), "outcome") }
                }
                (Ended::Completed { numbers: None, .. }, Outcome::Output(_)) => None,
                (Ended::Completed { .. }, _) => differs(outcome.to_string(), "a completed call".into(), "outcome"),
            }
        })
    }
}
