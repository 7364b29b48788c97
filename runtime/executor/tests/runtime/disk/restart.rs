//! A program that starts again loads what it compiled before.

use super::{Folder, HIT, WRITTEN, files, fresh, open, run, run_alone};
use crate::support::{ENGINES, gas, guest};
use modal_wasm_meter::{Meter, Profile, Schedule};
use modal_wasm_runtime::{
    DiskStatistics, Engine, EngineConfig, GasLimit, ModuleCache, ModuleRegistry, PrepareError, PreparedModule, abi,
};
use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Everything that can be seen of a call of a prepared guest.
fn seen(prepared: &PreparedModule, input: &str) -> String {
    let mut instance = prepared.module.instantiate().unwrap_or_else(|fault| panic!("{fault}"));
    let outcome = abi::call(&mut instance, "run", input, gas(1000)).unwrap_or_else(|error| panic!("{error}"));
    let (globals, tables) = (instance.globals(), instance.tables());
    let (used, high_water) = (instance.gas_used(), instance.stack_high_water());
    let memory = instance.memory().map(modal_wasm_meter::sha256_hex);
    format!("{outcome:?} {used} {high_water} {memory:?} {globals:?} {tables:?}")
}

#[test]
fn loaded_code_does_what_compiled_code_does() {
    let folder = Folder::new();
    for engine in ENGINES {
        let prepare =
            |cache: &ModuleCache| cache.prepare(engine, &guest("ok")).unwrap_or_else(|error| panic!("{error}"));
        let compiled = prepare(&ModuleCache::default());
        let (first, second) = (fresh(&folder.disk), fresh(&folder.disk));
        let (written, loaded) = (prepare(&first), prepare(&second));
        let (due_first, due_second) = match engine {
            EngineConfig::Wasmtime(_) => (WRITTEN, HIT),
            // wasmi's code is not kept: nobody asks for it.
            EngineConfig::Wasmi => Default::default(),
        };
        assert_eq!((first.statistics().disk, second.statistics().disk), (due_first, due_second), "{engine}");
        // An empty input makes the guest trap.
        for input in ["x", ""] {
            assert_eq!(seen(&written, input), seen(&compiled, input), "{engine}");
            assert_eq!(seen(&loaded, input), seen(&compiled, input), "{engine}");
        }
        assert_eq!((&loaded.sha256, &loaded.metered_sha256), (&compiled.sha256, &compiled.metered_sha256));
        assert_eq!((first.disk_failure(), second.disk_failure()), (None, None));
    }
    // The key, and one entry for each of Wasmtime's configurations.
    assert_eq!(files(folder.path()).len(), 1 + ENGINES.len() - 1);
}

/// Tells the program below where its folder is.
const FOLDER: &str = "MODAL_DISK_CACHE";

/// A program of its own, which runs a guest and prints what came of it.
#[test]
#[ignore = "the test below starts it as a program of its own"]
fn program() {
    let folder = env::var_os(FOLDER).expect("the test below says where the folder is");
    let (execution, statistics) = run(&open(Path::new(&folder)), EngineConfig::default(), "ok");
    println!("seen: {execution:?} {statistics:?}");
}

/// Starts the program above from this file.
fn check_process(program: &Path, folder: &Path, due: DiskStatistics) {
    let output = Command::new(program)
        .args(["--exact", "disk::restart::program", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .output()
        .expect("this program can be started");
    let expected = format!("seen: {:?} {due:?}", run_alone(EngineConfig::default(), "ok"));
    let output = String::from_utf8_lossy(&output.stdout);
    assert!(output.contains(&expected), "{output} holds no {expected}");
}

#[test]
fn another_process_loads_what_the_first_compiled() {
    let parent = tempfile::tempdir().expect("a folder");
    let program = env::current_exe().expect("this program has a path");
    for due in [WRITTEN, HIT, HIT] {
        check_process(&program, &parent.path().join("cache"), due);
    }
}

/// A build that differs in one byte, which is not even loaded, is another one.
#[test]
fn another_build_finds_no_code_of_this_one() {
    let parent = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = parent.path().join("cache");
    let (program, other) = (env::current_exe().expect("this program has a path"), parent.path().join("other"));
    fs::copy(&program, &other).expect("a copy");
    check_process(&program, &folder, WRITTEN);
    check_process(&other, &folder, HIT);
    let mut changed = OpenOptions::new().append(true).open(&other).expect("the copy");
    changed.write_all(&[0]).expect("a test may write");
    drop(changed);
    for due in [WRITTEN, HIT] {
        check_process(&other, &folder, due);
    }
    check_process(&program, &folder, HIT);
}

#[test]
fn a_registry_takes_code_from_the_folder() {
    let folder = Folder::new();
    for due in [WRITTEN, HIT] {
        let cache = fresh(&folder.disk);
        let mut registry = ModuleRegistry::new(Arc::clone(&cache), Engine::Wasmtime);
        let bytes = guest("ok");
        let prepared = registry.register("/a", &bytes, &modal_wasm_meter::sha256_hex(&bytes), GasLimit::default());
        assert!(prepared.is_ok());
        assert_eq!(cache.statistics().disk, due);
    }
}

#[test]
fn another_meter_finds_no_code_of_this_one() {
    let folder = Folder::new();
    let (cheap, _) = run(&folder.disk, EngineConfig::default(), "ok");
    let mut schedule = Schedule::instr_1();
    schedule.operator = 2;
    let meter = Meter::new(Profile::modal_1(), schedule);
    let cache = Arc::new(ModuleCache::with_meter(ModuleCache::DEFAULT_CAPACITY, meter).with_disk(folder.disk.clone()));
    let dear = super::execute(&cache, EngineConfig::default(), "ok");
    assert_eq!(cache.statistics().disk, WRITTEN);
    assert!(dear.gas_used > cheap.gas_used);
    assert_eq!(run(&folder.disk, EngineConfig::default(), "ok"), (cheap, HIT));
}

/// Code in the folder admits nothing: a module is metered, and may be refused, whatever lies there.
#[test]
fn a_module_is_admitted_each_time() {
    let folder = Folder::new();
    let (_, statistics) = run(&folder.disk, EngineConfig::default(), "ok");
    assert_eq!(statistics, WRITTEN);
    let mut profile = Profile::modal_1();
    profile.limits.module_bytes = 10;
    let meter = Meter::new(profile, Schedule::instr_1());
    let cache = ModuleCache::with_meter(ModuleCache::DEFAULT_CAPACITY, meter).with_disk(folder.disk.clone());
    let refused = cache.prepare(EngineConfig::default(), &guest("ok"));
    assert!(matches!(refused, Err(PrepareError::Rejected(_))), "{refused:?}");
    assert_eq!(cache.statistics().disk, DiskStatistics::default());
}
