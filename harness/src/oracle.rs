//! An oracle is a rule that judges observations.
//!
//! [`judge`] asks all of them, in an order from the plainest to the most derived, and answers with the first
//! difference. Oracles see observations only: they share no code with the lanes.

mod agreement;
mod fuel;
mod gas_law;
pub(crate) mod mutation;
pub(crate) mod need;
mod nodes;
mod relation;
pub(crate) mod validators;

pub use fuel::{FuelOracle, FuelReading};

use crate::lane::{NodeReading, ReferenceLane};
use crate::observation::ModuleObservation;
use crate::verdict::Cause;
use crate::{Case, Divergence, Feature, LaneFault, Observation, Property, Verdict};
use modal_wasm_meter::RejectionKind;
use std::collections::BTreeMap;

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
    /// The lanes that were not sent the case, and what each lacks that the case needs.
    pub unsent: BTreeMap<String, Feature>,
    /// The reference, which runs the original.
    pub reference: Witness,
    /// Wasmtime's fuel on the original, if the lanes admit the module.
    pub fuel: Option<Result<FuelReading, LaneFault>>,
    /// What the native validators answer to the case's validations.
    pub native: Result<Vec<String>, LaneFault>,
    /// What nodes make of the case, if it is uploaded.
    pub nodes: Option<Result<Vec<NodeReading>, LaneFault>>,
    /// What the reference sees of the parent, if the case's module is a mutant.
    pub parent: Option<Result<Observation, LaneFault>>,
}

/// What all oracles together say of a case.
///
/// A difference between observations that are there counts, whatever else broke; agreement takes all of them.
#[must_use]
pub fn judge(case: &Case, evidence: &Evidence) -> Verdict {
    if let Some(divergence) = first_difference(case, evidence) {
        return Verdict::Diverge(divergence.within(case));
    }
    first_fault(evidence).map_or(Verdict::Agree, Verdict::Fault)
}

fn first_difference(case: &Case, evidence: &Evidence) -> Option<Divergence> {
    let lanes = evidence.lanes.iter().filter_map(observed).collect::<Vec<_>>();
    let (&first, others) = lanes.split_first()?;
    let between_lanes =
        others.iter().find_map(|&other| agreement::between(Property::Lanes, first, other, agreement::Module::Compared));
    let with_native = || {
        let native = evidence.native.as_ref().ok()?;
        lanes.iter().find_map(|&(name, seen)| validators::differs_from(native, case, name, seen))
    };
    let with_nodes = || nodes::differ(case, evidence.nodes.as_ref()?.as_ref().ok()?, first.0, first.1);
    // Lanes that refuse a module for the same reason in the same words agree: nothing of it has run.
    if between_lanes.is_some() || rejected(first.1) {
        return between_lanes.or_else(with_native).or_else(with_nodes);
    }
    let with_reference = || match &evidence.reference.observation {
        Ok(reference) => lanes.iter().find_map(|&lane| {
            let reference = (evidence.reference.lane.as_str(), reference);
            agreement::between(Property::Reference, lane, reference, agreement::Module::SetApart)
        }),
        // A module that the meter admits and the specification refuses tells them apart as well as a result would.
        Err(fault) if fault.kind == ReferenceLane::REFUSES => Some(Divergence::at(
            Property::Reference,
            (first.0, "accepted".into()),
            (&evidence.reference.lane, fault.detail.clone()),
            "module".into(),
        )),
        Err(_) => None,
    };
    let by_a_law = || {
        lanes.iter().find_map(|&(name, seen)| {
            gas_law::broken(case, name, seen)
                .or_else(|| case.relations.iter().find_map(|relation| relation::broken(case, relation, name, seen)))
        })
    };
    let with_fuel = || evidence.fuel.as_ref()?.as_ref().ok()?.differs_from(first.0, first.1);
    let with_parent = || mutation::differs(case, evidence.parent.as_ref()?.as_ref().ok()?, first.0, first.1);
    with_reference().or_else(with_native).or_else(by_a_law).or_else(with_parent).or_else(with_fuel).or_else(with_nodes)
}

fn first_fault(evidence: &Evidence) -> Option<Cause> {
    let cause = |lane: &str, fault: &LaneFault| Cause { lane: lane.to_owned(), fault: fault.clone() };
    let of = |witness: &Witness| witness.observation.as_ref().err().map(|fault| cause(&witness.lane, fault));
    let Some(first) = evidence.lanes.first() else {
        return Some(cause("none", &LaneFault::new("NoLanes", "there is no lane to judge")));
    };
    if let Some(fault) = evidence.lanes.iter().find_map(of) {
        return Some(fault);
    }
    if let Err(fault) = &evidence.native {
        return Some(cause(validators::NATIVE, fault));
    }
    if let Some(Err(fault)) = &evidence.parent {
        return Some(cause(mutation::PARENT, fault));
    }
    if let Some(Err(fault)) = &evidence.nodes {
        return Some(cause("nodes", fault));
    }
    if let Ok(Observation { module: ModuleObservation::Rejected { kind, message }, .. }) = &first.observation {
        // Every lane ships the same meter, so that all of them say so is no agreement on a verdict.
        let defect = kind == RejectionKind::MeterDefect.name();
        return defect.then(|| cause(&first.lane, &LaneFault::new("MeterDefect", message)));
    }
    of(&evidence.reference).or_else(|| Some(cause("fuel", evidence.fuel.as_ref()?.as_ref().err()?)))
}

fn observed(witness: &Witness) -> Option<(&str, &Observation)> {
    Some((witness.lane.as_str(), witness.observation.as_ref().ok()?))
}

fn rejected(observation: &Observation) -> bool {
    !observation.is_admitted()
}
