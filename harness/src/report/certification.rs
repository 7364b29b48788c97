//! A certification is what `cargo conform certify` leaves in a folder: what it says, a row for each case, its findings, and what
//! times it took.

use crate::certificate::{Conformance, Times};
use crate::results::{Row, Sha256Sum, TableError, read_table};
use crate::{Case, Repro};
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that says what came of the certification.
pub const CONFORMANCE: &str = "conformance.json";

/// The file with a row for each generated case.
pub const RESULTS: &str = "results.parquet";

/// The file with what times it took; it may be missing.
pub const TIMES: &str = "times.json";

/// The folder with a repro folder for each finding; it is missing if there are none.
pub const FINDINGS: &str = "findings";

/// The folder of a finding in which `cargo conform reduce` has put what it made of it; it may be missing.
pub const REDUCED: &str = "reduced";

/// The most bytes of a module's text that are read: more is for tools.
const LARGEST_TEXT: u64 = 64 << 10;

/// What a certification left in its folder.
#[derive(Clone, Debug)]
pub struct Certification {
    /// What it says.
    pub conformance: Conformance,
    /// A row for each generated case, by index.
    pub rows: Vec<Row>,
    /// Its findings, by the names of their folders.
    pub findings: Vec<Found>,
    /// What times it took, if that is there.
    pub times: Option<Times>,
}

/// A finding as it lies in its folder.
#[derive(Clone, Debug)]
pub struct Found {
    /// The name of its folder.
    pub name: String,
    /// The case, and the verdict in words.
    pub repro: Repro,
    /// The module's text.
    pub wat: String,
    /// What it was reduced to, if it was.
    pub reduced: Option<Box<Found>>,
}

/// Why there is no certification to report.
#[derive(Debug, thiserror::Error)]
pub enum CertificationError {
    /// A file cannot be read.
    #[error("failed to read {}", path.display())]
    Read {
        /// The file or the folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what its name says.
    #[error("failed to understand {}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The rows cannot be read.
    #[error("failed to read the rows of {}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TableError,
    },
    /// The rows are of another run.
    #[error(
        "failed to match {} with {CONFORMANCE}, which tells of a file with SHA-256 {told}; this one has {found}",
        path.display()
    )]
    Mismatch {
        /// The file with the rows.
        path: PathBuf,
        /// The digest that the certification has of it.
        told: Sha256Sum,
        /// The digest that it has.
        found: Sha256Sum,
    },
}

impl Certification {
    /// Reads what a certification left in a folder.
    ///
    /// # Errors
    ///
    /// If what it must hold is missing or is something else, or the rows are not those that it tells of.
    pub fn read(folder: &Path) -> Result<Self, CertificationError> {
        let conformance: Conformance = json(&folder.join(CONFORMANCE))?;
        let path = folder.join(RESULTS);
        let table = fs::read(&path).map_err(unreadable(&path))?;
        let (told, found) = (conformance.results.parquet_sha256, Sha256Sum::of(&table));
        if told != found {
            return Err(CertificationError::Mismatch { path, told, found });
        }
        let rows = read_table(table).map_err(|source| CertificationError::Table { path, source })?;
        let times = folder.join(TIMES);
        let times = if times.exists() { Some(json(&times)?) } else { None };
        Ok(Self { conformance, rows, findings: Found::all(&folder.join(FINDINGS))?, times })
    }
}

impl Found {
    /// Every repro folder in a folder, by name; none if there is no such folder.
    fn all(folder: &Path) -> Result<Vec<Self>, CertificationError> {
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut paths = entries.map_err(unreadable(folder))?.into_iter().map(|entry| entry.path()).collect::<Vec<_>>();
        paths.retain(|path| Repro::is_at(path));
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(folder: &Path) -> Result<Self, CertificationError> {
        let repro = Repro::read(folder).map_err(unreadable(folder))?;
        let reduced = Self::all(&folder.join(REDUCED))?.into_iter().next().map(Box::new);
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { name, repro, wat: wat(&folder.join("module.wat"))?, reduced })
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> &Arc<Case> {
        &self.repro.case
    }
}

/// The start of a module's text; nothing if there is none, as in a folder that a person made.
fn wat(path: &Path) -> Result<String, CertificationError> {
    let mut bytes = Vec::new();
    match fs::File::open(path).and_then(|file| file.take(LARGEST_TEXT).read_to_end(&mut bytes)) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(unreadable(path)(error)),
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, CertificationError> {
    let bytes = fs::read(path).map_err(unreadable(path))?;
    serde_json::from_slice(&bytes).map_err(|source| CertificationError::Form { path: path.to_owned(), source })
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> CertificationError {
    move |source| CertificationError::Read { path: path.to_owned(), source }
}
