//! The corpus holds hand-written and reduced cases: one file, one case, one review.
//!
//! A case is a `.wat` file. Lines that begin with `;;!` at its top are TOML that says what to run; lines that begin with
//! `;;=` at its end are the expectation, which `bless` rewrites and a person reviews:
//!
//! ```text
//! ;;! about = "an add costs what its operators cost"
//! ;;! [[run]]
//! ;;! calls = ["add i32:1 i32:2"]
//! (module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
//! ;;= run 0
//! ;;=   start: completed [] | gas 0 | high 0
//! ;;=   add: completed [i32:0x00000003] | gas 4 | high 20
//! ```

mod expectation;
mod header;

use crate::{Case, Panel, Seed, Verdict};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A case of the corpus, read from its file.
#[derive(Clone, Debug)]
pub struct CorpusCase {
    /// The file.
    pub path: PathBuf,
    /// What the case shows.
    pub about: String,
    /// The case, without sweeps.
    pub case: Case,
    /// The expectation as it stands in the file.
    pub expected: String,
    source: String,
}

/// Why a case of the corpus fails.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The header is not what it should be.
    #[error("{path}: the header is wrong: {reason}")]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The text is no module.
    #[error("{path}: {source}")]
    Text {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        source: wat::Error,
    },
    /// The lanes, the reference or the oracles do not agree.
    #[error("{path}: {verdict}")]
    Verdict {
        /// The file.
        path: PathBuf,
        /// What the judge says.
        verdict: Box<Verdict>,
    },
    /// All agree, on something else than the file says.
    #[error(
        "{path}: all lanes agree, but not on what the file expects (`cargo xtask bless` rewrites it)\n--- expected\n{expected}--- seen\n{seen}"
    )]
    Expectation {
        /// The file.
        path: PathBuf,
        /// What the file says.
        expected: String,
        /// What was seen.
        seen: String,
    },
}

impl CorpusCase {
    /// Reads a case from its file.
    pub fn read(path: &Path) -> Result<Self, CorpusError> {
        let source = fs::read_to_string(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
        let header = header::parse(&source).map_err(|reason| CorpusError::Header { path: path.to_owned(), reason })?;
        let module = wat::parse_str(&source).map_err(|source| CorpusError::Text { path: path.to_owned(), source })?;
        let expected = expectation::of(&source);
        let case = Case { module, runs: header.runs, relations: Vec::new() };
        Ok(Self { path: path.to_owned(), about: header.about, case, expected, source })
    }

    /// Has a panel hear the case, with sweeps, and returns what all of it agrees on, as the expectation's text.
    pub fn hear(&self, panel: &mut Panel) -> Result<String, CorpusError> {
        let own = self.case.runs.len();
        let case = Arc::new(panel.expand(self.case.clone(), Seed(0)));
        let (evidence, verdict) = panel.hear(&[case]).pop().expect("a panel answers each case");
        match (verdict, evidence.lanes.first().map(|witness| &witness.observation)) {
            (Verdict::Agree, Some(Ok(seen))) => Ok(expectation::text(&self.case, seen, own)),
            (verdict, _) => Err(CorpusError::Verdict { path: self.path.clone(), verdict: Box::new(verdict) }),
        }
    }

    /// Has a panel hear the case and compares with the expectation.
    pub fn check(&self, panel: &mut Panel) -> Result<(), CorpusError> {
        let seen = self.hear(panel)?;
        if seen == self.expected {
            return Ok(());
        }
        Err(CorpusError::Expectation { path: self.path.clone(), expected: self.expected.clone(), seen })
    }

    /// Writes what was seen into the file. Returns whether that changed it.
    pub fn bless(&self, seen: &str) -> Result<bool, CorpusError> {
        if seen == self.expected {
            return Ok(false);
        }
        let io = |source| CorpusError::Io { path: self.path.clone(), source };
        let partial = self.path.with_extension("wat.partial");
        fs::write(&partial, expectation::replace(&self.source, seen)).map_err(io)?;
        fs::rename(&partial, &self.path).map_err(io)?;
        Ok(true)
    }
}

/// The files of all cases below a folder, in the order of their paths.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let io = |source| CorpusError::Io { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "wat") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
