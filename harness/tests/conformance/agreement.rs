//! A run over all lanes: everything generated is judged, everything agrees, and the same seed does the same again.

use crate::common::node;
use modal_harness::{Finding, LaneKind, Listener, RunConfig, Summary, WorkerCommand, run};
use std::sync::atomic::{AtomicU64, Ordering};

fn config(jobs: usize) -> RunConfig {
    RunConfig {
        seed: 2,
        cases: 300,
        lanes: LaneKind::DEFAULT.to_vec(),
        jobs,
        node: node(),
        fresh: WorkerCommand { program: env!("CARGO_BIN_EXE_modal-conform").into(), args: vec!["worker".into()] },
        most_findings: 1,
    }
}

/// Counts what it is told.
#[derive(Default)]
struct Counter {
    done: AtomicU64,
    found: AtomicU64,
}

impl Listener for Counter {
    fn done(&self, cases: u64) {
        self.done.fetch_add(cases, Ordering::Relaxed);
    }

    fn found(&self, _: &Finding) {
        self.found.fetch_add(1, Ordering::Relaxed);
    }
}

fn agreeing(jobs: usize) -> Summary {
    let counter = Counter::default();
    let (summary, findings) = run(&config(jobs), &counter).expect("the lanes open");
    assert_eq!((counter.done.into_inner(), counter.found.into_inner()), (300, findings.len() as u64));
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
    assert!(summary.gaps(40).is_empty(), "{:?}", summary.gaps(40));
    // What a run reports does not depend on how its cases fell on threads.
    assert_eq!(agreeing(1), summary);
}

#[test]
fn every_gap_is_named() {
    let whole = agreeing(2);
    let check = |change: fn(&mut Summary), gap: &str| {
        let mut summary = whole.clone();
        change(&mut summary);
        let gaps = summary.gaps(40);
        assert!(gaps.len() == 1 && gaps[0].contains(gap), "{gap}: {gaps:?}");
    };
    check(|summary| summary.planned += 1, "300 of 301 cases executed");
    check(|summary| summary.outcomes.0.clear(), "0 % of cases completed");
    check(|summary| summary.metered = 299, "299 metered modules compared");
    check(|summary| summary.metered_differing = 1, "1 metered modules differ");
    check(|summary| summary.limit_runs = 0, "no run under a swept limit");
    check(|summary| summary.fuel_readings = 0, "no call confirmed by fuel");
    check(|summary| summary.repeated_fresh = 0, "no case repeated");
}
