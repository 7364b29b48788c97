//! The property that everything rests on, with shrinking: whatever contract is generated, all observers agree.
//!
//! What fails is shrunk and stored where the repository keeps it: the generator's seed in
//! `corpus/regressions/contracts.txt`, and the concrete case, which stays what it is when the generator changes, as a
//! folder beside it. Stored cases are judged first.

use crate::common::{panel, project, with_room};
use modal_harness::generate::{case_of, contract};
use modal_harness::{Case, EngineLane, LaneSet, Panel, Repro, Seed, Verdict};
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};
use modal_wasm_runtime::EngineConfig;
use proptest::test_runner::{
    Config, FileFailurePersistence, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner,
};
use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Where proptest keeps the seeds of failures.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/regressions/contracts.txt");

/// The case of a contract, with sweeps.
fn case(panel: &mut Panel, contract: &contract::Contract) -> Arc<Case> {
    let seed = Seed(0);
    Arc::new(panel.expand(case_of(seed, contract), seed))
}

/// Looks for a contract on which a panel does not agree, from a start, shrinks it and stores its case in a folder.
fn smallest_disagreement(panel: &RefCell<Panel>, config: Config, start: u8, store: &Path) -> Option<(Repro, Verdict)> {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[start; 32]);
    let judged = TestRunner::new_with_rng(config, random).run(&contract::contracts(), |contract| {
        let panel = &mut *panel.borrow_mut();
        let case = case(panel, &contract);
        match panel.hear(&[case]).pop() {
            Some((_, Verdict::Agree)) => Ok(()),
            heard => Err(TestCaseError::fail(format!("{:?}", heard.map(|(_, verdict)| verdict)))),
        }
    });
    match judged {
        Ok(()) => None,
        Err(TestError::Abort(reason)) => panic!("the search was given up: {reason}"),
        Err(TestError::Fail(_, contract)) => {
            let panel = &mut *panel.borrow_mut();
            let case = case(panel, &contract);
            let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("an answer");
            Some((Repro::write(store, &case, &evidence, &verdict).expect("a repro folder"), verdict))
        }
    }
}

#[test]
fn every_contract_is_seen_alike_by_all_observers() {
    let config = Config {
        cases: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(SEEDS))),
        ..Config::default()
    };
    let store = project().join("corpus/regressions");
    if let Some((repro, verdict)) = with_room(|| smallest_disagreement(&RefCell::new(panel()), config, 0, &store)) {
        panic!("{verdict}\nstored in {}: commit it with the repair", repro.folder.display());
    }
}

#[test]
fn stored_cases_agree() {
    with_room(|| {
        let mut panel = panel();
        for entry in fs::read_dir(project().join("corpus/regressions")).expect("the regressions") {
            let folder = entry.expect("an entry").path();
            if folder.is_dir() {
                let repro = Repro::read(&folder).expect("a repro folder");
                let (_, verdict) = panel.hear(&[repro.case]).pop().expect("an answer");
                assert_eq!(verdict, Verdict::Agree, "{}", folder.display());
            }
        }
    });
}

#[test]
fn a_failure_is_shrunk_stored_and_seen_again() {
    let broken = || {
        let treatments = Treatments::all().without(Treatment::BulkCost);
        let meter = Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), treatments);
        Panel::new(LaneSet::of(vec![Box::new(EngineLane::with_meter(EngineConfig::Wasmi, meter))]))
            .expect("the oracles")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config { cases: 500, failure_persistence: None, ..Config::default() };
    let found = |start: u8| {
        let store = folder.path().join(start.to_string());
        let (repro, verdict) =
            with_room(|| smallest_disagreement(&RefCell::new(broken()), config.clone(), start, &store))
                .expect("a contract with a bulk operator");
        assert!(matches!(verdict, Verdict::Diverge(_)), "{verdict}");
        let text = fs::read_to_string(repro.folder.join("module.wat")).expect("the module's text");
        (text.lines().count(), text, repro, verdict)
    };
    // Where the operator is met in the guest ABI's own code, that stays; so the smallest from several starts.
    let (lines, text, repro, verdict) = (0..4).map(found).min_by_key(|found| found.0).expect("there are starts");
    assert!(lines < 60, "{lines} lines are left:\n{text}");
    // The folder alone brings the divergence back, and a sound meter has none on it.
    let stored = Repro::read(&repro.folder).expect("a repro folder").case;
    let again = with_room(|| broken().hear(&[Arc::clone(&stored)]).pop().expect("an answer").1);
    assert_eq!(again, verdict);
    let sound = with_room(|| {
        let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
        Panel::new(lanes).expect("the oracles").hear(&[stored]).pop().expect("an answer").1
    });
    assert_eq!(sound, Verdict::Agree);
}
