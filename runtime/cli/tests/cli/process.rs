//! `process`.

use crate::support::{UPLOAD_VALIDATOR, Workshop};
use snapbox::str;
use std::fs;

const PROCESS: [&str; 4] = ["contract", "process", "--dir", "my-contract"];

#[test]
fn commits_are_processed_once_and_in_order() {
    let workshop = Workshop::with_uploads();
    workshop.modal(&PROCESS).success().stdout_eq(str![[r#"
Processed 3 commits into [WORKSHOP]/my-contract/.contract/datastore.redb
  d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
    posted /name.text
  427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0
    uploaded /validator.wasm, sha256 9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3, gas limit 10000000
  a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470
    uploaded /custom/logic.wasm, sha256 1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d, gas limit 5000000

"#]]).stderr_eq(str![]);
    workshop.modal(&PROCESS).success().stdout_eq(str![[r#"
Nothing to process: [WORKSHOP]/my-contract/.contract/datastore.redb has all 3 commits

"#]]);
    workshop.modal(&UPLOAD_VALIDATOR).success();
    let processed = workshop.json(&PROCESS);
    assert_eq!(processed["already_processed"], 3);
    assert_eq!(processed["head"], workshop.head());
    assert_eq!(processed["commits"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_document_has_every_change() {
    let workshop = Workshop::with_uploads();
    workshop
        .modal(&[&PROCESS[..], &["--output", "json"]].concat())
        .success()
        .stdout_eq(str![[r#"
{
  "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
  "datastore": "[WORKSHOP]/my-contract/.contract/datastore.redb",
  "head": "a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470",
  "already_processed": 0,
  "commits": [
    {
      "commit_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
      "changes": [
        {
          "type": "Posted",
          "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
          "path": "/name.text",
          "value": "my-contract"
        }
      ]
    },
    {
      "commit_id": "427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0",
      "changes": [
        {
          "type": "WasmUploaded",
          "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
          "module_name": "validator",
          "sha256_hash": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
          "gas_limit": 10000000
        }
      ]
    },
    {
      "commit_id": "a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470",
      "changes": [
        {
          "type": "WasmUploaded",
          "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
          "module_name": "custom/logic",
          "sha256_hash": "1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d",
          "gas_limit": 5000000
        }
      ]
    }
  ]
}

"#]])
        .stderr_eq(str![]);
}

#[test]
fn another_file_can_be_the_datastore() {
    let workshop = Workshop::with_uploads();
    workshop.modal(&[&PROCESS[..], &["--datastore", "shared.redb", "--timestamp", "1700000000"]].concat()).success();
    assert!(!workshop.path("my-contract/.contract/datastore.redb").exists());
    let list = ["contract", "wasm-list", "--dir", "my-contract", "--datastore=shared.redb"];
    workshop.modal(&list).success().stdout_eq(str![[r#"
Modules in the datastore shared.redb
  path                version     size  gas limit  sha256
  /custom/logic.wasm        1      186    5000000  1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d
  /validator.wasm           1      185   10000000  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]]);
    assert_eq!(workshop.json(&list)["modules"][0]["created_at"], 1_700_000_000);
}

/// What a node would refuse is refused here, with the processor's words; what came before stays.
#[test]
fn a_commit_that_breaks_a_rule_is_refused() {
    let workshop = Workshop::with_contract();
    let bad = workshop.forge(r#"[{"method":"send","value":{"asset_id":"gold","to_contract":"you","amount":1}}]"#);
    workshop.modal(&PROCESS).code(6).stdout_eq(str![]).stderr_eq(str![[r#"
error: failed to process the commit 689db5bfc7ca3f34fe7d24a6f9513bc8ce14ebe5e2f251a7b92ee0b00255d9cc: action 0 (send): Asset gold not found in contract d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
  help: commits before it stay processed, and every node refuses this one: write the id of a commit before it into .contract/HEAD and upload again what came after

"#]]);
    workshop.modal(&[&PROCESS[..], &["--output", "json"]].concat()).code(6).stdout_eq(str![]).stderr_eq(str![[r#"
{
  "error": {
    "causes": [],
    "code": "refused",
    "help": "commits before it stay processed, and every node refuses this one: write the id of a commit before it into .contract/HEAD and upload again what came after",
    "message": "failed to process the commit 689db5bfc7ca3f34fe7d24a6f9513bc8ce14ebe5e2f251a7b92ee0b00255d9cc: action 0 (send): Asset gold not found in contract d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6"
  }
}

"#]]);
    assert_eq!(workshop.head(), bad);
}

/// Two directories with one id do not get mixed up in one datastore.
#[test]
fn a_datastore_that_went_on_elsewhere_is_refused() {
    let workshop = Workshop::with_uploads();
    fs::create_dir(workshop.path("elsewhere")).expect("a folder");
    workshop.modal(&["contract", "create", "--dir", "elsewhere", "--name", "my-contract"]).success();
    let shared = ["--datastore", "shared.redb"];
    workshop.modal(&[&PROCESS[..], &shared].concat()).success();
    let elsewhere = ["contract", "process", "--dir", "elsewhere", "--datastore", "shared.redb"];
    workshop.modal(&elsewhere).code(1).stdout_eq(str![]).stderr_eq(str![[r#"
error: failed to go on in shared.redb: the last commit there, a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470, is none of this directory's
  help: two directories have the contract id d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6: use the other directory, or another datastore

"#]]);
}

/// A server that machines share takes the place of the file, everywhere.
#[test]
fn a_server_can_be_the_datastore() {
    let Some(address) = crate::postgres::database() else { return };
    let workshop = Workshop::with_uploads();
    let processed = workshop.json(&[&PROCESS[..], &["--datastore", &address]].concat());
    assert_eq!(processed["head"], workshop.head());
    assert!(!workshop.path("my-contract/.contract/datastore.redb").exists());
    let datastore = format!("--datastore={address}");
    let listed = workshop.json(&["contract", "wasm-list", "--dir", "my-contract", &datastore]);
    assert_eq!(listed["modules"].as_array().map(Vec::len), Some(2));
    let run = ["contract", "wasm-run", "--dir", "my-contract", "--module-name", "validator", "--method", "validate"];
    assert_eq!(workshop.json(&[&run[..], &[&datastore]].concat())["output"], r#"{"valid":true}"#);
    // Nobody learns from the output how to get in.
    assert!(!processed["datastore"].as_str().expect("text").contains("modal@"), "{processed}");
}
