//! A run over all lanes: everything generated is judged, everything agrees, and the same seed does the same again.

use crate::common::{guest, node};
use modal_harness::generate::{Guest, Kind};
use modal_harness::results::{Check, Results};
use modal_harness::{
    Finding, LaneId, LaneKind, Listener, Ran, RunConfig, Summary, Tally, ValidatorSummary, WorkerCommand, WorkerLimits,
    run,
};
use modal_wasm_validation::NAMES;
use std::sync::atomic::{AtomicU64, Ordering};

fn config(jobs: usize) -> RunConfig {
    RunConfig {
        seed: 2,
        first: 0,
        cases: 300,
        sample_every: RunConfig::sample_every(300),
        kind: Kind::All(Guest::new(guest())),
        lanes: LaneKind::DEFAULT.to_vec(),
        foreign: Vec::new(),
        isolate: false,
        limits: WorkerLimits::default(),
        jobs,
        node: node(),
        fresh: WorkerCommand::new(env!("CARGO_BIN_EXE_modal-conform"), ["worker"]),
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

fn agreeing(jobs: usize) -> (Summary, Results) {
    let counter = Counter::default();
    let Ran { summary, findings, results } = run(&config(jobs), &counter).expect("the lanes open");
    assert_eq!((counter.done.into_inner(), counter.found.into_inner()), (300, findings.len() as u64));
    let shown =
        findings.iter().map(|Finding { seed, verdict, .. }| format!("seed {seed}: {verdict}")).collect::<Vec<_>>();
    assert!(findings.is_empty(), "{}", shown.join("\n"));
    (summary, results)
}

#[test]
fn generated_cases_agree_on_every_lane_and_nothing_is_set_aside() {
    let (summary, results) = agreeing(2);
    assert_eq!((summary.planned, summary.generated, summary.executed, summary.agreed), (300, 300, 300, 300));
    assert_eq!((summary.set_aside(), summary.diverged, summary.metered_differing), (0, 0, 0));
    assert_eq!(summary.metered, 300 - summary.nodes.refused);
    assert_eq!(summary.lanes.iter().map(|lane| lane.name.as_str()).collect::<Vec<_>>(), ["wasmtime", "wasmi", "node"]);
    assert!(summary.completed_percent() >= 40, "{} % completed", summary.completed_percent());
    assert!(summary.repeated_fresh >= 50, "{} cases repeated", summary.repeated_fresh);
    assert!(summary.fuel_readings >= 300, "{} calls confirmed by fuel", summary.fuel_readings);
    assert!(summary.limit_runs >= 300, "{} runs under swept limits", summary.limit_runs);
    assert_eq!(summary.sources.of("validators"), 300 / Kind::MIXED);
    assert_eq!((summary.sources.of("uploads"), summary.nodes.uploads), (19, 19));
    let ValidatorSummary { calls, bindings, out_of_gas, .. } = summary.validators;
    assert_eq!((calls, bindings), (16 * (300 / Kind::MIXED), calls), "{out_of_gas} out of gas");
    assert!(summary.gaps(40).is_empty(), "{:?}", summary.gaps(40));
    assert_eq!(results.counts.gaps(), Vec::<String>::new());
    let demanded =
        |lane: &str| Check::ALL.into_iter().filter(|&check| results.counts.of(lane, check).agreed > 0).count();
    assert_eq!(["wasmtime", "wasmi", "node"].map(demanded), [Check::ALL.len(); 3], "every check is made on every lane");
    assert_eq!(results.counts.of("node", Check::FreshRepeat).agreed, summary.repeated_fresh);
    assert_eq!(results.counts.of("node", Check::Fuel).agreed, summary.fuel_readings);
    let limits = results.counts.of("wasmi", Check::Limit);
    assert_eq!((limits.agreed + limits.unbound, limits.unbound), (summary.limit_runs, summary.limit_runs_unbound));
    // What a run reports does not depend on how its cases fell on threads.
    assert_eq!(agreeing(1), (summary, results));
}

#[test]
fn every_gap_is_named() {
    let (whole, _) = agreeing(2);
    let check = |change: fn(&mut Summary), gap: &str| {
        let mut summary = whole.clone();
        change(&mut summary);
        let gaps = summary.gaps(40);
        assert!(gaps.len() == 1 && gaps[0].contains(gap), "{gap}: {gaps:?}");
    };
    check(|summary| summary.planned += 1, "300 of 301 cases executed");
    check(|summary| summary.outcomes.0.clear(), "0 % of cases completed");
    check(|summary| summary.metered -= 1, " metered modules compared");
    check(
        |summary| summary.nodes.invocations = Tally([("output".to_owned(), 300)].into()),
        "0 of 300 invocations applied",
    );
    check(|summary| summary.metered_differing = 1, "1 metered modules differ");
    check(|summary| summary.limit_runs = 0, "no run under a swept limit");
    check(|summary| summary.fuel_readings = 0, "no call confirmed by fuel");
    check(|summary| summary.repeated_fresh = 0, "no case repeated");
    check(|summary| summary.validators.bindings -= 1, "287 of 288 answers of the bindings compared");
}

#[test]
fn every_gap_of_the_validators_is_named() {
    let counted =
        |counts: &[(&str, u64)]| Tally(counts.iter().map(|&(name, count)| (name.to_owned(), count)).collect());
    let usual = counted(&[("valid", 17), ("invalid", 17)]);
    let by_validator = NAMES.iter().map(|name| match *name {
        "compute_difficulty_adjustment" => (name.to_string(), counted(&[("difficulty", 17), ("error", 17)])),
        name => (name.to_owned(), usual.clone()),
    });
    let validators = ValidatorSummary {
        calls: 34 * NAMES.len() as u64,
        answers: counted(&[("valid", 17 * 45), ("invalid", 17 * 45), ("difficulty", 17), ("error", 17)]),
        by_validator: by_validator.collect(),
        out_of_gas: 3,
        bindings: 34 * NAMES.len() as u64,
    };
    let sound = Summary {
        planned: 1,
        generated: 1,
        executed: 1,
        metered: 1,
        limit_runs: 1,
        fuel_readings: 1,
        repeated_fresh: 1,
        validators,
        with_validators: 1,
        lanes: vec![LaneId { name: "node".into(), version: String::new() }],
        ..Summary::default()
    };
    assert_eq!(sound.gaps(40), Vec::<String>::new());
    let check = |change: fn(&mut ValidatorSummary), gap: &str| {
        let mut summary = sound.clone();
        change(&mut summary.validators);
        assert_eq!(summary.gaps(40), [gap]);
        // Few calls say nothing of shares.
        summary.validators.calls = 100;
        summary.validators.bindings = 100;
        assert_eq!(summary.gaps(40), Vec::<String>::new());
    };
    check(
        |of| _ = of.by_validator.remove("signed_by"),
        "validators that never accept: signed_by; never refuse: signed_by",
    );
    fn lack(of: &mut ValidatorSummary, kind: &str) {
        of.by_validator.get_mut("num_lt").expect("it was called").0.remove(kind);
    }
    check(|of| lack(of, "valid"), "validators that never accept: num_lt");
    check(|of| lack(of, "invalid"), "validators that never refuse: num_lt");
    check(|of| _ = of.answers.0.insert("valid".into(), 300), "19 % of validations valid, 25 % are demanded");
    check(|of| of.out_of_gas = 300, "80 % of validations answered by the guests, 90 % are demanded");
}
