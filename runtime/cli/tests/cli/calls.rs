//! `wasm-run` of modules that call other modules of their contract.

use crate::errors::check;
use crate::support::{UPLOAD_VALIDATOR, Workshop};
use modal_wasm_runtime::EngineConfig;
use serde_json::{Value, json};
use snapbox::str;

/// A guest that calls other modules. `call` calls the one that its input names, on no arguments; `execute` calls `/lib/idle`
/// on its own input. Both return what that returned, or the code's number without its sign.
const CALLER: &str = r#"(module
    (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
    (import "modal" "result" (func $result (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "/lib/idle")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func $returned (param $code i32) (result i32)
        (call $result (i32.const 36))
        (if (i32.lt_s (local.get $code) (i32.const 0))
            (then
                (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
                (local.set $code (i32.const 1))))
        (i32.store (i32.const 32) (local.get $code))
        (i32.const 32))
    (func (export "call") (param $at i32) (param $length i32) (result i32)
        (call $returned
            (call $call (local.get $at) (local.get $length) (i32.const 0) (i32.const 0) (i64.const 1000000))))
    (func (export "execute") (param $at i32) (param $length i32) (result i32)
        (call $returned
            (call $call (i32.const 16) (i32.const 9) (local.get $at) (local.get $length) (i64.const 1000000)))))"#;

/// A program that has nothing to do.
const IDLE: &str = r#"(module
    (memory (export "memory") 1)
    (data (i32.const 0) "\1a\00\00\00{\"actions\":[],\"errors\":[]}")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param i32 i32) (result i32) (i32.const 0)))"#;

fn upload(workshop: &Workshop, file: &str, name: &str) {
    let upload = ["contract", "wasm-upload", "--dir", "my-contract", "--wasm-file", file, "--module-name", name];
    workshop.modal(&upload).success();
}

/// A contract with the caller, an idle program and two callers of it.
fn workshop() -> Workshop {
    let workshop = Workshop::with_contract();
    workshop.module("caller.wasm", CALLER);
    workshop.module("idle.wasm", IDLE);
    // Other bytes: a module that is called again while it is open makes a cycle, whatever its name is.
    workshop.module("relay.wasm", &CALLER.replacen("(memory", "(global i32 (i32.const 0)) (memory", 1));
    upload(&workshop, "caller.wasm", "caller");
    upload(&workshop, "relay.wasm", "relay");
    upload(&workshop, "idle.wasm", "lib/idle");
    workshop
}

fn run<'a>(method: &'a str, args: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let run = ["contract", "wasm-run", "--dir", "my-contract", "--module-name", "caller"];
    [&run[..], &["--method", method, "--args", args], more].concat()
}

fn call(workshop: &Workshop, name: &str, more: &[&str]) -> Value {
    workshop.json(&run("call", name, more))
}

#[test]
fn a_run_prints_what_it_called() {
    let workshop = workshop();
    workshop
        .modal(&run("call", "/relay", &[]))
        .success()
        .stdout_eq(str![[r#"
/caller.wasm: call completed
  output  {"actions":[],"errors":[]}
  gas     10473 of 10000000
  stack   2113 words
  engine  wasmtime [WASMTIME]
  sha256  56c95279120c5c6d2bed11bb5caf0fcd5308e5696c2d5467af62edbbe37ce76f
Calls of other modules
  /relay: 26 bytes for 5410 of 1000000 gas
    /lib/idle: 26 bytes for 189 of 979299 gas

"#]])
        .stderr_eq(str![]);
    workshop.modal(&run("call", "/none", &[])).success().stdout_eq(str![[r#"
/caller.wasm: call completed
  output  2
  gas     5043 of 10000000
  stack   43 words
  engine  wasmtime [WASMTIME]
  sha256  56c95279120c5c6d2bed11bb5caf0fcd5308e5696c2d5467af62edbbe37ce76f
Calls of other modules
  /none: not found

"#]]);
    workshop.modal(&run("call", "/relay", &["--output", "json"])).success().stdout_eq(str![[r#"
{
  "module": "/caller.wasm",
  "source": "commits",
  "method": "call",
  "outcome": "completed",
  "output": "{\"actions\":[],\"errors\":[]}",
  "gas_used": 10473,
  "gas_left": 9989527,
  "gas_limit": 10000000,
  "stack_high_water": 2113,
  "engine": "wasmtime",
  "engine_version": "[WASMTIME]",
  "sha256": "56c95279120c5c6d2bed11bb5caf0fcd5308e5696c2d5467af62edbbe37ce76f",
  "metered_sha256": "[..]",
  "calls": [
    {
      "name": "/relay",
      "returned": 26,
      "gas_limit": 1000000,
      "gas_used": 5410,
      "calls": [
        {
          "name": "/lib/idle",
          "returned": 26,
          "gas_limit": 979299,
          "gas_used": 189,
          "calls": []
        }
      ]
    }
  ]
}

"#]]);
}

#[test]
fn a_module_is_called_by_its_path_with_or_without_its_ending() {
    let workshop = workshop();
    let output = |name: &str| call(&workshop, name, &[])["output"].clone();
    for name in ["/lib/idle", "/lib/idle.wasm", "/lib/idle#execute", "/lib/idle.wasm#execute"] {
        assert_eq!(output(name), r#"{"actions":[],"errors":[]}"#, "{name}");
    }
    for (name, code) in [("lib/idle", "2"), ("/idle", "2"), ("/caller", "4"), ("/lib/idle#none", "8")] {
        assert_eq!(output(name), code, "{name}");
    }
}

/// What is called is what stands where the module was found.
#[test]
fn calls_are_resolved_where_the_module_was_found() {
    let workshop = workshop();
    workshop.modal(&["contract", "process", "--dir", "my-contract"]).success();
    workshop.modal(&UPLOAD_VALIDATOR).success();
    let output = |more: &[&str]| call(&workshop, "/validator#validate", more)["output"].clone();
    assert_eq!(output(&[]), r#"{"valid":true}"#);
    assert_eq!(output(&["--datastore"]), "2");
    workshop.modal(&["contract", "process", "--dir", "my-contract"]).success();
    assert_eq!(output(&["--datastore"]), r#"{"valid":true}"#);
    // The current one of each.
    upload(&workshop, "custom-logic.wasm", "validator");
    assert_eq!(output(&[]), r#"{"valid":false}"#);
    assert_eq!(output(&["--datastore"]), r#"{"valid":true}"#);
    // A file is in no contract.
    let file = ["contract", "wasm-run", "--wasm-file", "caller.wasm", "--method", "call", "--args", "/validator"];
    assert_eq!(workshop.json(&file)["output"], "2");
}

#[test]
fn calls_are_equal_on_every_engine() {
    let workshop = workshop();
    let on = |engine: EngineConfig| {
        let mut ran = call(&workshop, "/relay", &["--engine", engine.name()]);
        for member in ["engine", "engine_version"] {
            ran[member].take();
        }
        ran
    };
    let [first, others @ ..] = EngineConfig::ALL.map(on);
    assert_eq!(first["calls"][0]["calls"][0]["returned"], 26);
    others.iter().for_each(|other| assert_eq!(*other, first));
}

/// A node that processes a commit and a person who tries its program see the same.
#[test]
fn a_run_costs_what_a_node_counts() {
    let workshop = workshop();
    let commit = workshop.forge(r#"[{"method":"invoke","path":"/caller.wasm","value":{"args":[1,2]}}]"#);
    let processed = workshop.json(&["contract", "process", "--dir", "my-contract"]);
    let contract = processed["contract_id"].as_str().expect("an id");
    let input = json!({
        "args": [1, 2],
        "context": { "block_height": 4, "commit_id": commit, "contract_id": contract, "timestamp": 0 },
    });
    for more in [&[][..], &["--datastore"]] {
        let ran = workshop.json(&run("execute", &input.to_string(), more));
        assert_eq!(ran["calls"][0]["name"], "/lib/idle");
        assert_eq!(processed["commits"][4]["changes"][0]["gas_used"], ran["gas_used"]);
    }
}

#[test]
fn more_modules_than_can_be_called() {
    let workshop = workshop();
    for part in [0..600, 600..1022] {
        let upload = |index| format!(r#"{{"method":"post","path":"/m{index}.wasm","value":"AGFzbQEAAAA="}}"#);
        let body = part.map(upload).collect::<Vec<_>>().join(",");
        workshop.forge(&format!("[{body}]"));
    }
    workshop.modal(&["contract", "process", "--dir", "my-contract"]).success();
    let refused = || {
        str![[r#"
error: failed to run /caller.wasm, which calls modules of its contract
  cause: too many modules: 1025 of 8878 bytes, at most 1024 of 67108864
  help: every node refuses this: give the module, and what it calls, a contract of their own

"#]]
    };
    check(&workshop, &run("call", "/lib/idle", &[]), 3, "too_many_modules", refused());
    for source in [&[][..], &["--datastore"]] {
        workshop.modal(&run("call", "/lib/idle", source)).code(3).stdout_eq("").stderr_eq(refused());
        // A module that calls none does not mind.
        let idle = ["contract", "wasm-run", "--dir", "my-contract", "--module-name", "lib/idle", "--method", "execute"];
        workshop.modal(&[&idle[..], source].concat()).success();
    }
}
