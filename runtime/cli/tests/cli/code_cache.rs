//! `--cache`: compiled code that outlives a command.

use crate::support::Workshop;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

const RUN: [&str; 7] = ["contract", "wasm-run", "--dir", "my-contract", "--module-name", "validator", "--method"];

/// Every file beneath a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            found.push((entry.clone(), fs::read(&entry).expect("a file")));
        }
    }
    found.sort();
    found
}

#[test]
fn code_is_written_once_and_changes_no_answer() {
    let workshop = Workshop::with_uploads();
    let json = |more: &[&str]| workshop.json(&[&RUN[..], &["validate"], more].concat());
    let plain = json(&[]);
    assert_eq!(json(&["--cache", "compiled"]), plain);
    let kept = files(&workshop.path("compiled"));
    assert!(kept.iter().any(|(_, bytes)| bytes.len() > 1_000), "nothing was kept");
    assert_eq!(json(&["--cache", "compiled"]), plain);
    assert_eq!(files(&workshop.path("compiled")), kept, "it was compiled again");

    // Whatever is done to the code, the answer is the same and the code is as it was.
    for (path, bytes) in kept.iter().filter(|(_, bytes)| bytes.len() > 1_000) {
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        fs::write(path, changed).expect("written");
    }
    assert_eq!(json(&["--cache", "compiled"]), plain);
    assert_eq!(files(&workshop.path("compiled")), kept, "what was changed is still there");

    workshop.forge(r#"[{"method":"invoke","path":"/validator.wasm","value":{"args":1}}]"#);
    let process = ["contract", "process", "--dir", "my-contract", "--cache", "compiled"];
    let refused = workshop.modal(&process[..]).failure().get_output().stderr.clone();
    assert_eq!(workshop.modal(&process[..4]).failure().get_output().stderr, refused);
}

#[test]
fn a_folder_that_others_can_write_to_is_refused() {
    let workshop = Workshop::with_uploads();
    let folder = workshop.path("shared");
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("permissions");
    workshop.modal(&[&RUN[..], &["validate", "--cache", "shared"]].concat()).code(1).stderr_eq(snapbox::str![[r#"
error: failed to keep compiled code in the folder that --cache names
  cause: failed to open the cache [WORKSHOP]/shared: others can write to it (mode 777); make it its owner's alone with `chmod 700`
  help: name a folder that only you can write to, or leave --cache out

"#]]);
}
