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
//!
//! A line `;;@ { name = "/other", gas = 5000 }` begins the text of another module, which guests can call by that name; with
//! `wasm = "other.wasm"`, it lies there.
//!
//! A module that a compiler made has a file of its own, and its case is a `.case` file: a header that names the module,
//! and an expectation that begins with the digest of its bytes:
//!
//! ```text
//! ;;! about = "a guest that was written in C"
//! ;;! wasm = "guest.wasm"
//! ;;! [[run]]
//! ;;! method = "validate"
//! ;;! input = '{"amount": 5}'
//! ;;= module sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! ;;= run 0
//! ;;=   validate: output "ok" | gas 812 | high 40
//! ```

mod addition;
mod error;
mod expectation;
mod files;
mod header;
mod module;
mod modules;

pub use addition::Addition;
pub use error::CorpusError;
pub use files::files;

use crate::{Case, Observation, Panel, Seed, Verdict};
use module::ModuleFile;
use modules::Split;
use std::collections::BTreeMap;
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
    /// What each run shows, where the file says so.
    pub runs_about: Vec<Option<String>>,
    /// The case, without sweeps.
    pub case: Case,
    /// The expectation as it stands in the file.
    pub expected: String,
    source: String,
    /// The files of its modules that have one: its own, and those that can be called by a name.
    module_files: BTreeMap<Option<String>, ModuleFile>,
}

impl CorpusCase {
    /// Reads a case from its file, and its module from where the file says.
    ///
    /// # Errors
    ///
    /// If either cannot be read or is not what it should be.
    pub fn read(path: &Path) -> Result<Self, CorpusError> {
        let source = fs::read_to_string(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
        Self::of(path, source)
    }

    /// The case that a file holds.
    fn of(path: &Path, source: String) -> Result<Self, CorpusError> {
        let header = header::parse(&source).map_err(|reason| CorpusError::Header { path: path.to_owned(), reason })?;
        let Split { own, modules, files } = modules::split(path, &source)?;
        let (module, own_file) = module::read(path, &own, header.wasm)?;
        let called = files.into_iter().map(|(name, file)| (Some(name), file));
        let module_files = own_file.into_iter().map(|file| (None, file)).chain(called).collect();
        let expected = expectation::of(&source);
        let case = Case { modules, ..Case::new(module, header.runs) };
        Ok(Self {
            path: path.to_owned(),
            about: header.about,
            runs_about: header.runs_about,
            case,
            expected,
            source,
            module_files,
        })
    }

    /// The same case with other builds of its modules, which lie in `folder` under the same names.
    ///
    /// # Errors
    ///
    /// If none of the case's modules has a file of its own, or `folder` lacks one of them.
    pub fn rebuilt(mut self, folder: &Path) -> Result<Self, CorpusError> {
        if self.module_files.is_empty() {
            let reason = "it has no `wasm`, so there is no other build of it".into();
            return Err(CorpusError::Header { path: self.path, reason });
        }
        for (name, file) in &mut self.module_files {
            *file = file.elsewhere(folder);
            match name {
                None => self.case.module = file.bytes()?,
                Some(name) => {
                    if let Some(module) = self.case.modules.get_mut(name) {
                        module.bytes = file.bytes()?;
                    }
                }
            }
        }
        Ok(self)
    }

    /// Has a panel hear the case, with sweeps, and returns what all of it agrees on.
    ///
    /// # Errors
    ///
    /// If it does not agree.
    pub fn hear(&self, panel: &mut Panel) -> Result<Observation, CorpusError> {
        let case = Arc::new(panel.expand(self.case.clone(), Seed(0)));
        let (evidence, verdict) = panel.hear(&[case]).pop().expect("a panel answers each case");
        match (verdict, evidence.lanes.into_iter().next().map(|witness| witness.observation)) {
            (Verdict::Agree, Some(Ok(seen))) => Ok(seen),
            (verdict, _) => Err(CorpusError::Verdict { path: self.path.clone(), verdict: Box::new(verdict) }),
        }
    }

    /// Has a panel hear the case and compares with the expectation, to the last gas.
    ///
    /// # Errors
    ///
    /// If the module is another than the file expects, the panel does not agree, or it sees something else.
    pub fn check(&self, panel: &mut Panel) -> Result<Observation, CorpusError> {
        for (name, file) in &self.module_files {
            file.expect(&self.path, &self.expected, name.as_deref(), self.bytes(name.as_deref()))?;
        }
        let observation = self.hear(panel)?;
        let seen = self.expectation(&observation);
        if seen == self.expected {
            return Ok(observation);
        }
        Err(CorpusError::Expectation { path: self.path.clone(), expected: self.expected.clone(), seen })
    }

    /// Has a panel hear the case and compares outcomes only: another build of a module gives the same outputs for
    /// another gas.
    ///
    /// # Errors
    ///
    /// If the panel does not agree, or sees other outcomes.
    pub fn check_outcomes(&self, panel: &mut Panel) -> Result<Observation, CorpusError> {
        let observation = self.hear(panel)?;
        let seen = expectation::outcomes(&self.expectation(&observation));
        let expected = expectation::outcomes(&self.expected);
        if seen == expected {
            return Ok(observation);
        }
        Err(CorpusError::Outcomes { path: self.path.clone(), expected, seen })
    }

    /// Writes what was seen into the file. Returns whether that changed it.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn bless(&self, seen: &Observation) -> Result<bool, CorpusError> {
        let seen = self.expectation(seen);
        if seen == self.expected {
            return Ok(false);
        }
        let io = |source| CorpusError::Io { path: self.path.clone(), source };
        let mut partial = self.path.clone().into_os_string();
        partial.push(".partial");
        fs::write(&partial, expectation::replace(&self.source, &seen)).map_err(io)?;
        fs::rename(&partial, &self.path).map_err(io)?;
        Ok(true)
    }

    /// What was seen as the expectation's text.
    fn expectation(&self, seen: &Observation) -> String {
        let names = self.module_files.keys().map(Option::as_deref);
        let modules = names.map(|name| module::line(name, self.bytes(name))).collect::<String>();
        modules + &expectation::text(&self.case, seen)
    }

    /// The case's own module, or the one that can be called by this name.
    fn bytes(&self, name: Option<&str>) -> &[u8] {
        let Some(name) = name else { return &self.case.module };
        self.case.modules.get(name).map_or(&[], |module| &module.bytes)
    }
}
