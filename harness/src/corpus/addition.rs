//! An addition is a case that becomes a file of the corpus.

use super::{CorpusCase, CorpusError, expectation, header, module, modules};
use crate::{Case, Observation};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// A case that is to become a file.
#[derive(Clone, Copy, Debug)]
pub struct Addition<'a> {
    /// What it shows.
    pub about: &'a str,
    /// A line more for people.
    pub note: Option<&'a str>,
    /// The case. Its relations are left out: whoever hears a file adds repeats and limits anew.
    pub case: &'a Case,
    /// What is to be seen of it.
    pub seen: &'a Observation,
}

impl Addition<'_> {
    /// Writes a file that is not there yet.
    ///
    /// # Errors
    ///
    /// If it is there, cannot be written, or cannot hold the case.
    pub fn write(&self, path: &Path) -> Result<(), CorpusError> {
        let text = self.text(path)?;
        let io = |source| CorpusError::Io { path: path.to_owned(), source };
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)
    }

    fn text(&self, path: &Path) -> Result<String, CorpusError> {
        let Self { about, note, case, seen } = self;
        let wrong = |reason: String| CorpusError::Header { path: path.to_owned(), reason };
        if case.upload.is_some() {
            return Err(wrong("nodes are part of what it shows, and a file knows no upload: keep it as a test".into()));
        }
        if case.parent.is_some() {
            let reason = "it is judged by the parent of its mutant, and a file knows none: `reduce` drops one that does not matter, \
                          keep one that does as a test";
            return Err(wrong(reason.into()));
        }
        if !case.validations.is_empty() {
            let reason = "it calls validators: keep the call in their golden files, which every form is held to";
            return Err(wrong(reason.into()));
        }
        let mut text = header::write(about, &case.runs).map_err(wrong)?;
        if let Some(note) = note {
            // One line, however the verdict was printed.
            text += &format!(";; {}\n", note.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        text += &module::write(&case.module);
        text += &modules::write(&case.modules);
        let text = expectation::replace(&text, &expectation::text(case, seen));
        // What the file says must be the case: names with quotes, and modules that are none, make it worth a look.
        let again = CorpusCase::of(path, text)?;
        let Case { module: _, modules, runs, relations: _, validations: _, upload: _, parent: _ } = &again.case;
        if (modules.keys().collect::<Vec<_>>(), runs) != (case.modules.keys().collect(), &case.runs) {
            return Err(wrong("the file would hold another case than it is to".into()));
        }
        Ok(again.source)
    }
}
