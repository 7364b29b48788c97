//! A program may be killed at any time: what it leaves is a cache.

use super::{Folder, HIT, WRITTEN, execute, files, fresh, open, run, run_alone};
use modal_wasm_runtime::EngineConfig;
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const ENGINE: EngineConfig = EngineConfig::Wasmtime(modal_wasm_runtime::Compiler::CraneliftSinglePass);

/// Tells the program below where its folder is.
const FOLDER: &str = "MODAL_DISK_CACHE";

const ROUNDS: u64 = 60;

/// Rounds after which a new folder is begun: being killed while it and its key are made is a usual thing.
const ROUNDS_PER_FOLDER: u64 = 8;

const GUESTS: u64 = 6;

/// Room for some entries only, so that generations are made and removed all the time.
const CAPACITY: u64 = 600_000;

/// The program that is killed: it compiles, writes and loads for ever, and says so.
#[test]
#[ignore = "the test below starts it as a program of its own, and kills it"]
fn program() {
    let folder = env::var_os(FOLDER).expect("the test below says where the folder is");
    println!("\nstarted");
    let disk = open(Path::new(&folder)).with_capacity(CAPACITY);
    for turn in 0_u64.. {
        let answer = (turn % GUESTS).to_string();
        let cache = fresh(&disk);
        assert_eq!(execute(&cache, ENGINE, &answer).output(), Some(&*answer));
        println!("ran {answer}");
    }
}

/// A number below `end` for each round.
fn choose(round: u64, end: u64) -> u64 {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) % end
}

#[test]
fn a_program_that_writes_may_be_killed_at_any_time() {
    let parent = tempfile::tempdir().expect("a folder");
    let (mut ran, mut unfinished) = (0, 0);
    for round in 0..ROUNDS {
        let path = parent.path().join((round / ROUNDS_PER_FOLDER).to_string());
        let mut program = Command::new(env::current_exe().expect("this program has a path"))
            .args(["--exact", "disk::crash::program", "--ignored", "--nocapture"])
            .env(FOLDER, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program can be started");
        let mut lines = BufReader::new(program.stdout.take().expect("it was asked for")).lines();
        let mut read = |until: &str| lines.by_ref().map_while(Result::ok).any(|line| line.starts_with(until));
        assert!(read("started"), "round {round}");
        // While the folder is made, or after some guests and a little.
        if round % ROUNDS_PER_FOLDER > 0 {
            for _ in 0..choose(round, 8) {
                assert!(read("ran"), "round {round}");
                ran += 1;
            }
        }
        sleep(Duration::from_micros(choose(round, 10_000)));
        program.kill().expect("it was not waited for yet");
        program.wait().expect("it was killed");

        unfinished += if path.exists() { files(&path).iter().filter(|file| is_unfinished(file)).count() } else { 0 };
        let disk = open(&path).with_capacity(CAPACITY);
        for answer in (0..GUESTS).map(|answer| answer.to_string()) {
            let cache = fresh(&disk);
            assert_eq!(execute(&cache, ENGINE, &answer), run_alone(ENGINE, &answer), "round {round}");
            let disk = cache.statistics().disk;
            assert_eq!((disk.refused, disk.failures), (0, 0), "round {round}: {:?}", cache.disk_failure());
        }
        assert_eq!(run(&disk, ENGINE, &(GUESTS - 1).to_string()).1, HIT, "round {round}");
        assert!(files(&path).iter().all(|file| !file.to_string_lossy().contains(".key-")), "round {round}");
    }
    eprintln!("{ROUNDS} programs killed after {ran} guests, {unfinished} files left unfinished, 0 entries damaged");
    assert!(ran > ROUNDS, "guests are run: {ran}");
}

fn is_unfinished(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Every state in which a program can leave a folder, made by hand: a file that is not finished, of any length, and
/// generations that were just begun or half removed.
#[test]
fn what_a_killed_program_leaves_is_a_cache() {
    let folder = Folder::new();
    let entry = folder.file_of(&folder.disk, ENGINE, "one");
    let bytes = fs::read(&entry).expect("an entry");
    let unfinished = |name: &str, length: usize| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a test may make a folder");
        fs::write(path, &bytes[..length]).expect("a test may write");
    };
    for length in [0, 1, 31, 32, 33, bytes.len() / 2, bytes.len() - 1, bytes.len()] {
        unfinished("0/.tmpAbC", length);
        unfinished(".key-AbC", length.min(32));
        // Begun, and removed but for one file.
        unfinished("3/.tmpAbC", length);
        unfinished("1/half-removed", length);
        let disk = open(folder.path());
        assert!(!files(folder.path()).contains(&folder.path().join(".key-AbC")));
        for due in [WRITTEN, HIT] {
            assert_eq!(run(&disk, ENGINE, "two"), (run_alone(ENGINE, "two"), due), "{length}");
        }
        let generations = fs::read_dir(folder.path()).expect("a folder").count() - 1;
        assert_eq!(generations, 1, "the earlier ones went when something was written");
        fs::remove_dir_all(folder.path().join("3")).expect("a test may remove");
    }
}
