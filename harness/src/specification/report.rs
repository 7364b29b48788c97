//! A report says what became of all directives of the official tests.

use super::excluded::{ASIDE, NOT_RUN, RUN};
use crate::Tally;
use crate::oracle::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// Why a directive did not pass.
pub(super) enum Problem {
    /// It is not what the specification says.
    Failed(String),
    /// It is outside the profile or about nothing that a lane sees.
    NotRun(&'static str),
}

/// What became of all directives of the official tests.
#[derive(Debug, Default)]
pub struct Report {
    passed: u64,
    /// How many were not run, by reason and file.
    not_run: BTreeMap<(&'static str, String), usize>,
    failures: Vec<String>,
    /// The single directives that were set aside, by file and line.
    aside: BTreeSet<(String, usize)>,
    /// How many modules a lane was not sent, because it lacks what they need.
    unsent: BTreeMap<String, u64>,
}

impl Report {
    /// How many directives have to pass.
    pub const EXPECTED: u64 = RUN;

    /// How many directives passed.
    #[must_use]
    pub fn passed(&self) -> u64 {
        self.passed
    }

    /// How many directives were carried out, with whatever result.
    #[must_use]
    pub fn executed(&self) -> u64 {
        self.passed + self.failures.len() as u64
    }

    /// What is not expected to pass, by the reason that stands in the lists of it.
    #[must_use]
    pub fn excluded(&self) -> Tally {
        let mut tally = Tally::default();
        for ((reason, _), &directives) in &self.not_run {
            tally.count_many(reason, directives as u64);
        }
        for (file, line, reason) in ASIDE {
            tally.count_many(reason, u64::from(self.aside.contains(&((*file).to_owned(), *line))));
        }
        tally
    }

    /// What speaks against the lanes, or against the tests having been run: what failed, what a lane was not sent, and
    /// where what was not run differs from the lists of it. Nothing if all is well.
    #[must_use]
    pub fn failures(&self) -> Vec<String> {
        let mut failures = self.failures.clone();
        let unsent = self.unsent.iter();
        failures.extend(unsent.map(|(lane, modules)| format!("{lane} lacks what {modules} modules need")));
        let listed = NOT_RUN.iter().flat_map(|&(reason, files)| {
            files.iter().map(move |&(file, directives)| ((reason, file.to_owned()), directives))
        });
        let listed = listed.collect::<BTreeMap<_, _>>();
        let keys = listed.keys().chain(self.not_run.keys()).collect::<BTreeSet<_>>();
        for key in keys {
            let count = |counts: &BTreeMap<(&str, String), usize>| counts.get(key).copied().unwrap_or_default();
            let (due, found) = (count(&listed), count(&self.not_run));
            if due != found {
                let (reason, file) = key;
                failures.push(format!("{file}: {found} directives were not run where {due} are listed: each {reason}"));
            }
        }
        for (file, line, _) in ASIDE {
            if !self.aside.contains(&((*file).to_owned(), *line)) {
                failures.push(format!("{file}:{line}: was not set aside"));
            }
        }
        if self.passed != RUN {
            failures.push(format!("{} directives passed, {RUN} are to pass", self.passed));
        }
        failures
    }

    /// Counts one directive.
    pub(super) fn count(&mut self, file: &str, line: usize, result: Result<(), Problem>) {
        let aside = ASIDE.iter().any(|(listed, at, _)| *listed == file && *at == line);
        match (result, aside) {
            (Ok(()), false) => self.passed += 1,
            (Err(Problem::NotRun(reason)), false) => {
                *self.not_run.entry((reason, file.to_owned())).or_default() += 1;
            }
            (Err(Problem::Failed(what)), false) => self.failures.push(format!("{file}:{line}: {what}")),
            (Err(Problem::Failed(_)), true) => {
                self.aside.insert((file.to_owned(), line));
            }
            (Ok(()) | Err(Problem::NotRun(_)), true) => {
                self.failures.push(format!("{file}:{line}: is set aside, but does not fail"));
            }
        }
    }

    /// Counts the lanes that were not sent a module.
    pub(super) fn count_unsent(&mut self, evidence: &Evidence) {
        for lane in evidence.unsent.keys() {
            *self.unsent.entry(lane.clone()).or_default() += 1;
        }
    }

    pub(super) fn fail(&mut self, what: String) {
        self.failures.push(what);
    }
}
