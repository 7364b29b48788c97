//! A demand is how often a case asks for a check on a lane, beside how often the evidence shows it made.

use super::Check;
use crate::observation::{Observation, RunObservation};
use crate::oracle::mutation::counts;
use crate::oracle::need::need;
use crate::oracle::{Evidence, Witness};
use crate::{Case, Relation, Run};

/// How often a case asks for a check on a lane, and how often it was made.
pub(super) struct Demand {
    pub(super) check: Check,
    pub(super) expected: u64,
    pub(super) made: u64,
    pub(super) unbound: u64,
}

/// What a case demands of a lane.
pub(super) fn of(case: &Case, evidence: &Evidence, witness: &Witness) -> Vec<Demand> {
    let seen = witness.observation.as_ref().ok();
    let demand = |check, expected: usize, made: usize| Demand {
        check,
        expected: expected as u64,
        made: made as u64,
        unbound: 0,
    };
    let mut demands = vec![demand(Check::Lanes, 1, usize::from(seen.is_some()))];
    if case.upload.is_some() {
        let answered = matches!(evidence.nodes, Some(Ok(_))) && seen.is_some();
        demands.push(demand(Check::Uploads, 1, usize::from(answered)));
    }
    // A module that one lane admits is one that all have to run.
    let observations = || evidence.lanes.iter().filter_map(|witness| witness.observation.as_ref().ok());
    let Some(admitted) = observations().find(|observation| observation.is_admitted()) else { return demands };
    let runs = seen.map_or(&[][..], |seen| &seen.runs);
    let is_admitted = seen.is_some_and(Observation::is_admitted);
    let compared = is_admitted && evidence.reference.observation.is_ok();
    demands.push(demand(Check::Metered, 1, usize::from(is_admitted)));
    demands.push(demand(Check::Reference, 1, usize::from(compared)));
    demands.push(demand(Check::GasLaw, case.runs.len(), runs.len()));
    demands.extend(relations(case, admitted, runs));
    demands.push(fuel(case, evidence, admitted, runs));
    demands.extend(mutation(case, evidence, admitted, seen));
    if !case.validations.is_empty() {
        let native = evidence.native.as_ref().map_or(0, Vec::len);
        let answered = case.validations.iter().take(native).filter(|validation| validation.run < runs.len());
        demands.push(demand(Check::Validators, case.validations.len(), answered.count()));
    }
    demands
}

/// The repeats and the sweeps of a case. What no law binds is told apart.
fn relations(case: &Case, admitted: &Observation, runs: &[RunObservation]) -> [Demand; 2] {
    let mut repeats = Demand { check: Check::Repeat, expected: 0, made: 0, unbound: 0 };
    let mut limits = Demand { check: Check::Limit, ..repeats };
    for relation in &case.relations {
        let (demand, of, run) = match *relation {
            Relation::Repeat { of, run } => (&mut repeats, of, run),
            Relation::Limit { of, run } => {
                let swept = admitted.runs.get(of).and_then(|run| run.steps.last());
                if swept.is_some_and(|step| need(case, step).is_none()) {
                    limits.unbound += 1;
                    continue;
                }
                (&mut limits, of, run)
            }
        };
        demand.expected += 1;
        demand.made += u64::from(of < runs.len() && run < runs.len());
    }
    [repeats, limits]
}

/// The steps of a mutant that its parent answers for, less those that gas or stack ends at another place.
fn mutation(case: &Case, evidence: &Evidence, admitted: &Observation, seen: Option<&Observation>) -> Option<Demand> {
    let demand = |expected, made, unbound| Demand { check: Check::Mutation, expected, made, unbound };
    match evidence.parent.as_ref()? {
        Ok(parent) => {
            let (expected, unbound) = counts(case, parent, admitted);
            Some(demand(expected, seen.map_or(0, |seen| counts(case, parent, seen).0), unbound))
        }
        Err(_) => Some(demand(1, 0, 0)),
    }
}

/// Completed calls of the case's own runs, less those that fuel says nothing of.
fn fuel(case: &Case, evidence: &Evidence, admitted: &Observation, runs: &[RunObservation]) -> Demand {
    let derived = case.relations.iter().map(Relation::derived).collect::<Vec<_>>();
    let own = case.runs.iter().zip(&admitted.runs).enumerate().filter(|(index, _)| !derived.contains(index));
    let calls = own.flat_map(|(_, (run, seen))| match run {
        Run::Exports { .. } => seen.steps.get(1..).unwrap_or_default(),
        Run::Abi { .. } => &seen.steps[..],
    });
    let completed = calls.filter(|step| step.outcome.completed()).count() as u64;
    let reading = evidence.fuel.as_ref().and_then(|reading| reading.as_ref().ok());
    let unbound = reading.map_or(0, |reading| reading.unread().values().sum());
    let made = reading.filter(|_| !runs.is_empty()).map_or(0, |reading| reading.calls() as u64);
    Demand { check: Check::Fuel, expected: completed.saturating_sub(unbound), made, unbound }
}
