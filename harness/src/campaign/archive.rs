//! An archive is a finding in one file: a repro folder, packed.

use crate::{Finding, Repro};
use std::fs;
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A finding as a ZIP file of its repro folder and of `replay.txt`, which says how to see it again. Its bytes follow from the
/// finding: files in order, no times, no compression.
///
/// # Errors
///
/// If a temporary folder cannot be written.
pub fn archive(finding: &Finding) -> io::Result<Vec<u8>> {
    let Finding { case, evidence, verdict, .. } = finding;
    let under = tempfile::tempdir()?;
    let folder = Repro::write(under.path(), case, evidence, verdict)?.folder;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files(&folder)? {
        let name = file.strip_prefix(&folder).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        zip.start_file(name, options)?;
        zip.write_all(&fs::read(&file)?)?;
    }
    zip.start_file("replay.txt", options)?;
    zip.write_all(b"unzip -d finding THIS.zip && cargo conform replay finding\n")?;
    Ok(zip.finish()?.into_inner())
}

/// The files under a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}
