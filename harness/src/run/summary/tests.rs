//! What a case is counted as that was observed again.

use super::Summary;
use crate::divergence::{Divergence, Property};
use crate::generate::Source;
use crate::verdict::Cause;
use crate::{Call, Case, EngineLane, LaneFault, LaneSet, Panel, Run, Verdict};
use modal_wasm_runtime::EngineConfig;
use std::sync::Arc;

/// Whatever all agreed on, a case that they do not agree on again is counted as one on which they never did.
#[test]
fn a_case_is_moved_from_where_it_was_counted() {
    let call = Call { export: "f".into(), args: Vec::new(), gas: 100 };
    let runs = vec![Run::Exports { start_gas: 1, calls: vec![call] }];
    let sound = wat::parse_str("(module (func (export \"f\")))").expect("a module");
    let diverged = Divergence::at(Property::Repeat, ("wasmi", "1".into()), ("again", "2".into()), "observation".into());
    let fault = Cause { lane: "wasmi".into(), fault: LaneFault::new("WorkerExit", "it ended") };
    let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
    let mut panel = Panel::new(lanes).expect("the oracles");
    for (module, at_first) in [(sound, (1, 1, "")), (b"no module".to_vec(), (0, 0, "rejected: malformed"))] {
        let case = Arc::new(Case::new(module, runs.clone()));
        let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("a verdict");
        assert_eq!(verdict, Verdict::Agree);
        let check = |again: Verdict, (executed, agreed, diverged, aside): (u64, u64, u64, &str)| {
            let mut summary = Summary::new(1);
            summary.record(Source::Smith, &case, &evidence, &verdict);
            summary.revise(&case, &evidence, &again);
            assert_eq!((summary.executed, summary.agreed, summary.diverged), (executed, agreed, diverged), "{again}");
            assert_eq!(
                summary.aside.0.keys().collect::<Vec<_>>(),
                Vec::from_iter((!aside.is_empty()).then_some(aside))
            );
            assert_eq!(summary.set_aside(), summary.aside.0.values().sum::<u64>());
        };
        let (executed, agreed, aside) = at_first;
        check(Verdict::Agree, (executed, agreed, 0, aside));
        check(Verdict::Diverge(diverged.clone()), (1, 0, 1, ""));
        check(Verdict::Fault(fault.clone()), (0, 0, 0, "wasmi in a fresh process: WorkerExit"));
    }
}
