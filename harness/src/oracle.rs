//! An oracle is a rule that judges observations.
//!
//! [`judge`] asks all of them, in an order from the plainest to the most derived, and answers with the first difference. Oracles see
//! observations only: they share no code with the lanes.

mod agreement;
mod fuel;
mod gas_law;
mod relation;

pub use fuel::{FuelOracle, FuelReading};

use crate::observation::ModuleObservation;
use crate::verdict::Cause;
use crate::{Case, Divergence, LaneFault, Observation, Property, Verdict};
use modal_wasm_meter::RejectionKind;

/// What one lane made of a case.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The lane's name.
    pub lane: String,
    /// Its observation, or why there is none.
    pub observation: Result<Observation, LaneFault>,
}

/// All that was seen of a case.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The lanes that run metered bytes; at least one.
    pub lanes: Vec<Witness>,
    /// The reference, which runs the original.
    pub reference: Witness,
    /// Wasmtime's fuel on the original, if the oracle was asked.
    pub fuel: Option<FuelReading>,
}

/// What all oracles together say of a case.
#[must_use]
pub fn judge(case: &Case, evidence: &Evidence) -> Verdict {
    match first_difference(case, evidence) {
        Ok(None) => Verdict::Agree,
        Ok(Some(divergence)) => Verdict::Diverge(divergence),
        Err(cause) => Verdict::Fault(cause),
    }
}

fn first_difference(case: &Case, evidence: &Evidence) -> Result<Option<Divergence>, Cause> {
    let mut seen = Vec::new();
    for witness in &evidence.lanes {
        seen.push((witness.lane.as_str(), observed(witness)?));
    }
    let Some((&(first_name, first), others)) = seen.split_first() else {
        let fault = LaneFault::new("NoLanes", "there is no lane to judge");
        return Err(Cause { lane: "none".into(), fault });
    };
    for &(name, observation) in others {
        if let Some(difference) =
            agreement::between(Property::Lanes, (first_name, first), (name, observation), agreement::Module::Compared)
        {
            return Ok(Some(difference));
        }
    }
    if let ModuleObservation::Rejected { kind, message } = &first.module {
        if kind == RejectionKind::MeterDefect.name() {
            // Every lane ships the same meter, so that all say so is no agreement on a verdict.
            return Err(Cause { lane: first_name.to_owned(), fault: LaneFault::new("MeterDefect", message) });
        }
        // The lanes refuse it for the same reason in the same words, and nothing has run.
        return Ok(None);
    }
    let reference = (evidence.reference.lane.as_str(), observed(&evidence.reference)?);
    for &lane in &seen {
        if let Some(difference) = agreement::between(Property::Reference, lane, reference, agreement::Module::SetApart)
        {
            return Ok(Some(difference));
        }
    }
    for &(name, observation) in &seen {
        if let Some(difference) = gas_law::broken(case, name, observation)
            .or_else(|| case.relations.iter().find_map(|relation| relation::broken(case, relation, name, observation)))
        {
            return Ok(Some(difference));
        }
    }
    Ok(evidence.fuel.as_ref().and_then(|reading| reading.differs_from(first_name, first)))
}

fn observed(witness: &Witness) -> Result<&Observation, Cause> {
    witness.observation.as_ref().map_err(|fault| Cause { lane: witness.lane.clone(), fault: fault.clone() })
}
