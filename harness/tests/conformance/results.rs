//! Results are the same whatever the pieces in which they were made, and say so when something is not.

use crate::common::{node, project};
use modal_harness::generate::Kind;
use modal_harness::results::{Check, Merkle, Row, RowVerdict};
use modal_harness::{Finding, LaneKind, Listener, Ran, RunConfig, Seed, WorkerCommand, WorkerLimits, run};
use std::ops::Range;

struct Silent;

impl Listener for Silent {
    fn done(&self, _: u64) {}

    fn found(&self, _: &Finding) {}
}

fn config(cases: Range<u64>) -> RunConfig {
    RunConfig {
        seed: 11,
        first: cases.start,
        cases: cases.end - cases.start,
        sample_every: 8,
        kind: Kind::Modules,
        lanes: LaneKind::DEFAULT[..2].to_vec(),
        foreign: Vec::new(),
        isolate: false,
        limits: WorkerLimits::default(),
        jobs: 2,
        node: node(),
        fresh: WorkerCommand::new(env!("CARGO_BIN_EXE_modal-conform"), ["worker"]),
        most_findings: usize::MAX,
    }
}

fn ran(config: &RunConfig) -> Ran {
    run(config, &Silent).expect("the lanes open")
}

fn rows(config: &RunConfig) -> Vec<Row> {
    ran(config).results.rows
}

#[test]
fn the_slices_of_a_run_make_the_run() {
    let whole = ran(&config(0..100)).results;
    assert_eq!(whole.rows.len(), 100);
    assert!(whole.rows.iter().enumerate().all(|(index, row)| row.index == index as u64));
    assert!(whole.rows.iter().all(|row| row.seed == Seed::of_case(11, row.index) && row.verdict == RowVerdict::Agree));
    let repeated = whole.rows.iter().filter(|row| row.repeated_fresh).count();
    assert!(repeated >= 100 / 8, "{repeated} cases repeated in fresh processes");
    let mut slices = Vec::new();
    // One after the other or not, in one thread or in several, it is the same.
    for (range, jobs) in [(64..100, 1), (0..33, 2), (33..64, 1)] {
        slices.extend(rows(&RunConfig { jobs, ..config(range) }));
    }
    slices.sort_by_key(|row| row.index);
    assert_eq!(slices, whole.rows);
    assert_eq!(Merkle::of(&slices).root(), whole.root());
    // Another seed is another run.
    assert_ne!(Merkle::of(&rows(&RunConfig { seed: 12, ..config(0..100) })).root(), whole.root());
}

#[test]
fn a_lane_that_lies_shows_in_rows_and_counts() {
    let liar = project().join("harness/tests/conformance/planted/liar.mjs");
    let foreign = format!("liar=node {}", liar.display()).parse().expect("a lane");
    let liars = RunConfig { foreign: vec![foreign], lanes: LaneKind::DEFAULT[..1].to_vec(), ..config(0..20) };
    let honest = rows(&RunConfig { foreign: Vec::new(), ..liars.clone() });
    let Ran { results, findings, .. } = ran(&liars);
    assert!(!findings.is_empty());
    for (row, honest) in results.rows.iter().zip(&honest) {
        let found = findings.iter().any(|finding| finding.index == row.index);
        assert_eq!(row.verdict != RowVerdict::Agree, found, "{row:?}");
        assert_eq!(row.observation_sha256, honest.observation_sha256.filter(|_| !found), "{row:?}");
        assert_eq!(row.case_sha256, honest.case_sha256);
    }
    let count = results.counts.of("liar", Check::Lanes);
    assert_eq!((count.expected, count.diverged), (20, findings.len() as u64), "{count:?}");
    assert_eq!(count.executed(), 20, "what is lied about is executed, and found to differ");
    // What follows a difference is not judged, so that it is missing.
    assert!(!results.counts.gaps().is_empty());
}
