//! What is on the disk is not what it should be, and every command says so.

use crate::errors::check;
use crate::support::{UPLOAD_VALIDATOR, Workshop};
use modal_cli::ContractDirectory;
use modal_datastore::{RedbStore, StoreError, commit};
use snapbox::str;
use std::fs;

#[test]
fn a_broken_config() {
    let workshop = Workshop::with_contract();
    let list = ["contract", "wasm-list", "--dir", "my-contract"];
    workshop.write("my-contract/.contract/config.json", "{}");
    check(
        &workshop,
        &list,
        1,
        "broken_contract_directory",
        str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/config.json: missing field `contract_id` at line 1 column 2
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]],
    );
    workshop.write("my-contract/.contract/config.json", r#"{"contract_id": "a/b"}"#);
    check(
        &workshop,
        &list,
        1,
        "broken_contract_directory",
        str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/config.json: failed to accept the contract id "a/b": it holds a `/`
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]],
    );
    fs::remove_file(workshop.path("my-contract/.contract/config.json")).expect("it was there");
    check(
        &workshop,
        &list,
        1,
        "io",
        str![[r#"
error: failed to read [WORKSHOP]/my-contract/.contract/config.json
  cause: No such file or directory (os error 2)
  help: is the path right?

"#]],
    );
}

#[test]
fn a_broken_head() {
    let workshop = Workshop::with_contract();
    let list = ["contract", "wasm-list", "--dir", "my-contract"];
    workshop.write("my-contract/.contract/HEAD", "main\n");
    check(
        &workshop,
        &list,
        1,
        "broken_contract_directory",
        str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/HEAD: it does not hold a commit's id: 64 digits of lower hex
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]],
    );
    check(
        &workshop,
        &UPLOAD_VALIDATOR,
        1,
        "broken_contract_directory",
        str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/HEAD: it does not hold a commit's id: 64 digits of lower hex
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]],
    );
    workshop.write("my-contract/.contract/HEAD", b"\xff");
    check(
        &workshop,
        &list,
        1,
        "io",
        str![[r#"
error: failed to read [WORKSHOP]/my-contract/.contract/HEAD
  cause: stream did not contain valid UTF-8
  help: the file holds other than UTF-8 text

"#]],
    );
}

#[test]
fn a_missing_commit() {
    let workshop = Workshop::with_contract();
    workshop.write("my-contract/.contract/HEAD", "0".repeat(64));
    check(
        &workshop,
        &["contract", "wasm-list", "--dir", "my-contract"],
        1,
        "missing_commit",
        str![[r#"
error: failed to find the commit 0000000000000000000000000000000000000000000000000000000000000000: there is no [WORKSHOP]/my-contract/.contract/commits/0000000000000000000000000000000000000000000000000000000000000000.json
  help: bring the file back from a copy of the contract directory

"#]],
    );
}

#[test]
fn a_commit_that_was_changed() {
    let workshop = Workshop::with_contract();
    let file = format!("my-contract/.contract/commits/{}.json", workshop.head());
    let process = ["contract", "process", "--dir", "my-contract"];
    let text = crate::support::read(&workshop.path(&file));
    // Space does not matter.
    workshop.write(&file, format!(" {text}\n"));
    workshop.modal(&["contract", "wasm-list", "--dir", "my-contract"]).success();
    workshop.write(&file, text.replace("my-contract", "other"));
    workshop.modal(&process).code(1).stdout_eq("").stderr_eq(str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/commits/d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6.json: the SHA-256 of its canonical JSON is 680499ffb89597c63354b73c4c28f249e61d4dd0ef58d15eaf6aa1b731b1241d
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]]);
    workshop.write(&file, &text[1..]);
    check(
        &workshop,
        &["contract", "wasm-list", "--dir", "my-contract"],
        1,
        "broken_contract_directory",
        str![[r#"
error: failed to understand [WORKSHOP]/my-contract/.contract/commits/d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6.json: failed to read the JSON: trailing characters at line 1 column 7
  help: the file was changed by something else than modal: bring it back from a copy of the contract directory

"#]],
    );
}

#[test]
fn a_commit_that_every_node_refuses() {
    let workshop = Workshop::with_contract();
    workshop.forge(r#"[{"method":"destroy"}]"#);
    check(
        &workshop,
        &["contract", "wasm-list", "--dir", "my-contract"],
        6,
        "refused",
        str![[r#"
error: failed to process the commit de0aacec27f59fbd5ab745b6ef6911c7e5c8b6fde4acd66556fa0eccb1063e1e: action 0: Unknown action method: destroy
  help: commits before it stay processed, and every node refuses this one: write the id of a commit before it into .contract/HEAD and upload again what came after

"#]],
    );
}

#[test]
fn no_datastore() {
    let workshop = Workshop::with_contract();
    workshop.write("notes.txt", "no datastore");
    let process = ["contract", "process", "--dir", "my-contract", "--datastore"];
    check(
        &workshop,
        &[&process[..], &["notes.txt"]].concat(),
        1,
        "datastore",
        str![[r#"
error: failed to open notes.txt: it is no redb file
  help: name another datastore with --datastore

"#]],
    );
    check(
        &workshop,
        &[&process[..], &["no/such/folder/d.redb"]].concat(),
        1,
        "io",
        str![[r#"
error: failed to find the datastore's directory no/such/folder
  cause: No such file or directory (os error 2)
  help: is the path right?

"#]],
    );
    check(
        &workshop,
        &[&process[..], &["postgres://me:secret@127.0.0.1:1/modal"]].concat(),
        1,
        "datastore",
        str![[r#"
error: failed to connect to the PostgreSQL database "modal" at 127.0.0.1:1
  cause: Error occurred while creating a new object: error connecting to server
  cause: error connecting to server
  cause: Connection refused (os error 111)
  help: is the server running, and its address right? is there a place for the file?

"#]],
    );
}

#[test]
fn a_contract_that_cannot_be_written() {
    let workshop = Workshop::with_contract();
    let inside = workshop.path("my-contract/.contract");
    fs::create_dir(inside.join("lock")).expect("a folder in the lock's place");
    check(
        &workshop,
        &UPLOAD_VALIDATOR,
        1,
        "io",
        str![[r#"
error: failed to lock [WORKSHOP]/my-contract/.contract/lock
  cause: Is a directory (os error 21)
  help: it is a directory, and a file is needed

"#]],
    );
    fs::remove_dir(inside.join("lock")).expect("it was there");
    fs::create_dir(inside.join("incoming")).expect("a folder in the way");
    check(
        &workshop,
        &UPLOAD_VALIDATOR,
        1,
        "io",
        str![[r#"
error: failed to write [WORKSHOP]/my-contract/.contract/incoming
  cause: Is a directory (os error 21)
  help: it is a directory, and a file is needed

"#]],
    );
    fs::remove_dir(inside.join("incoming")).expect("it was there");
    fs::remove_dir_all(inside.join("commits")).expect("it was there");
    workshop.write("my-contract/.contract/commits", "");
    workshop.write("my-contract/.contract/HEAD", "");
    check(
        &workshop,
        &UPLOAD_VALIDATOR,
        1,
        "io",
        str![[r#"
error: failed to make the directory [WORKSHOP]/my-contract/.contract/commits
  cause: File exists (os error 17)
  help: something else is in its place: move it away

"#]],
    );
}

/// Writes into the contract's own datastore, as another program might.
fn scribble(workshop: &Workshop, key: &str) {
    let store = RedbStore::open(workshop.path("my-contract/.contract/datastore.redb")).expect("a datastore");
    let contract = ContractDirectory::find(&workshop.path("my-contract")).expect("a contract");
    let key = key.replace("CONTRACT", contract.contract_id().as_str());
    commit::<_, StoreError>(&store, |transaction| transaction.put(&key, b"{}")).expect("written");
}

#[test]
fn a_datastore_that_something_else_has_written_to() {
    let workshop = Workshop::with_contract();
    let process = ["contract", "process", "--dir", "my-contract"];
    workshop.modal(&process).success();
    scribble(&workshop, "/assets/CONTRACT/gold");
    workshop.forge(r#"[{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":1}}]"#);
    workshop.modal(&process).code(1).stdout_eq("").stderr_eq(str![[r#"
error: failed to process the commit 3df7597e7b939254e8dba78437faee79702669963f5b64c5736b18e0942eec19
  cause: failed to understand the state at "/assets/d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6/gold": missing field `quantity` at line 1 column 2
  help: this says nothing of the commit, and those before it stay processed: mend what broke, then process again

"#]]);
    scribble(&workshop, "/contracts/CONTRACT/head");
    workshop.modal(&process).code(1).stdout_eq("").stderr_eq(str![[r#"
error: failed to understand the state at "/contracts/d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6/head": missing field `commit_id` at line 1 column 2
  help: the datastore was changed by something else: process into a new one

"#]]);
}
