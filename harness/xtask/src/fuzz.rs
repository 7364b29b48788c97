//! Fuzzing: builds a target's program with a nightly compiler, lets libFuzzer run it, and keeps all that it found.

mod findings;
mod program;
mod progress;
mod snapshot;

use crate::task;
use anyhow::{Context, bail};
use program::Program;
use snapshot::Snapshots;
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

/// Where libFuzzer's programs and what belongs to them lie.
const FOLDER: &str = "fuzz";

/// How long to fuzz, and with what.
pub(crate) struct Plan {
    /// Minutes.
    pub(crate) minutes: NonZeroU32,
    /// Processes.
    pub(crate) jobs: NonZeroU32,
}

/// Lists the targets.
pub(crate) fn list() -> anyhow::Result<()> {
    targets()?.iter().for_each(|target| println!("{target}"));
    Ok(())
}

/// Fuzzes a target. What is found is kept before this fails.
pub(crate) fn run(target: &str, plan: &Plan) -> anyhow::Result<()> {
    let targets = targets()?;
    if !targets.iter().any(|known| known == target) {
        bail!("failed to find the fuzz target {target:?}; the targets are {}", targets.join(", "));
    }
    let program = Program::build(target)?;
    let folder = task::target_folder().join("fuzz").join(target);
    let mut snapshots = Snapshots::open(&folder)?;
    let seeds = folder.join("seeds");
    make_seeds(target, &seeds)?;
    let restored = snapshots.restore(&[seeds, findings::folder(target)])?;
    eprintln!("{target}: {restored}");
    let work = restored.work;
    let artifacts = folder.join("artifacts");
    fs::create_dir_all(&artifacts).with_context(|| format!("failed to make {}", artifacts.display()))?;
    let ended = program.fuzz(&work, &artifacts, &folder.join("log"), plan);
    // Whatever ended it, what it found so far is kept first.
    let kept = snapshots.keep(&work)?;
    let snapshot = snapshots.minimise(&program, &work)?;
    eprintln!("{} new inputs; the snapshot {} has {} of {}", kept.new, snapshot.digest, snapshot.inputs, kept.all);
    findings::file(target, &artifacts)?;
    ended
}

/// The names of the targets, which are those of the programs.
fn targets() -> anyhow::Result<Vec<String>> {
    let folder = task::root().join(FOLDER).join("libfuzzer/fuzz_targets");
    let mut names = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("failed to list {}", folder.display()))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Makes what fuzzing begins with from the corpus, in place of what was made before.
fn make_seeds(target: &str, folder: &Path) -> anyhow::Result<()> {
    snapshot::empty_folder(folder)?;
    let mut make = task::cargo();
    make.args(["run", "--quiet", "--package", "modal-fuzz", "--", "seeds", target]).arg(folder);
    eprintln!("$ {}", task::text(&make));
    task::run(&mut make)
}
