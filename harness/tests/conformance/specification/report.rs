//! A report says what became of all directives.

use super::excluded::ASIDE;
use std::collections::{BTreeMap, BTreeSet};

/// Why a directive did not pass.
pub(crate) enum Problem {
    /// It is not what the specification says.
    Failed(String),
    /// It is outside the profile or about nothing that a lane sees.
    NotRun(&'static str),
}

/// What became of all directives.
#[derive(Default)]
pub(crate) struct Report {
    /// How many passed.
    pub(crate) run: usize,
    /// How many were not run, by reason and file.
    pub(crate) not_run: BTreeMap<(&'static str, String), usize>,
    /// What failed.
    pub(crate) failures: Vec<String>,
    /// The single directives that were set aside, by file and line.
    pub(crate) aside: BTreeSet<(String, usize)>,
}

impl Report {
    /// Counts one directive.
    pub(crate) fn count(&mut self, file: &str, line: usize, result: Result<(), Problem>) {
        let aside = ASIDE.iter().any(|(listed, at, _)| *listed == file && *at == line);
        match (result, aside) {
            (Ok(()), false) => self.run += 1,
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
}
