//! A snapshot names the inputs that together reach what all inputs did when it was made.
//!
//! ```text
//! target/fuzz/{target}/inputs/{sha256}       every input that ever reached something new; none is ever removed
//! target/fuzz/{target}/snapshots/{sha256}    names of inputs, a line each; named by its own digest
//! target/fuzz/{target}/seeds, work           what is made from the corpus, and what libFuzzer works on; made anew each time
//! ```
//!
//! Files are named by what they hold, so folders of several machines can be copied into each other. Fuzzing goes on from all
//! snapshots that are there, and leaves one in their place.

use super::program::Program;
use crate::task;
use anyhow::{Context, bail};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The snapshots of one target.
pub(super) struct Snapshots {
    folder: PathBuf,
    /// The names of those that were restored, in whose place the next one comes.
    restored: BTreeSet<String>,
}

/// What fuzzing goes on from.
pub(super) struct Restored {
    /// The folder that libFuzzer works on.
    pub(super) work: PathBuf,
    snapshots: usize,
    inputs: usize,
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
        let snapshots = Self { folder: folder.to_owned(), restored: BTreeSet::new() };
        for name in ["inputs", "snapshots"] {
            make_folder(&snapshots.folder.join(name))?;
        }
        Ok(snapshots)
    }

    /// Makes the folder that libFuzzer works on: the inputs of all snapshots and all that lies in `more`.
    pub(super) fn restore(&mut self, more: &[PathBuf]) -> anyhow::Result<Restored> {
        let work = self.folder.join("work");
        if work.is_dir() {
            // A run that was ended from outside left it behind.
            self.keep(&work)?;
        }
        empty_folder(&work)?;
        self.restored = names(&self.folder.join("snapshots"))?;
        let mut inputs = BTreeSet::new();
        for snapshot in &self.restored {
            let list = String::from_utf8(self.sound("snapshots", snapshot)?)?;
            inputs.extend(list.lines().map(str::to_owned));
        }
        for name in &inputs {
            write(&work.join(name), &self.sound("inputs", name)?)?;
        }
        for folder in more.iter().filter(|folder| folder.is_dir()) {
            for bytes in contents(folder)? {
                write(&work.join(digest(&bytes)), &bytes)?;
            }
        }
        Ok(Restored { work, snapshots: self.restored.len(), inputs: inputs.len() })
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

    /// Makes a snapshot of what is in a folder and was kept, with as few inputs as reach the same, in the place of those that
    /// were restored. Where that cannot be found out, because one of them breaks a law, it has all of them.
    pub(super) fn minimise(&mut self, program: &Program, work: &Path) -> anyhow::Result<Snapshot> {
        let least = self.folder.join("least");
        empty_folder(&least)?;
        let merged = program.merge(work, &least, &self.folder.join("merge.log"))?;
        let chosen = if merged { &least } else { work };
        // What is too long for the target is merged cut off, and so is an input that was not there before.
        self.keep(chosen)?;
        self.replace(chosen)
    }

    /// Makes a snapshot of all that is in a folder, in the place of those that were restored. Others may have come meanwhile.
    fn replace(&mut self, chosen: &Path) -> anyhow::Result<Snapshot> {
        let names = contents(chosen)?.iter().map(|bytes| digest(bytes)).collect::<BTreeSet<_>>();
        let list = names.iter().map(|name| format!("{name}\n")).collect::<String>();
        let snapshot = Snapshot { digest: digest(list.as_bytes()), inputs: names.len() };
        let snapshots = self.folder.join("snapshots");
        task::write_changed(&snapshots.join(&snapshot.digest), list.as_bytes())?;
        self.restored.remove(&snapshot.digest);
        for old in &self.restored {
            let old = snapshots.join(old);
            fs::remove_file(&old).with_context(|| format!("failed to remove {}", old.display()))?;
        }
        self.restored = BTreeSet::from([snapshot.digest.clone()]);
        Ok(snapshot)
    }

    /// What a file holds that is named by it.
    fn sound(&self, folder: &str, name: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.folder.join(folder).join(name);
        let bytes = read(&path)?;
        if digest(&bytes) != name {
            bail!("failed to restore {}: it does not hold what its name says; restore it or remove it", path.display());
        }
        Ok(bytes)
    }
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.snapshots {
            0 => f.write_str("there is no snapshot: fuzzing begins with the seeds alone"),
            many => write!(f, "fuzzing goes on; snapshots: {many}, inputs that they name: {}", self.inputs),
        }
    }
}

/// The SHA-256 of an input, in lower hex: its name.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names of the files of a folder. One that was being written when a run was ended from outside has an extension.
fn names(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let entries = folder.read_dir().with_context(|| format!("failed to list {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    Ok(names.collect::<anyhow::Result<Vec<_>>>()?.into_iter().filter(|name| !name.contains('.')).collect())
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

    /// Adds a snapshot of inputs, as copying another machine's folder does.
    fn copy_in(root: &Path, inputs: &[&[u8]]) {
        let mut list = String::new();
        for input in inputs {
            write(&root.join("inputs").join(digest(input)), input).expect("an input");
            list += &format!("{}\n", digest(input));
        }
        write(&root.join("snapshots").join(digest(list.as_bytes())), list.as_bytes()).expect("a snapshot");
    }

    fn held(folder: &Path) -> BTreeSet<Vec<u8>> {
        contents(folder).expect("inputs").into_iter().collect()
    }

    fn set(inputs: &[&[u8]]) -> BTreeSet<Vec<u8>> {
        inputs.iter().map(|input| input.to_vec()).collect()
    }

    #[test]
    fn inputs_are_restored_and_none_is_lost() {
        let root = folder("fuzz-snapshots");
        let seeds = folder("fuzz-seeds");
        write(&seeds.join("any name"), b"seed").expect("a seed");
        let mut snapshots = Snapshots::open(&root).expect("a folder");
        let first = snapshots.restore(&[seeds, root.join("none")]).expect("a folder to work on");
        assert_eq!(first.to_string(), "there is no snapshot: fuzzing begins with the seeds alone");
        assert_eq!(held(&first.work), set(&[b"seed"]));
        write(&first.work.join("found"), b"found").expect("an input");
        let kept = snapshots.keep(&first.work).expect("inputs are kept");
        assert_eq!((kept.new, kept.all), (2, 2));
        copy_in(&root, &[b"found"]);
        write(&first.work.join("left"), b"left behind").expect("an input");
        let again = snapshots.restore(&[]).expect("a folder to work on");
        assert_eq!(again.to_string(), "fuzzing goes on; snapshots: 1, inputs that they name: 1");
        assert_eq!(held(&again.work), set(&[b"found"]));
        assert_eq!(snapshots.keep(&again.work).expect("inputs are kept").all, 3, "what a killed run left is kept");
        write(&root.join("inputs").join(digest(b"found")), b"damaged").expect("an input");
        let error = snapshots.restore(&[]).err().expect("an input is damaged").to_string();
        assert!(error.contains("it does not hold what its name says"), "{error}");
    }

    #[test]
    fn snapshots_of_several_machines_become_one() {
        let root = folder("fuzz-machines");
        let mut snapshots = Snapshots::open(&root).expect("a folder");
        copy_in(&root, &[b"both", b"one"]);
        copy_in(&root, &[b"both", b"other"]);
        write(&root.join("snapshots/cut.new"), b"half of a na").expect("a file");
        let restored = snapshots.restore(&[]).expect("a folder to work on");
        assert_eq!(restored.to_string(), "fuzzing goes on; snapshots: 2, inputs that they name: 3");
        assert_eq!(held(&restored.work), set(&[b"both", b"one", b"other"]));
        // A third one comes while that is fuzzed.
        copy_in(&root, &[b"late"]);
        write(&restored.work.join("found"), b"found").expect("an input");
        snapshots.keep(&restored.work).expect("inputs are kept");
        for inputs in [4, 4] {
            assert_eq!(snapshots.replace(&restored.work).expect("a snapshot").inputs, inputs);
        }
        let all = snapshots.restore(&[]).expect("a folder to work on");
        assert_eq!(all.to_string(), "fuzzing goes on; snapshots: 2, inputs that they name: 5");
        assert_eq!(held(&all.work), set(&[b"both", b"found", b"late", b"one", b"other"]));
        snapshots.replace(&all.work).expect("a snapshot");
        assert_eq!(names(&root.join("snapshots")).expect("snapshots").len(), 1);
        assert_eq!(held(&root.join("inputs")), held(&all.work), "no input is removed");
    }
}
