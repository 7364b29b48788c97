//! A run over all lanes: everything generated is judged, everything agrees, and the same seed does the same again.

use crate::common::node;
use modal_harness::{Finding, LaneKind, RunConfig, Summary, WorkerCommand, run};

fn config(jobs: usize) -> RunConfig {
    RunConfig {
        seed: 2,
        cases: 300,
        lanes: LaneKind::DEFAULT.to_vec(),
        jobs,
        node: node(),
        fresh: Some(WorkerCommand { program: env!("CARGO_BIN_EXE_modal-conform").into(), args: vec!["worker".into()] }),
        most_findings: 1,
    }
}

fn agreeing(jobs: usize) -> Summary {
    let (summary, findings) = run(&config(jobs), &|_| {}).expect("the lanes open");
    let shown =
        findings.iter().map(|Finding { seed, verdict, .. }| format!("seed {seed}: {verdict}")).collect::<Vec<_>>();
    assert!(findings.is_empty(), "{}", shown.join("\n"));
    summary
}

#[test]
fn generated_cases_agree_on_every_lane_and_nothing_is_set_aside() {
    let summary = agreeing(2);
    assert_eq!((summary.planned, summary.generated, summary.executed, summary.agreed), (300, 300, 300, 300));
    assert_eq!((summary.set_aside(), summary.diverged, summary.metered_differing), (0, 0, 0));
    assert_eq!(summary.metered, 300);
    assert_eq!(summary.lanes.iter().map(|lane| lane.name.as_str()).collect::<Vec<_>>(), ["wasmtime", "wasmi", "node"]);
    assert!(summary.completed_percent() >= 40, "{} % completed", summary.completed_percent());
    assert!(summary.repeated_fresh >= 50, "{} cases repeated", summary.repeated_fresh);
    assert!(summary.fuel_readings >= 300, "{} calls confirmed by fuel", summary.fuel_readings);
    assert!(summary.limit_runs >= 300, "{} runs under swept limits", summary.limit_runs);
    // What a run reports does not depend on how its cases fell on threads.
    assert_eq!(agreeing(1), summary);
}
