//! Findings are inputs that break a law. They become files of the corpus, which the tests run from then on.

use super::snapshot::digest;
use crate::task;
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What libFuzzer calls inputs on which a target broke, took too long or took too much memory.
const PREFIXES: [&str; 4] = ["crash-", "leak-", "oom-", "timeout-"];

/// Where the findings of a target are kept.
pub(super) fn folder(target: &str) -> PathBuf {
    task::root().join(path(target))
}

/// Takes what libFuzzer left into the corpus, and fails if there is something.
pub(super) fn file(target: &str, artifacts: &Path) -> anyhow::Result<()> {
    let mut found = Vec::new();
    for entry in artifacts.read_dir().with_context(|| format!("failed to list {}", artifacts.display()))? {
        let artifact = entry?;
        let name = artifact.file_name().to_string_lossy().into_owned();
        if !PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let bytes = fs::read(artifact.path()).with_context(|| format!("failed to read {name}"))?;
        let digest = digest(&bytes);
        task::write_changed(&folder(target).join(&digest), &bytes)?;
        // It is in the corpus now: the next run must not find it again.
        fs::remove_file(artifact.path()).with_context(|| format!("failed to remove {name}"))?;
        found.push(format!("{name}\n  cargo run -p modal-fuzz -- replay {target} {}/{digest}", path(target)));
    }
    if found.is_empty() {
        return Ok(());
    }
    bail!("{target} breaks a law on {} inputs, which are in the corpus now:\n{}", found.len(), found.join("\n"));
}

fn path(target: &str) -> String {
    format!("corpus/findings/{target}")
}
