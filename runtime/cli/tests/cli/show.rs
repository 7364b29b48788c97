//! `wasm-list` and `wasm-show`.

use crate::support::{UPLOAD_VALIDATOR, Workshop, other_guest};
use snapbox::str;

const LIST: [&str; 4] = ["contract", "wasm-list", "--dir", "my-contract"];
const SHOW: [&str; 6] = ["contract", "wasm-show", "--dir", "my-contract", "--module-name", "validator"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

#[test]
fn modules_are_listed_by_path() {
    let workshop = Workshop::with_uploads();
    workshop
        .modal(&LIST)
        .success()
        .stdout_eq(str![[r#"
Modules in the commits of [WORKSHOP]/my-contract
  path                version     size  gas limit  sha256
  /custom/logic.wasm        1      186    5000000  1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d
  /validator.wasm           1      185   10000000  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]])
        .stderr_eq(str![]);
    workshop.modal(&with(&LIST, &["--output", "json"])).success().stdout_eq(str![[r#"
{
  "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
  "source": "commits",
  "modules": [
    {
      "path": "/custom/logic.wasm",
      "version": 1,
      "sha256": "1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d",
      "wasm_size": 186,
      "gas_limit": 5000000,
      "commit_id": "a3f300b29e1f2c73372181c76343e74b1181405a3ea62bfb51b9184ef1f71470"
    },
    {
      "path": "/validator.wasm",
      "version": 1,
      "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
      "wasm_size": 185,
      "gas_limit": 10000000,
      "commit_id": "427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0"
    }
  ]
}

"#]]);
}

#[test]
fn a_contract_without_modules_says_what_to_do() {
    let workshop = Workshop::with_contract();
    workshop.modal(&LIST).success().stdout_eq(str![[r#"
There are no modules in the commits of [WORKSHOP]/my-contract
Upload one:
  modal contract wasm-upload --dir my-contract --wasm-file FILE --module-name NAME

"#]]);
    workshop.modal(&with(&LIST, &["--output", "json"])).success().stdout_eq(str![[r#"
{
  "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
  "source": "commits",
  "modules": []
}

"#]]);
}

#[test]
fn a_module_is_shown_with_what_can_be_called() {
    let workshop = Workshop::with_uploads();
    workshop.modal(&SHOW).success().stdout_eq(str![[r#"
/validator.wasm in the commits of [WORKSHOP]/my-contract
  contract        d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6
  sha256          9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3
  metered sha256  [METERED]
  size            185 bytes, [METERED]
  gas limit       10000000
  methods         validate, abort, spin, lose
  exports         memory (memory), alloc(i32) -> (i32), validate(i32, i32) -> (i32), abort(i32, i32) -> (i32), spin(i32, i32) -> (i32), lose(i32, i32) -> (i32)
  imports         env.abort() -> ()
Uploads
  1  sha256 9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3, 185 bytes, gas limit 10000000, commit 427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0

"#]]).stderr_eq(str![]);
    workshop.modal(&with(&SHOW, &["--output", "json"])).success().stdout_eq(str![[r#"
{
  "contract_id": "d6358c9e01f1c08d6385ba21914f868b58865291343b5027a36acc0c3f81d9e6",
  "source": "commits",
  "path": "/validator.wasm",
  "version": 1,
  "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
  "wasm_size": 185,
  "gas_limit": 10000000,
  "commit_id": "427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0",
  [METERED],
  "metered_sha256": "[METERED]",
  "methods": [
    "validate",
    "abort",
    "spin",
    "lose"
  ],
  "exports": [
    {
      "name": "memory",
      "item": {
        "kind": "memory"
      }
    },
    {
      "name": "alloc",
      "item": {
        "kind": "function",
        "index": 1,
        "params": [
          "i32"
        ],
        "results": [
          "i32"
        ]
      }
    },
    {
      "name": "validate",
      "item": {
        "kind": "function",
        "index": 2,
        "params": [
          "i32",
          "i32"
        ],
        "results": [
          "i32"
        ]
      }
    },
    {
      "name": "abort",
      "item": {
        "kind": "function",
        "index": 3,
        "params": [
          "i32",
          "i32"
        ],
        "results": [
          "i32"
        ]
      }
    },
    {
      "name": "spin",
      "item": {
        "kind": "function",
        "index": 4,
        "params": [
          "i32",
          "i32"
        ],
        "results": [
          "i32"
        ]
      }
    },
    {
      "name": "lose",
      "item": {
        "kind": "function",
        "index": 5,
        "params": [
          "i32",
          "i32"
        ],
        "results": [
          "i32"
        ]
      }
    }
  ],
  "imports": [
    {
      "module": "env",
      "name": "abort",
      "params": [],
      "results": []
    }
  ],
  "versions": [
    {
      "version": 1,
      "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
      "wasm_size": 185,
      "gas_limit": 10000000,
      "commit_id": "427fdc34e93d391052de5ff450b25f22337bb1e19d766567cdc3b15b53940ec0"
    }
  ]
}

"#]]);
}

#[test]
fn an_upload_replaces_the_one_before_and_both_are_kept() {
    let workshop = Workshop::with_contract();
    workshop.modal(&UPLOAD_VALIDATOR).success();
    workshop.module("validator.wasm", &other_guest());
    workshop.modal(&with(&UPLOAD_VALIDATOR, &["--gas-limit", "7"])).success();
    let shown = workshop.json(&SHOW);
    assert_eq!(shown["version"], 2);
    assert_eq!(shown["gas_limit"], 7);
    assert_eq!(shown["commit_id"], workshop.head());
    assert_eq!(shown["versions"].as_array().map(Vec::len), Some(2));
    assert_ne!(shown["versions"][0]["sha256"], shown["versions"][1]["sha256"]);
    assert_eq!(shown["versions"][1]["sha256"], shown["sha256"]);
    workshop.modal(&["contract", "process", "--dir", "my-contract"]).success();
    let stored = workshop.json(&with(&SHOW, &["--datastore"]));
    assert_eq!(stored["version"], 2);
    assert_eq!(stored["sha256"], shown["sha256"]);
    assert_eq!(stored["versions"].as_array().map(Vec::len), Some(2));
}

/// Names and outputs are their author's; a terminal acts on none of them.
#[test]
fn what_a_module_says_does_not_act_on_the_terminal() {
    let workshop = Workshop::with_contract();
    workshop.module("validator.wasm", r#"(module (func (export "\1b[31mred\07")))"#);
    workshop.modal(&UPLOAD_VALIDATOR).success();
    let output = workshop.modal(&SHOW).success();
    let text = String::from_utf8_lossy(&output.get_output().stdout);
    assert!(text.contains(r"\u{1b}[31mred\u{7}() -> ()"), "{text}");
    let guest = crate::support::GUEST.replace(r#"\0e\00\00\00{\"valid\":true}"#, r"\04\00\00\00\1b[2J");
    workshop.module("custom-logic.wasm", &guest);
    let run = workshop.modal(&["contract", "wasm-run", "--wasm-file", "custom-logic.wasm", "--method", "validate"]);
    let run = String::from_utf8_lossy(&run.success().get_output().stdout).into_owned();
    assert!(run.contains(r"\u{1b}[2J"), "{run}");
    assert!(!text.contains('\u{1b}') && !run.contains('\u{1b}'));
}
