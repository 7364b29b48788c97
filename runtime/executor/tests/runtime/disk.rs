//! Code that is kept in a folder: what is loaded is what this program wrote for these bytes, and nothing that happens to
//! the folder changes an answer.

mod crash;
mod eviction;
mod folder;
#[cfg(feature = "planted")]
mod planted;
mod restart;
mod sharing;
mod tampering;

use crate::support::guest;
use modal_wasm_runtime::{DiskCache, DiskStatistics, EngineConfig, Execution, ModuleCache, WasmExecutor};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A folder whose cache is open.
struct Folder {
    /// Removed at the end.
    _parent: TempDir,
    disk: DiskCache,
}

impl Folder {
    fn new() -> Self {
        let parent = tempfile::tempdir().expect("a folder");
        let disk = open(&parent.path().join("cache"));
        Self { _parent: parent, disk }
    }

    fn path(&self) -> &Path {
        self.disk.folder()
    }

    /// The file of a guest's code, which is compiled for it.
    fn file_of(&self, disk: &DiskCache, engine: EngineConfig, answer: &str) -> PathBuf {
        let before = files(self.path());
        let (_, statistics) = run(disk, engine, answer);
        assert_eq!(statistics, WRITTEN, "{answer} on {engine} was not there");
        let after = files(self.path());
        let mut new = after.difference(&before);
        let file = new.next().expect("it was written").clone();
        assert_eq!(new.next(), None, "one file was written");
        file
    }
}

/// The code was not there and was written.
const WRITTEN: DiskStatistics = DiskStatistics { hits: 0, misses: 1, refused: 0, written: 1, failures: 0 };

/// What was there was refused and replaced.
const REPLACED: DiskStatistics = DiskStatistics { hits: 0, misses: 1, refused: 1, written: 1, failures: 0 };

/// The code was there.
const HIT: DiskStatistics = DiskStatistics { hits: 1, misses: 0, refused: 0, written: 0, failures: 0 };

fn open(folder: &Path) -> DiskCache {
    DiskCache::open(folder).unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)))
}

/// A cache as a program that starts again has it.
fn fresh(disk: &DiskCache) -> Arc<ModuleCache> {
    Arc::new(ModuleCache::default().with_disk(disk.clone()))
}

/// Runs a guest as a program does that starts again, and says what it asked of the folder.
fn run(disk: &DiskCache, engine: EngineConfig, answer: &str) -> (Execution, DiskStatistics) {
    let cache = fresh(disk);
    let execution = execute(&cache, engine, answer);
    (execution, cache.statistics().disk)
}

fn execute(cache: &Arc<ModuleCache>, engine: EngineConfig, answer: &str) -> Execution {
    let mut executor = WasmExecutor::new(1000).with_engine(engine).with_cache(Arc::clone(cache));
    executor.execute(&guest(answer), "run", "x").unwrap_or_else(|error| panic!("{error}"))
}

/// The same without a folder.
fn run_alone(engine: EngineConfig, answer: &str) -> Execution {
    execute(&Arc::default(), engine, answer)
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path);
        }
    }
    found
}
