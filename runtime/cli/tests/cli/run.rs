//! `wasm-run`.

use crate::support::Workshop;
use modal_wasm_runtime::EngineConfig;
use snapbox::str;

const RUN: [&str; 7] = ["contract", "wasm-run", "--dir", "my-contract", "--module-name", "custom/logic", "--method"];
const FILE: [&str; 5] = ["contract", "wasm-run", "--wasm-file", "validator.wasm", "--method"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

#[test]
fn a_run_prints_output_and_gas() {
    let workshop = Workshop::with_uploads();
    workshop
        .modal(&with(&RUN, &["validate"]))
        .success()
        .stdout_eq(str![[r#"
/custom/logic.wasm: validate completed
  output  {"valid":false}
  gas     24 of 5000000
  stack   19 words
  engine  wasmtime [WASMTIME]
  sha256  1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d

"#]])
        .stderr_eq(str![]);
    workshop.modal(&with(&RUN, &["validate", "--output", "json"])).success().stdout_eq(str![[r#"
{
  "module": "/custom/logic.wasm",
  "source": "commits",
  "method": "validate",
  "outcome": "completed",
  "output": "{\"valid\":false}",
  "gas_used": 24,
  "gas_left": 4999976,
  "gas_limit": 5000000,
  "stack_high_water": 19,
  "engine": "wasmtime",
  "engine_version": "[WASMTIME]",
  "sha256": "1f4610eb2f474584d93d869a6463990d363b170b51de3699dc378e142768744d",
  "metered_sha256": "[METERED]",
  "calls": []
}

"#]]);
    workshop.modal(&with(&FILE, &["validate", "--args", r#"{"amount":1}"#])).success().stdout_eq(str![[r#"
validator.wasm: validate completed
  output  {"valid":true}
  gas     23 of 10000000
  stack   19 words
  engine  wasmtime [WASMTIME]
  sha256  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]]);
    workshop.modal(&with(&FILE, &["validate", "--output", "json"])).success().stdout_eq(str![[r#"
{
  "module": "validator.wasm",
  "source": "file",
  "method": "validate",
  "outcome": "completed",
  "output": "{\"valid\":true}",
  "gas_used": 23,
  "gas_left": 9999977,
  "gas_limit": 10000000,
  "stack_high_water": 19,
  "engine": "wasmtime",
  "engine_version": "[WASMTIME]",
  "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
  "metered_sha256": "[METERED]",
  "calls": []
}

"#]]);
}

#[test]
fn a_trap_is_an_outcome_with_an_exit_of_its_own() {
    let workshop = Workshop::with_modules();
    workshop
        .modal(&with(&FILE, &["abort"]))
        .code(4)
        .stdout_eq(str![[r#"
validator.wasm: abort trapped with GuestAbort: a failed run consumes its limit
  gas     10000000 of 10000000
  stack   19 words
  engine  wasmtime [WASMTIME]
  sha256  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]])
        .stderr_eq(str![]);
    workshop.modal(&with(&FILE, &["spin", "--gas-limit", "1000"])).code(4).stdout_eq(str![[r#"
validator.wasm: spin trapped with OutOfGas: a failed run consumes its limit
  gas     1000 of 1000
  stack   19 words
  engine  wasmtime [WASMTIME]
  sha256  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]]);
    workshop
        .modal(&with(&FILE, &["abort", "--output", "json"]))
        .code(4)
        .stdout_eq(str![[r#"
{
  "module": "validator.wasm",
  "source": "file",
  "method": "abort",
  "outcome": "trapped",
  "trap": "GuestAbort",
  "gas_used": 10000000,
  "gas_left": 0,
  "gas_limit": 10000000,
  "stack_high_water": 19,
  "engine": "wasmtime",
  "engine_version": "[WASMTIME]",
  "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
  "metered_sha256": "[METERED]",
  "calls": []
}

"#]])
        .stderr_eq(str![]);
}

#[test]
fn breaking_the_abi_is_an_outcome_with_an_exit_of_its_own() {
    let workshop = Workshop::with_modules();
    workshop
        .modal(&with(&FILE, &["missing"]))
        .code(5)
        .stdout_eq(str![[r#"
validator.wasm: missing broke the guest ABI with MissingExport(missing): a failed run consumes its limit
  gas     10000000 of 10000000
  stack   0 words
  engine  wasmtime [WASMTIME]
  sha256  9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3

"#]])
        .stderr_eq(str![]);
    workshop.modal(&with(&FILE, &["lose", "--output", "json"])).code(5).stdout_eq(str![[r#"
{
  "module": "validator.wasm",
  "source": "file",
  "method": "lose",
  "outcome": "violated",
  "violation": "ResultOutOfBounds",
  "gas_used": 10000000,
  "gas_left": 0,
  "gas_limit": 10000000,
  "stack_high_water": 19,
  "engine": "wasmtime",
  "engine_version": "[WASMTIME]",
  "sha256": "9f50d981afb36603a50f44844ea16f82c98055b77ba97f81bc6e8361b6267ad3",
  "metered_sha256": "[METERED]",
  "calls": []
}

"#]]);
}

#[test]
fn a_rejection_is_an_error_with_an_exit_of_its_own() {
    let workshop = Workshop::new();
    workshop.write("validator.wasm", "(module)");
    workshop.modal(&with(&FILE, &["validate"])).code(3).stdout_eq(str![]).stderr_eq(str![[r#"
error: failed to accept validator.wasm: the module is malformed: magic header not detected: bad magic number - expected=[ 0x0, 0x61, 0x73, 0x6d, ] actual=[ 0x28, 0x6d, 0x6f, 0x64, ] (at offset 0x0)
  help: a module is a binary that begins with the bytes 00 61 73 6d; text has to be compiled: wat2wasm

"#]]);
    workshop.module("validator.wasm", r#"(module (import "wasi_snapshot_preview1" "fd_write" (func)))"#);
    workshop.modal(&with(&FILE, &["validate", "--output", "json"])).code(3).stdout_eq(str![]).stderr_eq(str![[r#"
{
  "error": {
    "causes": [],
    "code": "rejected",
    "help": "a module can import env.abort and what composition offers, and nothing else: build without a system interface",
    "message": "failed to accept validator.wasm: the module imports the function wasi_snapshot_preview1.fd_write() -> (); only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()"
  }
}

"#]]);
}

/// Every engine says the same, but for its own name.
#[test]
fn engines_agree() {
    let workshop = Workshop::with_modules();
    for method in ["validate", "abort", "spin", "lose"] {
        let run = |engine: EngineConfig| {
            let args = with(&FILE, &[method, "--gas-limit", "5000", "--output", "json", "--engine", engine.name()]);
            let output = workshop.modal(&args).get_output().stdout.clone();
            let mut ran: serde_json::Value = serde_json::from_slice(&output).expect("one JSON document");
            let document = ran.as_object_mut().expect("an object");
            assert_eq!(document.remove("engine"), Some(engine.name().into()));
            assert_eq!(document.remove("engine_version"), Some(engine.engine().version().into()));
            ran
        };
        let [first, others @ ..] = EngineConfig::ALL;
        let first = run(first);
        for engine in others {
            assert_eq!(run(engine), first, "{method} on {engine}");
        }
    }
}
