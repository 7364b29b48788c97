//! Whatever is done to an entry by someone without the key: it is refused, compiled afresh and replaced.

use super::{Folder, HIT, REPLACED, WRITTEN, files, open, run, run_alone};
use modal_wasm_runtime::{Compiler, DiskStatistics, EngineConfig};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::Index;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed};
use std::fs;
use std::path::{Path, PathBuf};

const ENGINE: EngineConfig = EngineConfig::Wasmtime(Compiler::Cranelift);
/// Where proptest writes seeds that failed.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/regressions/disk-cache.txt");

const OTHER_ENGINE: EngineConfig = EngineConfig::Wasmtime(Compiler::CraneliftNone);

/// A change of an entry.
#[derive(Clone, Debug)]
enum Tampering {
    FlipBit(Index, u8),
    Truncate(Index),
    Append(Vec<u8>),
    /// Bytes from one place on are those of another place.
    Move(Index, Index, Index),
    Replace(Vec<u8>),
    /// A valid entry, of another module, engine, build or key.
    Exchange(Foreign),
    /// The authenticator is this entry's, the code that of a valid one.
    ExchangeCode(Foreign),
}

#[derive(Clone, Copy, Debug)]
enum Foreign {
    Module,
    Engine,
    Key,
    #[cfg(feature = "planted")]
    Program,
}

fn foreign() -> impl Strategy<Value = Foreign> {
    prop_oneof![
        Just(Foreign::Module),
        Just(Foreign::Engine),
        Just(Foreign::Key),
        #[cfg(feature = "planted")]
        Just(Foreign::Program),
    ]
}

fn tampering() -> impl Strategy<Value = Tampering> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), 0..8_u8).prop_map(|(at, bit)| Tampering::FlipBit(at, bit)),
        2 => index().prop_map(Tampering::Truncate),
        1 => proptest::collection::vec(any::<u8>(), 1..100).prop_map(Tampering::Append),
        1 => (index(), index(), index()).prop_map(|(from, to, length)| Tampering::Move(from, to, length)),
        1 => proptest::collection::vec(any::<u8>(), 0..100).prop_map(Tampering::Replace),
        2 => foreign().prop_map(Tampering::Exchange),
        2 => foreign().prop_map(Tampering::ExchangeCode),
    ]
}

/// A folder with an entry, and valid entries that are not for it.
struct Scene {
    folder: Folder,
    entry: PathBuf,
    other_module: Vec<u8>,
    other_engine: Vec<u8>,
    other_key: Vec<u8>,
    #[cfg(feature = "planted")]
    other_program: Vec<u8>,
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("the entry is there")
}

impl Scene {
    fn new() -> Self {
        let folder = Folder::new();
        let elsewhere = Folder::new();
        let disk = &folder.disk;
        Self {
            entry: folder.file_of(disk, ENGINE, "one"),
            other_module: read(&folder.file_of(disk, ENGINE, "two")),
            other_engine: read(&folder.file_of(disk, OTHER_ENGINE, "one")),
            other_key: read(&elsewhere.file_of(&elsewhere.disk, ENGINE, "one")),
            #[cfg(feature = "planted")]
            other_program: read(&folder.file_of(&disk.clone().of_program([1; 32]), ENGINE, "one")),
            folder,
        }
    }

    fn foreign(&self, foreign: Foreign) -> &[u8] {
        match foreign {
            Foreign::Module => &self.other_module,
            Foreign::Engine => &self.other_engine,
            Foreign::Key => &self.other_key,
            #[cfg(feature = "planted")]
            Foreign::Program => &self.other_program,
        }
    }

    /// The entry after a change, if that is one.
    fn changed(&self, entry: &[u8], tampering: &Tampering) -> Option<Vec<u8>> {
        let mut changed = entry.to_vec();
        match tampering {
            Tampering::FlipBit(at, bit) => changed[at.index(entry.len())] ^= 1 << bit,
            Tampering::Truncate(at) => changed.truncate(at.index(entry.len())),
            Tampering::Append(bytes) => changed.extend(bytes),
            Tampering::Move(from, to, length) => {
                let (from, to) = (from.index(entry.len()), to.index(entry.len()));
                let length = length.index(entry.len() - from.max(to)) + 1;
                changed.copy_within(from..from + length, to);
            }
            Tampering::Replace(bytes) => changed.clone_from(bytes),
            Tampering::Exchange(other) => changed = self.foreign(*other).to_vec(),
            Tampering::ExchangeCode(other) => {
                changed.truncate(32);
                changed.extend(&self.foreign(*other)[32..]);
            }
        }
        (changed != entry).then_some(changed)
    }
}

#[test]
fn an_entry_that_was_changed_is_refused_and_replaced() {
    let scene = Scene::new();
    let expected = run_alone(ENGINE, "one");
    let config = Config {
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(SEEDS))),
        ..Config::with_cases(150)
    };
    proptest!(config, |(tampering in tampering())| {
        let valid = read(&scene.entry);
        if let Some(changed) = scene.changed(&valid, &tampering) {
            fs::write(&scene.entry, changed).expect("a test may write");
            let (execution, statistics) = run(&scene.folder.disk, ENGINE, "one");
            assert_eq!((execution, statistics), (expected.clone(), REPLACED));
        }
        assert_eq!(run(&scene.folder.disk, ENGINE, "one"), (expected.clone(), HIT));
    });
}

#[test]
fn entries_that_changed_places_are_refused() {
    let folder = Folder::new();
    let [one, two] = ["one", "two"].map(|answer| folder.file_of(&folder.disk, ENGINE, answer));
    let aside = folder.path().join("aside");
    for (from, to) in [(&one, &aside), (&two, &one), (&aside, &two)] {
        fs::rename(from, to).expect("a test may rename");
    }
    for answer in ["one", "two"] {
        let (execution, statistics) = run(&folder.disk, ENGINE, answer);
        assert_eq!((execution.output(), statistics), (Some(answer), REPLACED));
        assert_eq!(run(&folder.disk, ENGINE, answer).1, HIT);
    }
}

/// What was valid once is valid for the same thing only; put back, it is the same code.
#[test]
fn an_old_backup_harms_nobody() {
    let folder = Folder::new();
    let entry = folder.file_of(&folder.disk, ENGINE, "one");
    let backup = read(&entry);
    fs::write(&entry, b"damaged").expect("a test may write");
    assert_eq!(run(&folder.disk, ENGINE, "one").1, REPLACED);
    fs::write(&entry, &backup).expect("a test may write");
    assert_eq!(run(&folder.disk, ENGINE, "one"), (run_alone(ENGINE, "one"), HIT));

    // After the key was lost, it is worth nothing.
    fs::remove_file(folder.path().join("key")).expect("a test may remove");
    let disk = open(folder.path());
    assert_eq!(run(&disk, ENGINE, "one"), (run_alone(ENGINE, "one"), REPLACED));
    fs::write(&entry, &backup).expect("a test may write");
    assert_eq!(run(&disk, ENGINE, "one"), (run_alone(ENGINE, "one"), REPLACED));
}

/// Each program knows its own code only, and leaves the other's where it is.
#[cfg(feature = "planted")]
#[test]
fn builds_do_not_see_each_others_code() {
    let folder = Folder::new();
    let other = folder.disk.clone().of_program([1; 32]);
    let file = folder.file_of(&other, ENGINE, "one");
    let mine = folder.file_of(&folder.disk, ENGINE, "one");
    assert_eq!(run(&other, ENGINE, "one").1, HIT);
    // Under this program's name it is refused.
    fs::copy(&file, &mine).expect("a test may copy");
    assert_eq!(run(&folder.disk, ENGINE, "one"), (run_alone(ENGINE, "one"), REPLACED));
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = Folder::new();
    let entry = folder.file_of(&folder.disk, ENGINE, "one");
    let expected = run_alone(ENGINE, "one");

    // A link, even to a valid entry, is replaced like damage.
    let target = folder.path().join("target");
    fs::rename(&entry, &target).expect("a test may rename");
    std::os::unix::fs::symlink(&target, &entry).expect("a test may link");
    assert_eq!(run(&folder.disk, ENGINE, "one"), (expected.clone(), REPLACED));

    // A folder cannot be replaced: that is said, and changes nothing.
    fs::remove_file(&entry).expect("a test may remove");
    fs::create_dir(&entry).expect("a test may make a folder");
    let due = DiskStatistics { written: 0, failures: 1, ..REPLACED };
    assert_eq!(run(&folder.disk, ENGINE, "one"), (expected.clone(), due));
    fs::remove_dir(&entry).expect("a test may remove");
    assert_eq!(run(&folder.disk, ENGINE, "one"), (expected, WRITTEN));
    assert!(files(folder.path()).contains(&entry));
}
