//! A folder never grows past its capacity, and keeps what is used.

use super::{Folder, HIT, WRITTEN, files, fresh, run, run_alone};
use modal_wasm_runtime::{DiskCache, DiskStatistics, EngineConfig};
use std::fs;
use std::path::Path;

/// Its code is the quickest to make.
const ENGINE: EngineConfig = EngineConfig::Wasmtime(modal_wasm_runtime::Compiler::CraneliftSinglePass);

/// The bytes of all entries.
fn size(folder: &Path) -> u64 {
    let entries = files(folder).into_iter().filter(|file| !file.ends_with("key"));
    entries.map(|file| fs::metadata(file).expect("it is there").len()).sum()
}

/// A folder with room for six entries, three in each generation.
fn small() -> (Folder, DiskCache, u64) {
    let folder = Folder::new();
    let one = folder.file_of(&folder.disk, ENGINE, "0");
    let entry = fs::metadata(&one).expect("it is there").len();
    fs::remove_file(&one).expect("a test may remove");
    let capacity = 6 * entry + entry / 2;
    let disk = folder.disk.clone().with_capacity(capacity);
    (folder, disk, capacity)
}

#[test]
fn a_folder_stays_within_its_capacity() {
    let (folder, disk, capacity) = small();
    let mut largest = 0;
    for number in 0..20 {
        assert_eq!(run(&disk, ENGINE, &number.to_string()).1, WRITTEN, "{number}");
        let size = size(folder.path());
        assert!(size <= capacity, "{size} of {capacity} after {number}");
        largest = largest.max(size);
    }
    assert!(largest > capacity / 2, "more than one generation is kept: {largest} of {capacity}");
    // The last entries are there, the first ones made room.
    for number in [19, 18, 17] {
        assert_eq!(run(&disk, ENGINE, &number.to_string()), (run_alone(ENGINE, &number.to_string()), HIT), "{number}");
    }
    for number in [0, 1, 2] {
        assert_eq!(run(&disk, ENGINE, &number.to_string()).1, WRITTEN, "{number}");
    }
}

#[test]
fn what_is_used_is_kept() {
    let (folder, disk, capacity) = small();
    assert_eq!(run(&disk, ENGINE, "used").1, WRITTEN);
    for number in 0..20 {
        assert_eq!(run(&disk, ENGINE, &number.to_string()).1, WRITTEN, "{number}");
        assert_eq!(run(&disk, ENGINE, "used").1, HIT, "after {number}");
        assert!(size(folder.path()) <= capacity, "after {number}");
    }
}

#[test]
fn code_that_is_too_large_is_not_kept() {
    let (folder, _, capacity) = small();
    // Half of it is less than one entry.
    let disk = folder.disk.clone().with_capacity(capacity / 6);
    let cache = fresh(&disk);
    assert_eq!(super::execute(&cache, ENGINE, "one"), run_alone(ENGINE, "one"));
    let due = DiskStatistics { misses: 1, failures: 1, ..DiskStatistics::default() };
    assert_eq!(cache.statistics().disk, due);
    let failure = cache.disk_failure().expect("a failure");
    assert!(failure.contains("is more than half of the capacity"), "{failure}");
    assert_eq!(size(folder.path()), 0);
}

/// What others leave in a folder neither confuses nor counts.
#[test]
fn only_generations_are_touched() {
    let (folder, disk, _) = small();
    let path = folder.path();
    fs::write(path.join("note"), "kept").expect("a test may write");
    for name in ["+1", "01", "1x", "notes"] {
        fs::create_dir(path.join(name)).expect("a test may make a folder");
        fs::write(path.join(name).join("note"), "kept").expect("a test may write");
    }
    for number in 0..10 {
        assert_eq!(run(&disk, ENGINE, &number.to_string()).1, WRITTEN);
    }
    let notes = files(path).into_iter().filter(|file| file.ends_with("note")).count();
    assert_eq!(notes, 5);
}

/// The last number that a generation can have.
#[test]
fn no_generation_comes_after_the_last() {
    let (folder, disk, _) = small();
    let last = folder.path().join(u64::MAX.to_string());
    fs::create_dir(&last).expect("a test may make a folder");
    for number in 0..3 {
        assert_eq!(run(&disk, ENGINE, &number.to_string()).1, WRITTEN);
    }
    let cache = fresh(&disk);
    assert_eq!(super::execute(&cache, ENGINE, "3"), run_alone(ENGINE, "3"));
    assert!(cache.disk_failure().is_some_and(|failure| failure.ends_with("no number comes after it")));
}
