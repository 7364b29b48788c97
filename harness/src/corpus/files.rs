//! The files of the corpus that are cases.

use super::CorpusError;
use std::fs;
use std::path::{Path, PathBuf};

/// What a case's file ends with: a module in text form, or the name of one in a file of its own.
const EXTENSIONS: [&str; 2] = ["wat", "case"];

/// Folders that compilers leave where an example is built by hand.
const LEFT_OVER: [&str; 2] = ["node_modules", "target"];

/// The files of all cases below a folder, in the order of their paths.
///
/// # Errors
///
/// If a folder cannot be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let io = |source| CorpusError::Io { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if !path.is_dir() {
                if path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|case| extension == *case)) {
                    found.push(path);
                }
            } else if !LEFT_OVER.iter().any(|name| path.ends_with(name)) {
                folders.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
