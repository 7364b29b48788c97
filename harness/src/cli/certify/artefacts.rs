//! Artefacts are the files that a certificate is about.

use super::super::built::{project, this_program};
use anyhow::Context as _;
use modal_harness::certificate::{Subject, tree_sum};
use modal_harness::results::Sha256Sum;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What compilers, package managers and tests leave in folders, and is no part of a release.
const LEFT_OVER: [&str; 3] = ["node_modules", "target", "test"];

/// What a certificate is about: the harness, what it was built from, and what nodes and clients run.
pub(super) fn subjects() -> anyhow::Result<Vec<Subject>> {
    let file = |name: &str, path: &Path| anyhow::Ok(Subject::new(name, file_sum(path)?));
    let tree = |name: &str, path: &str| anyhow::Ok(Subject::new(name, folder_sum(&project().join(path))?));
    Ok(vec![
        file("modal-conform", &this_program()?)?,
        file("Cargo.lock", &project().join("Cargo.lock"))?,
        tree("runtime/sdk", "runtime/sdk")?,
        tree("runtime/meter", "runtime/meter")?,
        tree("corpus", "corpus")?,
    ])
}

/// The Merkle root of the corpus.
pub(super) fn corpus_sum() -> anyhow::Result<Sha256Sum> {
    folder_sum(&project().join("corpus"))
}

/// SHA-256 of a file.
pub(super) fn file_sum(path: &Path) -> anyhow::Result<Sha256Sum> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Sha256Sum::of(&bytes))
}

/// The file of a program, which is a path or a name to be looked up.
pub(super) fn on_path(program: &OsStr) -> anyhow::Result<PathBuf> {
    let named = Path::new(program);
    if named.components().count() > 1 {
        return Ok(named.to_owned());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(named)).find(|file| file.is_file());
    found.with_context(|| format!("cannot find {} on the path", named.display()))
}

fn folder_sum(folder: &Path) -> anyhow::Result<Sha256Sum> {
    tree_sum(folder, &LEFT_OVER).with_context(|| format!("cannot read {}", folder.display()))
}
