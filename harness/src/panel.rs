//! A panel is what hears a case: open lanes, the reference and the fuel oracle.

use crate::lane::{Lane as _, LaneFault, LaneId, LaneSet, NodeReading, ReferenceLane, Seen, guard};
use crate::oracle::{Evidence, FuelOracle, Witness, validators};
use crate::{Case, Observation, Seed, Verdict, judge, sweep};
use modal_wasm_meter::{Profile, Schedule};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Open lanes, the reference and the fuel oracle.
pub struct Panel {
    lanes: LaneSet,
    names: Vec<String>,
    reference: ReferenceLane,
    fuel: Option<FuelOracle>,
}

impl Panel {
    /// A panel with these lanes.
    pub fn new(lanes: LaneSet) -> Result<Self, LaneFault> {
        Ok(Self {
            names: lanes.ids().into_iter().map(|id| id.name).collect(),
            lanes,
            reference: ReferenceLane::default(),
            fuel: Some(FuelOracle::new(&Profile::modal_1(), &Schedule::instr_1())?),
        })
    }

    /// The panel without the fuel oracle, which compiles every module once more. Nothing that it hears is confirmed by
    /// fuel then.
    #[must_use]
    pub fn without_fuel(self) -> Self {
        Self { fuel: None, ..self }
    }

    /// What the lanes are.
    #[must_use]
    pub fn lanes(&self) -> Vec<LaneId> {
        self.lanes.ids()
    }

    /// How many lanes have validators of their own.
    #[must_use]
    pub fn with_validators(&self) -> u64 {
        self.lanes.with_validators()
    }

    /// How often workers were replaced, by lane and cause.
    #[must_use]
    pub fn replaced(&self) -> BTreeMap<String, u64> {
        self.lanes.replaced()
    }

    /// The case with the repeats and limit sweeps that follow from what the reference sees of its own runs.
    pub fn expand(&mut self, case: Case, seed: Seed) -> Case {
        match self.reference.observe(&Arc::new(sweep::look(&case))) {
            Ok(seen) => sweep::expand(case, &seen, seed),
            // What the reference cannot decode the lanes reject, or the judge reports a fault; there is nothing to
            // sweep either way.
            Err(_) => case,
        }
    }

    /// Hears cases: every lane works on them at once.
    pub fn hear(&mut self, cases: &[Arc<Case>]) -> Vec<(Evidence, Verdict)> {
        let seen = self.lanes.observe(cases);
        cases
            .iter()
            .zip(seen)
            .map(|(case, observations)| {
                let evidence = self.evidence(case, observations);
                let verdict = judge(case, &evidence);
                (evidence, verdict)
            })
            .collect()
    }

    fn evidence(&mut self, case: &Arc<Case>, seen: Vec<Seen>) -> Evidence {
        let (mut lanes, mut unsent) = (Vec::new(), BTreeMap::new());
        for (lane, seen) in self.names.iter().cloned().zip(seen) {
            match seen {
                Ok(observation) => lanes.push(Witness { lane, observation }),
                Err(lacked) => _ = unsent.insert(lane, lacked),
            }
        }
        let observation = self.reference.observe(case);
        let admitted = lanes.iter().any(|witness| witness.observation.as_ref().is_ok_and(Observation::is_admitted));
        let fuel = match (&observation, &mut self.fuel) {
            (Ok(seen), Some(fuel)) if admitted => Some(guard("FuelPanic", || fuel.read(case, seen))),
            (Ok(_) | Err(_), _) => None,
        };
        let native = guard("NativePanic", || Ok(validators::native_answers(case)));
        let nodes = case.upload.map(|upload| guard("NodePanic", || NodeReading::of_nodes(case, upload)));
        let parent = case.parent.as_ref().map(|parent| {
            let plain = Case::new(parent.bytes.clone(), case.runs.clone());
            self.reference.observe(&Arc::new(Case { modules: case.modules.clone(), ..plain }))
        });
        Evidence {
            lanes,
            unsent,
            reference: Witness { lane: ReferenceLane::NAME.into(), observation },
            fuel,
            native,
            nodes,
            parent,
        }
    }
}
