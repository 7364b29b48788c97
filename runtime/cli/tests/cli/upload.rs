//! `wasm-upload`.

use crate::support::{UPLOAD_LOGIC, UPLOAD_VALIDATOR, Workshop, program, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_wasm_meter::sha256_hex;
use serde_json::json;
use snapbox::str;
use std::fs;
use std::process::Command;

#[test]
fn the_text_names_hash_size_and_next_steps() {
    let workshop = Workshop::with_contract();
    workshop
        .modal(&UPLOAD_VALIDATOR)
        .success()
        .stdout_eq(str![[r#"
Uploaded /validator.wasm to the contract d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
  commit     427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0
  sha256     9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3
  size       185 bytes, [METERED]
  gas limit  10000000
Next, try it, then process it into the datastore:
  modal contract wasm-run --dir ./my-contract --module-name /validator.wasm --method METHOD --args JSON
  modal contract process --dir ./my-contract

"#]])
        .stderr_eq(str![]);
    workshop
        .modal(&UPLOAD_LOGIC)
        .success()
        .stdout_eq(str![[r#"
Uploaded /custom/logic.wasm to the contract d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
  commit     a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470
  sha256     1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d
  size       186 bytes, [METERED]
  gas limit  5000000
Next, try it, then process it into the datastore:
  modal contract wasm-run --dir ./my-contract --module-name /custom/logic.wasm --method METHOD --args JSON
  modal contract process --dir ./my-contract

"#]])
        .stderr_eq(str![]);
}

#[test]
fn the_document_has_five_members() {
    let workshop = Workshop::with_contract();
    let json = [&UPLOAD_LOGIC[..], &["--output", "json"]].concat();
    workshop
        .modal(&json)
        .success()
        .stdout_eq(str![[r#"
{
  "commit_id": "c54e5ea8eb9bbf4c6c83e3b73ba11062c59295d853f44b96088ffb72f4d416af",
  "path": "/custom/logic.wasm",
  "wasm_size": 186,
  "sha256": "1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d",
  "gas_limit": 5000000
}

"#]])
        .stderr_eq(str![]);
}

/// The two actions of the project's brief, word for word but for the bytes.
#[test]
fn actions_are_those_of_the_brief() {
    let workshop = Workshop::with_contract();
    let base64 = |file: &str| STANDARD.encode(fs::read(workshop.path(file)).expect("a module"));
    let genesis = workshop.head();
    let first = workshop.json(&UPLOAD_VALIDATOR);
    assert_eq!(
        workshop.commit(&workshop.head()),
        json!({
            "body": [{ "method": "post", "path": "/validator.wasm", "value": base64("validator.wasm") }],
            "head": { "parent": genesis },
        })
    );
    workshop.modal(&UPLOAD_LOGIC).success();
    assert_eq!(
        workshop.commit(&workshop.head()),
        json!({
            "body": [{
                "method": "post",
                "path": "/custom/logic.wasm",
                "value": { "wasm_bytes": base64("custom-logic.wasm"), "gas_limit": 5000000 },
            }],
            "head": { "parent": first["commit_id"] },
        })
    );
}

#[test]
fn a_commit_s_name_is_the_hash_of_its_file() {
    let workshop = Workshop::with_uploads();
    let files = workshop.files("my-contract/.contract/commits");
    assert_eq!(files.len(), 3);
    for (path, bytes) in files {
        assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(sha256_hex(&bytes).as_str()));
    }
}

#[test]
fn the_first_commit_has_no_parent() {
    let workshop = Workshop::with_contract();
    fs::remove_file(workshop.path("my-contract/.contract/HEAD")).expect("HEAD was there");
    fs::remove_dir_all(workshop.path("my-contract/.contract/commits")).expect("commits were there");
    workshop.modal(&UPLOAD_VALIDATOR).success();
    assert_eq!(workshop.commit(&workshop.head())["head"], json!({}));
}

#[test]
fn the_contract_is_found_from_within() {
    let workshop = Workshop::with_contract();
    fs::create_dir_all(workshop.path("my-contract/src/deep")).expect("a folder");
    let upload = |dir: &str| {
        let upload = ["contract", "wasm-upload", "--dir", dir, "--wasm-file", "validator.wasm", "--module-name", "m"];
        workshop.json(&upload)["commit_id"].clone()
    };
    assert_eq!(upload("my-contract/src/deep"), workshop.head());
    assert_eq!(upload("my-contract/src/../src"), workshop.head());
    assert_eq!(upload("my-contract/.contract/commits"), workshop.head());
}

/// Uploads at the same time wait for each other: all of them are in the history.
#[test]
fn no_upload_is_lost_to_another() {
    const UPLOADS: usize = 12;
    let workshop = Workshop::with_contract();
    let start = |index: usize| {
        Command::new(program())
            .args(["contract", "wasm-upload", "--dir", "my-contract", "--wasm-file", "validator.wasm"])
            .args(["--module-name", &format!("m{index:02}"), "--output", "json"])
            .current_dir(workshop.path(""))
            .output()
            .expect("the program")
    };
    let acknowledged = std::thread::scope(|scope| {
        let uploads = (0..UPLOADS).map(|index| scope.spawn(move || start(index))).collect::<Vec<_>>();
        uploads.into_iter().map(|upload| upload.join().expect("a result")).collect::<Vec<_>>()
    });
    assert!(acknowledged.iter().all(|output| output.status.success()), "{acknowledged:?}");
    let listed = workshop.json(&["contract", "wasm-list", "--dir", "my-contract"]);
    assert_eq!(listed["modules"].as_array().map(Vec::len), Some(UPLOADS));
    assert_eq!(workshop.files("my-contract/.contract/commits").len(), UPLOADS + 1);
}

#[test]
fn nothing_is_left_beside_the_contract() {
    let workshop = Workshop::with_uploads();
    let mut names = fs::read_dir(workshop.path("my-contract/.contract"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .collect::<Vec<_>>();
    names.sort();
    assert_eq!(names, ["HEAD", "commits", "config.json", "lock"]);
    assert_eq!(read(&workshop.path("my-contract/.contract/lock")), "");
}
