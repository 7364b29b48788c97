//! A program that is killed leaves the contract whole.

use crate::support::{Workshop, program};
use modal_cli::ContractDirectory;
use std::collections::BTreeSet;
use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

fn start(workshop: &Workshop, name: &str) -> Child {
    Command::new(program())
        .args(["contract", "wasm-upload", "--dir", "my-contract", "--wasm-file", "validator.wasm", "--output", "json"])
        .args(["--module-name", name])
        .current_dir(workshop.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// The ids of all commits, each of which is read and verified.
fn history(workshop: &Workshop) -> BTreeSet<String> {
    let directory = ContractDirectory::find(&workshop.path("my-contract")).expect("a contract");
    let history = directory.history().expect("a history");
    history.map(|commit| commit.expect("a whole commit").id().to_string()).collect()
}

/// Runs an upload to its end.
fn upload(workshop: &Workshop, name: &str) -> String {
    let output = start(workshop, name).wait_with_output().expect("an end");
    assert!(output.status.success(), "{output:?}");
    acknowledged(&output.stdout)
}

/// The commit that a document says was made.
fn acknowledged(document: &[u8]) -> String {
    let uploaded: serde_json::Value = serde_json::from_slice(document).expect("one JSON document");
    uploaded["commit_id"].as_str().expect("a commit").to_owned()
}

/// Uploads are killed somewhere on their way, mostly near the end: where one was killed too early, the next one gets more
/// time, and less where it was done. Whenever that is, HEAD names a whole commit, what was in the history stays there, and what
/// was acknowledged is there.
#[test]
fn a_killed_upload_leaves_the_old_contract_or_the_new_one() {
    const UPLOADS: u32 = 150;
    let workshop = Workshop::with_contract();
    let mut before = history(&workshop);
    let (mut delay, mut step) = (Duration::ZERO, Duration::from_millis(1));
    for index in 0..UPLOADS {
        let mut child = start(&workshop, &format!("m{index}"));
        sleep(delay);
        child.kill().expect("SIGKILL, or it has ended");
        let output = child.wait_with_output().expect("an end");
        let after = history(&workshop);
        assert!(after.is_superset(&before), "a commit was lost");
        assert!(after.len() <= before.len() + 1, "one upload is one commit");
        if output.status.success() {
            assert_eq!(acknowledged(&output.stdout), workshop.head(), "what was acknowledged is there");
            step = Duration::from_micros(100);
            delay = delay.saturating_sub(step);
        } else {
            delay += step;
        }
        before = after;
    }
    // The next upload is none the wiser.
    let last = upload(&workshop, "last");
    assert_eq!(last, workshop.head());
    assert_eq!(history(&workshop).len(), before.len() + 1);
}

/// An upload that waits for its turn has changed nothing yet, and one that was killed while it had it is in nobody's way.
#[test]
fn a_killed_upload_gives_the_lock_back() {
    let workshop = Workshop::with_uploads();
    let before = workshop.files("my-contract");
    let lock = File::options().write(true).open(workshop.path("my-contract/.contract/lock")).expect("the lock");
    lock.lock().expect("nobody else has it");
    let mut child = start(&workshop, "killed");
    child.kill().expect("SIGKILL");
    let output = child.wait_with_output().expect("an end");
    assert!(!output.status.success(), "it cannot have ended: the lock was taken");
    assert_eq!(workshop.files("my-contract"), before);
    drop(lock);
    upload(&workshop, "next");
    // What a killed upload left half written is not taken for anything.
    workshop.write("my-contract/.contract/incoming", "{\"body\":[");
    upload(&workshop, "another");
    assert_eq!(history(&workshop).len(), 5);
}
