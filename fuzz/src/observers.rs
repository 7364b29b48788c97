//! Observers are lanes beside the reference, judged by the harness's judge without Wasmtime's fuel: compiling for that takes
//! longer than all the rest, and belongs to the target `differential`.

use crate::{Depth, Finding};
use modal_harness::observation::ModuleObservation;
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, Lane, Observation, ReferenceLane, Seed, Verdict, judge, sweep};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lanes, which may be faulty on purpose, and the reference.
pub(crate) struct Observers {
    lanes: Vec<Box<dyn Lane>>,
    reference: ReferenceLane,
}

impl Observers {
    pub(crate) fn of(lanes: Vec<Box<dyn Lane>>) -> Self {
        Self { lanes, reference: ReferenceLane::default() }
    }

    /// Has all of them hear a case with its sweeps, and gives what they agree on.
    pub(crate) fn hear(&mut self, case: Case) -> Result<Observation, Finding> {
        let case = match self.reference.observe(&Arc::new(sweep::look(&case))) {
            Ok(seen) => sweep::expand(case, &seen, Seed(0)),
            // What the reference refuses the lanes must reject, which the judge finds out.
            Err(_) => case,
        };
        let case = Arc::new(case);
        let witness = |lane: &mut dyn Lane| Witness { lane: lane.id().name.clone(), observation: lane.observe(&case) };
        let lanes = self.lanes.iter_mut().map(|lane| witness(lane.as_mut())).collect();
        let reference = witness(&mut self.reference);
        let evidence = Evidence {
            lanes,
            unsent: BTreeMap::new(),
            reference,
            parent: None,
            fuel: None,
            native: Ok(Vec::new()),
            nodes: None,
        };
        agreed(&judge(&case, &evidence), evidence)
    }
}

/// What the first lane saw, if all agree.
pub(crate) fn agreed(verdict: &Verdict, evidence: Evidence) -> Result<Observation, Finding> {
    match verdict {
        Verdict::Agree => {
            let first = evidence.lanes.into_iter().next();
            Ok(first.ok_or_else(|| Finding::new("all agree, and there is no lane"))?.observation?)
        }
        Verdict::Diverge(_) | Verdict::Fault(_) => Err(Finding::new(verdict.to_string())),
    }
}

/// How far a case got by what was seen of it.
pub(crate) fn depth(seen: &Observation) -> Depth {
    match seen.module {
        ModuleObservation::Accepted { .. } => Depth::Judged,
        ModuleObservation::Rejected { .. } => Depth::Refused,
    }
}
