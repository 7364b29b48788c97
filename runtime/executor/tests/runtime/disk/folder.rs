//! A folder is its owner's alone, and what cannot be written is said.

use super::{Folder, HIT, WRITTEN, files, fresh, open, run, run_alone};
use modal_wasm_runtime::{DiskCache, DiskCacheError, DiskStatistics, EngineConfig};
use std::env;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

const ENGINE: EngineConfig = EngineConfig::Wasmtime(modal_wasm_runtime::Compiler::Cranelift);

/// The code was not there and could not be written.
const UNWRITTEN: DiskStatistics = DiskStatistics { hits: 0, misses: 1, refused: 0, written: 0, failures: 1 };

/// Nobody's number, by custom.
const NOBODY: u32 = 65_534;

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a test may change what is its own");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o777
}

fn refusal(folder: &Path) -> DiskCacheError {
    DiskCache::open(folder).expect_err("the folder is to be refused")
}

fn is_root() -> bool {
    tempfile::tempfile().and_then(|file| file.metadata()).expect("a file").uid() == 0
}

#[test]
fn what_is_made_is_the_owners_alone() {
    let folder = Folder::new();
    run(&folder.disk, ENGINE, "one");
    assert_eq!(mode(folder.path()), 0o700);
    assert_eq!(mode(&folder.path().join("0")), 0o700);
    for file in files(folder.path()) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    assert_eq!(fs::read(folder.path().join("key")).expect("a key").len(), 32);
    let shown = format!("DiskCache {{ folder: {:?}, capacity: {}, .. }}", folder.path(), DiskCache::DEFAULT_CAPACITY);
    assert_eq!(format!("{:?}", folder.disk), shown);
}

#[test]
fn a_folder_that_others_write_to_is_refused() {
    let folder = Folder::new();
    let path = folder.path();
    for shared in [0o777, 0o720, 0o702, 0o1777] {
        chmod(path, shared);
        let text = format!(
            "failed to open the cache {}: others can write to it (mode {:03o}); make it its owner's alone with `chmod 700`",
            path.display(),
            shared & 0o777,
        );
        assert_eq!(refusal(path).to_string(), text);
    }
    // To be looked at is no harm.
    chmod(path, 0o755);
    assert!(DiskCache::open(path).is_ok());
}

#[test]
fn a_folder_of_somebody_elses_is_refused() {
    let folder = Folder::new();
    let (path, owner) = if is_root() {
        chown(folder.path(), Some(NOBODY), None).expect("root may give a folder away");
        (folder.path(), NOBODY)
    } else {
        (Path::new("/"), 0)
    };
    let refused = refusal(path);
    assert!(matches!(refused, DiskCacheError::ForeignFolder { owner: found, .. } if found == owner), "{refused}");
    let text =
        format!("failed to open the cache {}: it belongs to user {owner}, and this runs as user", path.display());
    assert!(refused.to_string().starts_with(&text), "{refused}");
}

#[test]
fn a_key_that_others_may_know_is_refused() {
    let folder = Folder::new();
    let key = folder.path().join("key");
    for exposed in [0o640, 0o604, 0o660] {
        chmod(&key, exposed);
        let refused = refusal(folder.path());
        assert!(matches!(refused, DiskCacheError::ExposedKey { mode, .. } if mode == exposed), "{refused}");
    }
    let text = format!("failed to open the cache {}: its key is not this user's alone", folder.path().display());
    assert!(refusal(folder.path()).to_string().starts_with(&text));
    chmod(&key, 0o600);
    if is_root() {
        chown(&key, Some(NOBODY), None).expect("root may give a file away");
        assert!(matches!(refusal(folder.path()), DiskCacheError::ExposedKey { owner: NOBODY, .. }));
    }
}

#[test]
fn a_key_of_another_length_is_refused() {
    let folder = Folder::new();
    let key = folder.path().join("key");
    for length in [0, 31, 33, 1 << 20] {
        fs::write(&key, vec![7; length]).expect("a test may write");
        let text =
            format!("failed to read the key {}: a key has 32 bytes; remove the folder that it is in", key.display());
        assert_eq!(refusal(folder.path()).to_string(), text);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_refused() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let refused = refusal(&file.path().join("cache"));
    assert!(matches!(refused, DiskCacheError::Io { action: "make", .. }), "{refused:?}");
}

#[test]
fn keys_of_folders_differ() {
    let keys = [Folder::new(), Folder::new()].map(|folder| fs::read(folder.path().join("key")).expect("a key"));
    assert_ne!(keys[0], keys[1]);
}

/// Something is in the way of every write: the answer is the same, and the failure is visible.
#[test]
fn a_folder_that_cannot_be_written_to_changes_no_answer() {
    let folder = Folder::new();
    File::create(folder.path().join("0")).expect("a test may write");
    let cache = fresh(&folder.disk);
    assert_eq!(super::execute(&cache, ENGINE, "one"), run_alone(ENGINE, "one"));
    assert_eq!(cache.statistics().disk, UNWRITTEN);
    let failure = cache.disk_failure().expect("a failure");
    let text = format!("failed to make room in {}", folder.path().join("0").display());
    assert!(failure.starts_with(&text), "{failure}");
}

#[test]
fn a_folder_that_is_gone_changes_no_answer() {
    let folder = Folder::new();
    fs::remove_dir_all(folder.path()).expect("a test may remove");
    let cache = fresh(&folder.disk);
    assert_eq!(super::execute(&cache, ENGINE, "one"), run_alone(ENGINE, "one"));
    let disk = cache.statistics().disk;
    assert_eq!((disk.hits, disk.misses, disk.written), (0, 1, 0));
    assert!(cache.disk_failure().is_some_and(|failure| failure.starts_with("failed to ")));
}

/// Tells the program below where its folder is.
const FOLDER: &str = "MODAL_DISK_CACHE";

/// A program that runs a guest whose code is there and one whose code is not.
#[test]
#[ignore = "the tests below start it as a program of its own, which may do less than they"]
fn program() {
    let folder = env::var_os(FOLDER).expect("the tests below say where the folder is");
    let disk = open(Path::new(&folder));
    for answer in ["there", "missing"] {
        let cache = fresh(&disk);
        let execution = super::execute(&cache, ENGINE, answer);
        assert_eq!(execution, run_alone(ENGINE, answer));
        println!("{answer}: {:?} {:?}", cache.statistics().disk, cache.disk_failure());
    }
    println!("both ran");
}

fn output(command: &mut Command, folder: &Path) -> String {
    let output = command.env(FOLDER, folder).output().expect("this program can be started");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("both ran"), "{text}");
    text
}

const PROGRAM: [&str; 4] = ["--exact", "disk::folder::program", "--ignored", "--nocapture"];

#[test]
fn a_folder_that_may_only_be_read_is_read() {
    let folder = Folder::new();
    run(&folder.disk, ENGINE, "there");
    // By this name the program starts even if its path is closed to the user that it is to run as.
    let mut command = Command::new("/proc/self/exe");
    command.args(PROGRAM);
    let generation = folder.path().join("0");
    if is_root() {
        // Nothing is closed to root.
        let parent = folder.path().parent().expect("it has one");
        for path in files(parent).iter().map(|path| &**path).chain([parent, folder.path(), &generation]) {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("root may give files away");
        }
        command.uid(NOBODY).gid(NOBODY).current_dir("/");
    }
    chmod(&generation, 0o500);
    chmod(folder.path(), 0o500);
    let text = output(&mut command, folder.path());
    assert!(text.contains(&format!("there: {HIT:?} None")), "{text}");
    assert!(text.contains(&format!("missing: {UNWRITTEN:?} Some(\"failed to write")), "{text}");
    assert!(text.contains("Permission denied"), "{text}");
    chmod(folder.path(), 0o700);
    chmod(&generation, 0o700);
}

/// A limit on the size of files stands for a full disk: a write ends in the middle.
#[test]
fn a_write_that_ends_in_the_middle_leaves_nothing() {
    let folder = Folder::new();
    run(&folder.disk, ENGINE, "there");
    let before = files(folder.path());
    let mut command = Command::new("sh");
    let program = env::current_exe().expect("this program has a path");
    // One block has 512 bytes, in other shells 1,024: the key fits, code does not.
    command.arg("-c").arg("trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\"").arg(program).args(PROGRAM);
    let text = output(&mut command, folder.path());
    assert!(text.contains(&format!("there: {HIT:?} None")), "{text}");
    assert!(text.contains(&format!("missing: {UNWRITTEN:?} Some(\"failed to write")), "{text}");
    assert!(text.contains("File too large"), "{text}");
    assert_eq!(files(folder.path()), before);
    assert_eq!(run(&folder.disk, ENGINE, "missing").1, WRITTEN);
}
