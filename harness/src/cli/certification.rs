//! The folder of a certification, and the files in it.

use anyhow::Context as _;
use modal_harness::certificate::Conformance;
use modal_harness::results::{Row, read_table};
use std::fs;
use std::path::{Path, PathBuf};

/// The file with the certificate; there only if there is one.
pub(super) const CERTIFICATE: &str = "certificate.intoto.jsonl";

/// The file with what was found, certificate or not.
pub(super) const CONFORMANCE: &str = "conformance.json";

/// The file with a row for each generated case.
pub(super) const RESULTS: &str = "results.parquet";

/// The folder of the cases that did not agree.
pub(super) const FINDINGS: &str = "findings";

/// What a certification found.
pub(super) struct Certification {
    pub(super) conformance: Conformance,
    pub(super) rows: Vec<Row>,
}

/// Reads what a certification found.
pub(super) fn read(folder: &Path) -> anyhow::Result<Certification> {
    let (path, table) = (folder.join(CONFORMANCE), folder.join(RESULTS));
    let bytes = |path: &Path| {
        fs::read(path).with_context(|| format!("cannot read {}; `cargo conform certify` writes it", path.display()))
    };
    let conformance = serde_json::from_slice(&bytes(&path)?);
    let conformance = conformance.with_context(|| format!("cannot understand {}", path.display()))?;
    let rows = read_table(bytes(&table)?).with_context(|| format!("cannot understand {}", table.display()))?;
    Ok(Certification { conformance, rows })
}

/// A file that was named, or the one of this name in a folder that was named.
pub(super) fn file_of(named: &Path, name: &str) -> PathBuf {
    if named.is_dir() { named.join(name) } else { named.to_owned() }
}

/// Writes a file whole, or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = || -> anyhow::Result<()> {
        let file = tempfile::NamedTempFile::new_in(folder)?;
        fs::write(file.path(), bytes)?;
        file.persist(path)?;
        Ok(())
    };
    whole().with_context(|| format!("cannot write {}", path.display()))
}
