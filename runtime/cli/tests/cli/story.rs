//! A whole story: from an empty directory to a module that runs out of the datastore on each engine.

use crate::support::{UPLOAD_LOGIC, UPLOAD_VALIDATOR, Workshop};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_wasm_runtime::EngineConfig;
use serde_json::json;
use std::fs;

#[test]
fn from_an_empty_directory_to_a_run_on_each_engine() {
    let workshop = Workshop::with_modules();
    let created = workshop.json(&["contract", "create", "--dir", "./my-contract"]);

    // The brief's two commands, and their actions.
    let base64 = |file: &str| STANDARD.encode(fs::read(workshop.path(file)).expect("a module"));
    let validator = workshop.json(&UPLOAD_VALIDATOR);
    assert_eq!(
        workshop.commit(&workshop.head())["body"],
        json!([{ "method": "post", "path": "/validator.wasm", "value": base64("validator.wasm") }])
    );
    let logic = workshop.json(&UPLOAD_LOGIC);
    assert_eq!(
        workshop.commit(&workshop.head())["body"],
        json!([{
            "method": "post",
            "path": "/custom/logic.wasm",
            "value": { "wasm_bytes": base64("custom-logic.wasm"), "gas_limit": 5000000 },
        }])
    );

    let processed = workshop.json(&["contract", "process", "--dir", "./my-contract"]);
    let uploaded = |index: usize, name: &str, upload: &serde_json::Value| {
        assert_eq!(
            processed["commits"][index],
            json!({
                "commit_id": upload["commit_id"],
                "changes": [{
                    "type": "WasmUploaded",
                    "contract_id": created["contract_id"],
                    "module_name": name,
                    "sha256_hash": upload["sha256"],
                    "gas_limit": upload["gas_limit"],
                }],
            })
        );
    };
    uploaded(1, "validator", &validator);
    uploaded(2, "custom/logic", &logic);

    // What is stored is what was uploaded.
    let list = |more: &[&str]| workshop.json(&[&["contract", "wasm-list", "--dir", "my-contract"], more].concat());
    let members = |list: serde_json::Value| {
        let modules = list["modules"].as_array().expect("modules").clone();
        let member = |module: &serde_json::Value| {
            (module["path"].clone(), module["sha256"].clone(), module["gas_limit"].clone())
        };
        modules.iter().map(member).collect::<Vec<_>>()
    };
    let stored = members(list(&["--datastore"]));
    assert_eq!(stored, members(list(&[])));
    assert_eq!(stored[0], (json!("/custom/logic.wasm"), logic["sha256"].clone(), json!(5_000_000)));
    assert_eq!(stored[1], (json!("/validator.wasm"), validator["sha256"].clone(), json!(10_000_000)));

    let show = ["contract", "wasm-show", "--dir", "my-contract", "--datastore", "--module-name", "validator.wasm"];
    let shown = workshop.json(&show);
    assert_eq!(shown["sha256"], validator["sha256"]);
    assert_eq!(shown["methods"], json!(["validate", "abort", "spin", "lose"]));

    // Every engine runs it, at one price.
    for engine in EngineConfig::ALL {
        let run = |name: &str| {
            let run = ["contract", "wasm-run", "--dir", "my-contract", "--datastore", "--module-name", name];
            workshop.json(&[&run[..], &["--method", "validate", "--engine", engine.name()]].concat())
        };
        let (validated, computed) = (run("validator"), run("/custom/logic"));
        assert_eq!(validated["engine"], engine.name());
        assert_eq!(
            (&validated["output"], &computed["output"]),
            (&json!(r#"{"valid":true}"#), &json!(r#"{"valid":false}"#))
        );
        assert_eq!((&validated["gas_used"], &computed["gas_used"]), (&json!(23), &json!(24)));
        assert_eq!((&validated["gas_limit"], &computed["gas_limit"]), (&json!(10_000_000), &json!(5_000_000)));
    }
}
