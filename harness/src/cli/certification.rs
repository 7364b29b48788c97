//! The folder of a certification, and the files in it.

use anyhow::Context as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The file with the certificate; there only if there is one.
pub(super) const CERTIFICATE: &str = "certificate.intoto.jsonl";

/// A file that was named, or the one of this name in a folder that was named.
pub(super) fn file_of(named: &Path, name: &str) -> PathBuf {
    if named.is_dir() { named.join(name) } else { named.to_owned() }
}

/// Writes a file whole, or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = || -> anyhow::Result<()> {
        let mut file = tempfile::Builder::new();
        // A file of nobody else's would be the default; certificates are for everybody who may read the folder.
        #[cfg(unix)]
        file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = file.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    whole().with_context(|| format!("cannot write {}", path.display()))
}
