//! What is beneath the program gives way, or is taken.

use crate::support::{UPLOAD_VALIDATOR, Workshop, program};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

/// Runs the program as a shell does after `setting`. Returns its exit and what it printed to standard error.
#[cfg(target_os = "linux")]
fn after(workshop: &Workshop, setting: &str, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new("sh")
        .args(["-c", &format!("{setting}; exec \"$0\" \"$@\"")])
        .arg(program())
        .args(args)
        .current_dir(workshop.path(""))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

/// Less room for addresses than Wasmtime wants for a guest's memory.
#[cfg(target_os = "linux")]
const NARROW: &str = "ulimit -v 2000000";

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_room_for_a_memory() {
    let workshop = Workshop::with_uploads();
    let run = ["contract", "wasm-run", "--wasm-file", "validator.wasm", "--method", "validate"];
    let (exit, text) = after(&workshop, NARROW, &run);
    assert_eq!(exit, Some(7), "{text}");
    snapbox::assert_data_eq!(
        text,
        snapbox::str![[r#"
error: failed to run validator.wasm
  cause: failed to instantiate a metered module on wasmtime: mmap failed to reserve [..] bytes: Cannot allocate memory (os error 12)
  help: this says nothing of the module: try another engine with --engine, and report it

"#]]
    );
    let (exit, text) = after(&workshop, NARROW, &[&run[..], &["--output", "json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&text).expect("one JSON document");
    assert_eq!((exit, &document["error"]["code"]), (Some(7), &serde_json::json!("fault")));
    // An interpreter takes what it needs.
    assert_eq!(after(&workshop, NARROW, &[&run[..], &["--engine", "wasmi"]].concat()), (Some(0), String::new()));
}

/// The commit is as good as it was.
#[cfg(target_os = "linux")]
#[test]
fn a_node_without_room_for_a_memory() {
    let workshop = Workshop::with_uploads();
    let commit = workshop.forge(r#"[{"method":"invoke","path":"/validator.wasm","value":{"args":1}}]"#);
    let process = ["contract", "process", "--dir", "my-contract"];
    let (exit, text) = after(&workshop, NARROW, &process);
    assert_eq!(exit, Some(7), "{text}");
    let text = text.replace(&commit, "[COMMIT]");
    snapbox::assert_data_eq!(
        text,
        snapbox::str![[r#"
error: failed to process the commit [COMMIT]
  cause: failed to instantiate a metered module on wasmtime: mmap failed to reserve [..] bytes: Cannot allocate memory (os error 12)
  help: this says nothing of the commit, and those before it stay processed: mend what broke, then process again

"#]]
    );
    workshop.modal(&process).code(6);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_below_the_output() {
    let workshop = Workshop::with_uploads();
    let (exit, text) = after(&workshop, "exec > /dev/full", &["contract", "wasm-list", "--dir", "my-contract"]);
    assert_eq!(exit, Some(1), "{text}");
    snapbox::assert_data_eq!(
        text,
        snapbox::str![[r#"
error: failed to print the result; the command itself is done
  cause: No space left on device (os error 28)
  help: is the disk full, or the reader gone?

"#]]
    );
    let (exit, text) = after(&workshop, "exec > /dev/full", &["man"]);
    assert_eq!(exit, Some(1), "{text}");
}

/// An upload whose output and errors can be read while it runs.
fn start(workshop: &Workshop, output: &str) -> Child {
    Command::new(program())
        .args(UPLOAD_VALIDATOR)
        .args(["--output", output])
        .current_dir(workshop.path(""))
        .env("NO_COLOR", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// Whoever waits for another program is told, once. Standard error is for one document where JSON is asked for.
#[test]
fn an_upload_that_waits_says_so() {
    let workshop = Workshop::with_uploads();
    let lock = File::options().write(true).open(workshop.path("my-contract/.contract/lock")).expect("the lock");
    lock.lock().expect("nobody else has it");
    let before = workshop.head();
    let quiet = start(&workshop, "json");
    let mut told = start(&workshop, "text");
    let mut errors = BufReader::new(told.stderr.take().expect("a pipe"));
    let mut line = String::new();
    errors.read_line(&mut line).expect("text");
    let directory = workshop.path("my-contract");
    assert_eq!(line, format!("waiting for another program to change {}\n", directory.display()));
    assert_eq!(workshop.head(), before);
    drop(lock);
    let told = told.wait_with_output().expect("an end");
    let mut more = String::new();
    errors.read_to_string(&mut more).expect("text");
    assert!(told.status.success() && more.is_empty(), "{more}");
    let quiet = quiet.wait_with_output().expect("an end");
    assert!(quiet.status.success() && quiet.stderr.is_empty(), "{quiet:?}");
}
