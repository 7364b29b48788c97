//! A premetered lane is the SDK's worker on modules that a meter of the tests' metered.

use crate::common::project;
use modal_harness::observation::ModuleObservation;
use modal_harness::{CallableModule, Case, Lane, LaneFault, LaneId, Observation, ProcessLane, WorkerCommand};
use modal_wasm_meter::{Meter, Metered, Rejection};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::Arc;

/// The SDK's worker on modules that a meter of this test's metered.
pub(crate) struct Premetered {
    meter: Meter,
    lane: ProcessLane,
    waiting: VecDeque<Option<Rejection>>,
}

impl Premetered {
    pub(crate) fn on_v8(meter: Meter, options: &[&str]) -> Self {
        let script = project().join("harness/tests/conformance/planted/worker.mjs");
        let args = std::iter::once(script.into_os_string()).chain(options.iter().map(Into::into));
        let lane = ProcessLane::spawn("node", &WorkerCommand::new("node", args)).expect("a worker");
        Self { meter, lane, waiting: VecDeque::new() }
    }
}

impl Lane for Premetered {
    fn id(&self) -> &LaneId {
        self.lane.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let metered = self.meter.meter(&case.module);
        if metered.is_ok() {
            let module = container(&metered);
            let callable = |(name, module): (&String, &CallableModule)| {
                let bytes = container(&self.meter.meter(&module.bytes));
                (name.clone(), CallableModule { bytes, gas: module.gas })
            };
            let modules = case.modules.iter().map(callable).collect();
            self.lane.submit(&Arc::new(Case { modules, ..Case::new(module, case.runs.clone()) }));
        }
        self.waiting.push_back(metered.err());
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        match self.waiting.pop_front().expect("a case") {
            None => self.lane.collect(),
            Some(Rejection { kind, message }) => {
                let module = ModuleObservation::Rejected { kind: kind.to_string(), message };
                Ok(Observation::new(module, Vec::new()))
            }
        }
    }
}

/// A metered module and what is known of it, or its rejection, as the worker takes them.
fn container(metered: &Result<Metered, Rejection>) -> Vec<u8> {
    let (about, bytes) = match metered {
        Ok(Metered { bytes, sha256, original_sha256, interface, stack_limit_words, schedule }) => {
            let rule = schedule.composition;
            let constants = json!({
                "stack_limit_words": stack_limit_words,
                "call_gas": rule.call,
                "copied_byte_gas": rule.byte,
                "kept_part": rule.kept_part,
                "open_calls": rule.open_calls,
                "call_words": rule.words,
                "page_gas": schedule.memory_grow_page,
                "table_element_gas": schedule.table_grow_element,
            });
            let about = json!({
                "sha256": sha256,
                "original_sha256": original_sha256,
                "interface": interface,
                "constants": constants,
            });
            (about, bytes.as_slice())
        }
        Err(Rejection { kind, message }) => (json!({"rejected": {"kind": kind, "message": message}}), &[][..]),
    };
    let about = about.to_string();
    let length = u32::try_from(about.len()).expect("a short text").to_le_bytes();
    [&length[..], about.as_bytes(), bytes].concat()
}
