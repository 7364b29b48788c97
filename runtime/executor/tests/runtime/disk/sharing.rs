//! Programs and threads use one folder at the same time.

use super::{Folder, HIT, execute, fresh, open, run, run_alone};
use modal_wasm_runtime::{DiskCache, EngineConfig};
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

const ENGINE: EngineConfig = EngineConfig::Wasmtime(modal_wasm_runtime::Compiler::CraneliftSinglePass);

const GUESTS: u64 = 8;

/// Runs all guests in an order of its own, and counts what failed or was refused.
fn run_all(disk: &DiskCache, order: u64, rounds: u64) -> [u64; 2] {
    let mut counts = [0; 2];
    for round in 0..rounds {
        // As good as a new program.
        let cache = fresh(disk);
        for step in 0..GUESTS {
            // The multiplier is odd: every guest is met.
            let answer = ((step * (2 * order + 1) + round) % GUESTS).to_string();
            assert_eq!(execute(&cache, ENGINE, &answer).output(), Some(&*answer));
        }
        let disk = cache.statistics().disk;
        counts = [counts[0] + disk.failures, counts[1] + disk.refused];
    }
    counts
}

#[test]
fn threads_share_a_folder() {
    let folder = Folder::new();
    thread::scope(|scope| {
        let threads = [0, 1, 2, 3].map(|order| {
            scope.spawn({
                let disk = &folder.disk;
                move || run_all(disk, order, 4)
            })
        });
        for thread in threads {
            assert_eq!(thread.join().expect("no answer is wrong"), [0, 0]);
        }
    });
    for answer in (0..GUESTS).map(|answer| answer.to_string()) {
        assert_eq!(run(&folder.disk, ENGINE, &answer), (run_alone(ENGINE, &answer), HIT));
    }
}

/// With next to no room, each program removes what others have just written or are about to read.
#[test]
fn threads_share_a_folder_that_is_too_small() {
    let folder = Folder::new();
    let entry = std::fs::metadata(folder.file_of(&folder.disk, ENGINE, "0")).expect("it is there").len();
    let disk = folder.disk.clone().with_capacity(entry * 4 + 100);
    thread::scope(|scope| {
        let threads = [0, 1, 2, 3].map(|order| {
            scope.spawn({
                let disk = &disk;
                move || run_all(disk, order, 6)
            })
        });
        for thread in threads {
            let [_, refused] = thread.join().expect("no answer is wrong");
            assert_eq!(refused, 0, "what is removed is missing, never half there");
        }
    });
    // Nobody is left who removes: what is written now is found.
    run(&disk, ENGINE, "0");
    assert_eq!(run(&disk, ENGINE, "0"), (run_alone(ENGINE, "0"), HIT));
}

/// Tells the program below where its folder is.
const FOLDER: &str = "MODAL_DISK_CACHE";

#[test]
#[ignore = "the test below starts it as a program of its own, several times at once"]
fn program() {
    let folder = env::var_os(FOLDER).expect("the test below says where the folder is");
    println!("counted {:?}", run_all(&open(Path::new(&folder)), 1, 2));
}

/// They make the folder and its key at the same time, too.
#[test]
fn programs_share_a_folder() {
    for _ in 0..3 {
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("cache");
        let programs = [(); 4].map(|()| {
            Command::new(env::current_exe().expect("this program has a path"))
                .args(["--exact", "disk::sharing::program", "--ignored", "--nocapture"])
                .env(FOLDER, &path)
                .stdout(Stdio::piped())
                .spawn()
                .expect("this program can be started")
        });
        for program in programs {
            let output = program.wait_with_output().expect("it was started");
            let output = String::from_utf8_lossy(&output.stdout);
            assert!(output.contains("counted [0, 0]"), "{output}");
        }
        let disk = open(&path);
        for answer in (0..GUESTS).map(|answer| answer.to_string()) {
            assert_eq!(run(&disk, ENGINE, &answer), (run_alone(ENGINE, &answer), HIT));
        }
    }
}
