//! A seed corpus is what fuzzing begins with: inputs of a target, made from the project's corpus, each named by its SHA-256.
//!
//! It is made anew whenever it is needed, the same from the same corpus, and kept nowhere: over a thousand small files that say
//! nothing which the corpus does not say would only be a copy to keep up to date. What fuzzing finds is no part of it: that
//! goes to `corpus/findings`, and stays.

mod commits;
mod frames;
mod guests;
mod modules;

use crate::Target;
use anyhow::Context as _;
use modal_wasm_meter::sha256_hex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Inputs, by their names.
pub type Seeds = BTreeMap<String, Vec<u8>>;

/// Where a project keeps what was found with a target.
#[must_use]
pub fn findings(project: &Path, target: Target) -> PathBuf {
    project.join("corpus/findings").join(target.name())
}

/// Makes a target's seeds from the corpus of a project.
///
/// # Errors
///
/// If the corpus cannot be read.
pub fn make(project: &Path, target: Target) -> anyhow::Result<Seeds> {
    let corpus = project.join("corpus");
    let inputs = match target {
        Target::Differential | Target::Meter | Target::Reference => modules::all(&corpus)?,
        Target::Validators => modules::calls_of_validators(&corpus)?,
        Target::Upload => commits::all(&corpus)?,
        Target::Abi => guests::all(),
        Target::WorkerProtocol => frames::all(&corpus)?,
    };
    Ok(inputs.into_iter().map(|input| (sha256_hex(&input), input)).collect())
}

/// Makes a target's seeds and writes each to a file of a folder. How many there are.
///
/// # Errors
///
/// If the corpus cannot be read or the folder cannot be written.
pub fn write(project: &Path, target: Target, folder: &Path) -> anyhow::Result<usize> {
    let seeds = make(project, target)?;
    fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
    for (name, input) in &seeds {
        let path = folder.join(name);
        fs::write(&path, input).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(seeds.len())
}

/// The inputs in a folder, by the names of their files; none in one that is not there.
///
/// # Errors
///
/// If the folder or a file in it cannot be read.
pub fn read(folder: &Path) -> anyhow::Result<Seeds> {
    let mut inputs = Seeds::new();
    if !folder.is_dir() {
        return Ok(inputs);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        inputs.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(inputs)
}

/// Inputs, each once.
type Inputs = BTreeSet<Vec<u8>>;
