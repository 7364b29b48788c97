//! A snapshot names the inputs that together reach what all inputs did when it was made.
//!
//! ```text
//! target/fuzz/{target}/inputs/{sha256}       every input that ever reached something new; none is ever removed
//! target/fuzz/{target}/snapshots/{sha256}    names of inputs, a line each; named by its own digest
//! target/fuzz/{target}/latest                the digest of the last snapshot
//! target/fuzz/{target}/seeds, work           what is made from the corpus, and what libFuzzer works on; made anew each time
//! ```
//!
//! Files are named by what they hold, so folders of several machines can be copied into each other.

use super::program::Program;
use crate::task;
use anyhow::{Context, bail};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The snapshots of one target.
pub(super) struct Snapshots {
    folder: PathBuf,
}

/// What was kept of a run.
pub(super) struct Kept {
    /// Inputs that were not there before.
    pub(super) new: usize,
    /// Inputs that are there now.
    pub(super) all: usize,
}

/// A snapshot that was made.
pub(super) struct Snapshot {
    pub(super) digest: String,
    pub(super) inputs: usize,
}

impl Snapshots {
    /// Opens a folder of snapshots, which is made if it is not there.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        let snapshots = Self { folder: folder.to_owned() };
        for name in ["inputs", "snapshots"] {
            make_folder(&snapshots.folder.join(name))?;
        }
        Ok(snapshots)
    }

    /// The folder that libFuzzer works on: the inputs of the last snapshot and all that lies in `more`.
    pub(super) fn restore(&self, more: &[PathBuf]) -> anyhow::Result<PathBuf> {
        let work = self.folder.join("work");
        if work.is_dir() {
            // A run that was ended from outside left it behind.
            self.keep(&work)?;
        }
        empty_folder(&work)?;
        for name in self.latest()? {
            let input = self.folder.join("inputs").join(&name);
            let bytes = read(&input)?;
            if digest(&bytes) != name {
                bail!(
                    "failed to restore {}: it does not hold what its name says; restore it or remove it",
                    input.display()
                );
            }
            write(&work.join(name), &bytes)?;
        }
        for folder in more.iter().filter(|folder| folder.is_dir()) {
            for bytes in contents(folder)? {
                write(&work.join(digest(&bytes)), &bytes)?;
            }
        }
        Ok(work)
    }

    /// Keeps every input that is in a folder.
    pub(super) fn keep(&self, work: &Path) -> anyhow::Result<Kept> {
        let inputs = self.folder.join("inputs");
        let mut new = 0;
        for bytes in contents(work)? {
            let path = inputs.join(digest(&bytes));
            if !path.is_file() {
                task::write_changed(&path, &bytes)?;
                new += 1;
            }
        }
        Ok(Kept { new, all: contents(&inputs)?.len() })
    }

    /// Makes a snapshot of what is in a folder and was kept, with as few inputs as reach the same. Where that cannot be found
    /// out, because one of them breaks a law, it has all of them.
    pub(super) fn minimise(&self, program: &Program, work: &Path) -> anyhow::Result<Snapshot> {
        let least = self.folder.join("least");
        empty_folder(&least)?;
        let merged = program.merge(work, &least, &self.folder.join("merge.log"))?;
        let chosen = if merged { &least } else { work };
        // What is too long for the target is merged cut off, and so is an input that was not there before.
        self.keep(chosen)?;
        let names = contents(chosen)?.iter().map(|bytes| digest(bytes)).collect::<BTreeSet<_>>();
        let list = names.iter().map(|name| format!("{name}\n")).collect::<String>();
        let snapshot = Snapshot { digest: digest(list.as_bytes()), inputs: names.len() };
        task::write_changed(&self.folder.join("snapshots").join(&snapshot.digest), list.as_bytes())?;
        task::write_changed(&self.folder.join("latest"), format!("{}\n", snapshot.digest).as_bytes())?;
        Ok(snapshot)
    }

    /// The names of the last snapshot's inputs: none if there is no snapshot.
    fn latest(&self) -> anyhow::Result<Vec<String>> {
        let latest = self.folder.join("latest");
        if !latest.is_file() {
            return Ok(Vec::new());
        }
        let name = String::from_utf8(read(&latest)?)?;
        let list = String::from_utf8(read(&self.folder.join("snapshots").join(name.trim_end()))?)?;
        Ok(list.lines().map(str::to_owned).collect())
    }
}

/// The SHA-256 of an input, in lower hex: its name.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the files of a folder hold.
fn contents(folder: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let entries = folder.read_dir().with_context(|| format!("failed to list {}", folder.display()))?;
    entries.map(|entry| read(&entry?.path())).collect()
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("failed to read {}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("failed to write {}", path.display()))
}

fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| format!("failed to make {}", path.display()))
}

/// Makes a folder that holds nothing.
pub(super) fn empty_folder(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("failed to empty {}", path.display()))?;
    }
    make_folder(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = task::target_folder().join("tmp").join(name);
        empty_folder(&folder).expect("an empty folder");
        folder
    }

    #[test]
    fn inputs_are_restored_and_none_is_lost() {
        let root = folder("fuzz-snapshots");
        let seeds = folder("fuzz-seeds");
        write(&seeds.join("any name"), b"seed").expect("a seed");
        let snapshots = Snapshots::open(&root).expect("a folder");
        let work = snapshots.restore(&[seeds, root.join("none")]).expect("a folder to work on");
        assert_eq!(contents(&work).expect("inputs"), [b"seed".to_vec()]);
        write(&work.join("found"), b"found").expect("an input");
        let kept = snapshots.keep(&work).expect("inputs are kept");
        assert_eq!((kept.new, kept.all), (2, 2));
        let name = digest(b"found");
        let list = format!("{name}\n");
        write(&root.join("snapshots").join(digest(list.as_bytes())), list.as_bytes()).expect("a snapshot");
        write(&root.join("latest"), digest(list.as_bytes()).as_bytes()).expect("a name");
        write(&work.join("left"), b"left behind").expect("an input");
        let again = snapshots.restore(&[]).expect("a folder to work on");
        assert_eq!(contents(&again).expect("inputs"), [b"found".to_vec()]);
        assert_eq!(snapshots.keep(&again).expect("inputs are kept").all, 3, "what a killed run left is kept");
        write(&root.join("inputs").join(&name), b"damaged").expect("an input");
        let error = snapshots.restore(&[]).expect_err("an input is damaged").to_string();
        assert!(error.contains("it does not hold what its name says"), "{error}");
    }
}
