//! A stage hears cases once for all bugs: what the sound lanes, the reference and the oracles make of them does not depend
//! on what is planted elsewhere.

use crate::common::{guest, panel};
use crate::score::hunt::rewriting;
use crate::score::premetered::Premetered;
use modal_harness::generate::{Guest, Kind};
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, EngineLane, Lane, Panel, Seed, Verdict, judge};
use modal_wasm_meter::Meter;
use modal_wasm_runtime::EngineConfig;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

/// The sound lanes, and beside them the lanes in which bugs are planted, with nothing planted.
pub(super) struct Stage {
    seed: u64,
    kind: Kind,
    panel: Panel,
    meter: Meter,
    /// wasmi on modules that count their rounds.
    rewritten: EngineLane,
    /// V8 on modules that were metered outside of the SDK.
    premetered: Premetered,
}

/// A case and what everyone sound saw of it.
pub(super) struct Heard {
    /// The case's number in the campaign.
    pub(super) index: u64,
    pub(super) case: Arc<Case>,
    /// The lanes of the main job and the oracles.
    pub(super) evidence: Evidence,
    /// What the judge says of that and of the lanes without bugs.
    pub(super) verdict: Verdict,
    /// The metered modules of the case.
    pub(super) metered: Vec<Arc<[u8]>>,
    /// How long it took.
    pub(super) seconds: f64,
}

impl Stage {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            kind: Kind::All(Guest::new(guest())),
            panel: panel(),
            meter: Meter::default(),
            rewritten: EngineLane::with_meter(EngineConfig::Wasmi, rewriting(Meter::default(), None)),
            premetered: Premetered::on_v8(Meter::default(), &[]),
        }
    }

    /// Hears a range of the campaign's cases.
    pub(super) fn hear(&mut self, range: Range<u64>) -> Vec<Heard> {
        let started = now();
        let case = |index| {
            let generated = self.kind.generate(self.seed, index).expect("a case of the main job");
            Arc::new(self.panel.expand(generated.case, Seed::of_case(self.seed, index)))
        };
        let cases = range.clone().map(case).collect::<Vec<_>>();
        cases.iter().for_each(|case| self.premetered.submit(case));
        let heard = self.panel.hear(&cases);
        let mut seen = Vec::new();
        for ((case, (evidence, _)), index) in cases.into_iter().zip(heard).zip(range) {
            let controls = [
                ("wasmi, rewritten", self.rewritten.observe(&case)),
                // Its validators are not those of the SDK.
                ("node, premetered", self.premetered.collect()),
            ];
            let controls = controls.map(|(lane, observation)| Witness { lane: lane.into(), observation });
            let mut all = evidence.clone();
            all.lanes.extend(controls);
            let verdict = judge(&case, &all);
            seen.push(Heard { index, metered: self.metered(&case), case, evidence, verdict, seconds: 0.0 });
        }
        let each = started.elapsed().as_secs_f64() / seen.len().max(1) as f64;
        seen.iter_mut().for_each(|heard| heard.seconds = each);
        seen
    }

    fn metered(&self, case: &Case) -> Vec<Arc<[u8]>> {
        let modules = std::iter::once(&case.module).chain(case.modules.values().map(|module| &module.bytes));
        modules.filter_map(|module| Some(self.meter.meter(module).ok()?.bytes.into())).collect()
    }
}

/// The one look at a clock: how long a kill takes is shown to people and decides nothing.
#[expect(clippy::disallowed_methods, reason = "seconds are shown to a person and judged by nobody")]
pub(super) fn now() -> Instant {
    Instant::now()
}
