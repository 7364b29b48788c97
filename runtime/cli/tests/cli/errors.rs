//! Every error: what went wrong, where, and what to do. In both forms, and nothing is changed by any of them.

use crate::support::{UPLOAD_VALIDATOR, Workshop};
use modal_cli::{Error, Exit};
use modal_wasm_runtime::abi::MAX_INPUT_BYTES;
use snapbox::data::Inline;
use snapbox::{assert_data_eq, str};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// Runs a command that fails. Both forms say the same, and nothing is changed.
pub(crate) fn check(workshop: &Workshop, args: &[&str], exit: i32, code: &str, text: Inline) {
    let before = files(workshop);
    let failed = workshop.modal(args).code(exit).stdout_eq("").stderr_eq(text);
    let json = workshop.modal(&[args, &["--output", "json"]].concat()).code(exit).stdout_eq("");
    let document: serde_json::Value = serde_json::from_slice(&json.get_output().stderr).expect("one JSON document");
    let error = &document["error"];
    assert_eq!(error["code"], code);
    let mut lines = vec![format!("error: {}", error["message"].as_str().expect("text"))];
    let causes = error["causes"].as_array().expect("a list");
    lines.extend(causes.iter().map(|cause| format!("  cause: {}", cause.as_str().expect("text"))));
    lines.push(format!("  help: {}\n", error["help"].as_str().expect("text")));
    assert_eq!(lines.join("\n"), String::from_utf8_lossy(&failed.get_output().stderr));
    assert_eq!(files(workshop), before, "an error changes nothing");
}

/// Runs a command line that is none. Text is as people know it from other programs.
fn check_usage(workshop: &Workshop, args: &[&str], text: Inline, json: Inline) {
    workshop.modal(args).code(2).stdout_eq("").stderr_eq(text);
    workshop.modal(&[args, &["--output", "json"]].concat()).code(2).stdout_eq("").stderr_eq(json);
}

/// What there is, but for the lock, which is made by whoever comes first.
fn files(workshop: &Workshop) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = workshop.files("");
    files.retain(|(path, _)| !path.ends_with("lock"));
    files
}

fn upload<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["contract", "wasm-upload", "--dir", "my-contract"], more].concat()
}

#[test]
fn no_contract() {
    let workshop = Workshop::with_modules();
    check(
        &workshop,
        &UPLOAD_VALIDATOR,
        1,
        "not_a_contract_directory",
        str![[r#"
error: Not a contract directory (no .contract found in [WORKSHOP]/my-contract or any parent)
  help: name a contract's directory with --dir, or make one: modal contract create --dir [WORKSHOP]/my-contract

"#]],
    );
}

#[test]
fn a_file_named_dot_contract_is_no_contract() {
    let workshop = Workshop::with_modules();
    fs::create_dir(workshop.path("my-contract")).expect("a folder");
    workshop.write("my-contract/.contract", "");
    check(
        &workshop,
        &["contract", "wasm-list", "--dir", "my-contract"],
        1,
        "not_a_contract_directory",
        str![[r#"
error: Not a contract directory (no .contract found in [WORKSHOP]/my-contract or any parent)
  help: name a contract's directory with --dir, or make one: modal contract create --dir [WORKSHOP]/my-contract

"#]],
    );
}

#[test]
fn no_file() {
    let workshop = Workshop::with_contract();
    check(
        &workshop,
        &upload(&["--wasm-file", "./no.wasm", "--module-name", "m"]),
        1,
        "wasm_file_not_found",
        str![[r#"
error: WASM file not found: ./no.wasm
  help: --wasm-file takes the path of a compiled module; is it built?

"#]],
    );
}

#[test]
fn a_directory_for_a_file() {
    let workshop = Workshop::with_contract();
    check(
        &workshop,
        &upload(&["--wasm-file", "my-contract", "--module-name", "m"]),
        1,
        "io",
        str![[r#"
error: failed to read my-contract
  cause: Is a directory (os error 21)
  help: it is a directory, and a file is needed

"#]],
    );
}

#[test]
fn no_module() {
    let workshop = Workshop::with_contract();
    workshop.write("text.wasm", "(module)");
    check(
        &workshop,
        &upload(&["--wasm-file", "text.wasm", "--module-name", "m"]),
        3,
        "rejected",
        str![[r#"
error: failed to accept text.wasm: the module is malformed: magic header not detected: bad magic number - expected=[ 0x0, 0x61, 0x73, 0x6d, ] actual=[ 0x28, 0x6d, 0x6f, 0x64, ] (at offset 0x0)
  help: a module is a binary that begins with the bytes 00 61 73 6d; text has to be compiled: wat2wasm

"#]],
    );
}

#[test]
fn a_module_outside_the_profile() {
    let workshop = Workshop::with_contract();
    workshop.module("simd.wasm", "(module (func (drop (v128.const i64x2 0 0))))");
    check(
        &workshop,
        &upload(&["--wasm-file", "simd.wasm", "--module-name", "m"]),
        3,
        "rejected",
        str![[r#"
error: failed to accept simd.wasm: the module uses simd, which profile modal-1 does not allow
  help: the profile modal-1 leaves this feature out: switch it off in the compiler

"#]],
    );
}

#[test]
fn a_file_that_is_too_long() {
    let workshop = Workshop::with_contract();
    workshop.write("long.wasm", vec![0; (4 << 20) + 1]);
    check(
        &workshop,
        &upload(&["--wasm-file", "long.wasm", "--module-name", "m"]),
        3,
        "wasm_file_too_long",
        str![[r#"
error: failed to take long.wasm as a module: it has more than 4194304 bytes
  help: build for size (opt-level = "z", strip = true) or run wasm-opt -Oz

"#]],
    );
}

#[test]
fn no_module_name() {
    let workshop = Workshop::with_contract();
    check(
        &workshop,
        &upload(&["--wasm-file", "validator.wasm", "--module-name", "../m"]),
        2,
        "invalid_module_name",
        str![[r#"
error: failed to accept the module name "../m": it has a segment `.` or `..`
  help: give a name such as validator or /custom/logic; a leading / and a trailing .wasm make no difference

"#]],
    );
}

#[test]
fn no_gas_limit() {
    let workshop = Workshop::with_contract();
    let limit = |gas| upload(&["--wasm-file", "validator.wasm", "--module-name", "m", "--gas-limit", gas]);
    check(
        &workshop,
        &limit("0"),
        2,
        "invalid_gas_limit",
        str![[r#"
error: failed to accept a gas limit of 0: the lowest is 1
  help: --gas-limit takes 1 to 100000000; without it, the limit is 10000000

"#]],
    );
    check(
        &workshop,
        &limit("100000001"),
        2,
        "invalid_gas_limit",
        str![[r#"
error: failed to accept a gas limit of 100000001: the highest is 100000000
  help: --gas-limit takes 1 to 100000000; without it, the limit is 10000000

"#]],
    );
    check_usage(
        &workshop,
        &limit("many"),
        str![[r#"
error: invalid value 'many' for '--gas-limit <GAS>': invalid digit found in string

For more information, try '--help'.

"#]],
        str![[r#"
{
  "error": {
    "causes": [],
    "code": "usage",
    "help": "modal --help lists what there is",
    "message": "invalid value 'many' for '--gas-limit <GAS>': invalid digit found in string"
  }
}

"#]],
    );
}

#[test]
fn no_such_command() {
    let workshop = Workshop::new();
    check_usage(
        &workshop,
        &["contract", "wasm-uplaod"],
        str![[r#"
error: unrecognized subcommand 'wasm-uplaod'

  tip: some similar subcommands exist: 'wasm-list', 'wasm-show', 'wasm-run', 'wasm-upload'

Usage: modal contract <COMMAND>

For more information, try '--help'.

"#]],
        str![[r#"
{
  "error": {
    "causes": [],
    "code": "usage",
    "help": "Usage: modal contract <COMMAND>",
    "message": "unrecognized subcommand 'wasm-uplaod'"
  }
}

"#]],
    );
    check_usage(
        &workshop,
        &["contract", "wasm-upload", "--dir", "d"],
        str![[r#"
error: the following required arguments were not provided:
  --wasm-file <FILE>
  --module-name <NAME>

Usage: modal contract wasm-upload --wasm-file <FILE> --module-name <NAME> --dir <DIR>

For more information, try '--help'.

"#]],
        str![[r#"
{
  "error": {
    "causes": [],
    "code": "usage",
    "help": "Usage: modal contract wasm-upload --wasm-file <FILE> --module-name <NAME> --dir <DIR> --output <FORMAT>",
    "message": "the following required arguments were not provided: --wasm-file <FILE> --module-name <NAME>"
  }
}

"#]],
    );
    check_usage(
        &workshop,
        &["contract", "wasm-run", "--method", "m"],
        str![[r#"
error: the following required arguments were not provided:
  <--module-name <NAME>|--wasm-file <FILE>>

Usage: modal contract wasm-run --method <METHOD> <--module-name <NAME>|--wasm-file <FILE>>

For more information, try '--help'.

"#]],
        str![[r#"
{
  "error": {
    "causes": [],
    "code": "usage",
    "help": "Usage: modal contract wasm-run --method <METHOD> --output <FORMAT> <--module-name <NAME>|--wasm-file <FILE>>",
    "message": "the following required arguments were not provided: <--module-name <NAME>|--wasm-file <FILE>>"
  }
}

"#]],
    );
    check_usage(
        &workshop,
        &["contract", "wasm-run", "--method", "m", "--wasm-file", "f", "--engine", "v8"],
        str![[r#"
error: invalid value 'v8' for '--engine <ENGINE>'
  [possible values: wasmtime, wasmtime-none, wasmtime-single-pass, wasmtime-winch, wasmtime-pulley, wasmi]

For more information, try '--help'.

"#]],
        str![[r#"
{
  "error": {
    "causes": [],
    "code": "usage",
    "help": "modal --help lists what there is",
    "message": "invalid value 'v8' for '--engine <ENGINE>' [possible values: wasmtime, wasmtime-none, wasmtime-single-pass, wasmtime-winch, wasmtime-pulley, wasmi]"
  }
}

"#]],
    );
}

#[test]
fn no_contract_id() {
    let workshop = Workshop::new();
    check(
        &workshop,
        &["contract", "create", "--dir", "d", "--id", "a/b"],
        2,
        "invalid_contract_id",
        str![[r#"
error: failed to accept the contract id "a/b": it holds a `/`
  help: an id has 1 to 256 bytes without / and control characters, and is neither . nor ..

"#]],
    );
}

#[test]
fn no_contract_name() {
    let workshop = Workshop::new();
    check(
        &workshop,
        &["contract", "create", "--dir", "/"],
        2,
        "no_contract_name",
        str![[r#"
error: failed to name a contract after /
  help: give the contract a name: --name NAME

"#]],
    );
}

#[test]
fn a_module_that_was_not_uploaded() {
    let workshop = Workshop::with_contract();
    check(
        &workshop,
        &["contract", "wasm-show", "--dir", "my-contract", "--module-name", "validator"],
        1,
        "module_not_found",
        str![[r#"
error: failed to find the module /validator.wasm in the commits of [WORKSHOP]/my-contract
  help: modal contract wasm-list --dir [WORKSHOP]/my-contract shows which there are

"#]],
    );
}

#[test]
fn a_module_that_was_not_processed() {
    let workshop = Workshop::with_contract();
    let show = ["contract", "wasm-show", "--dir", "my-contract", "--module-name", "validator", "--datastore"];
    check(
        &workshop,
        &show,
        1,
        "datastore_not_found",
        str![[r#"
error: failed to find the datastore [WORKSHOP]/my-contract/.contract/datastore.redb
  help: process the commits first: modal contract process --dir [WORKSHOP]/my-contract

"#]],
    );
    workshop.modal(&["contract", "process", "--dir", "my-contract"]).success();
    workshop.modal(&UPLOAD_VALIDATOR).success();
    workshop.modal(&show).code(1).stdout_eq("").stderr_eq(str![[r#"
error: failed to find the module /validator.wasm in the datastore [WORKSHOP]/my-contract/.contract/datastore.redb
  help: was the upload processed? modal contract wasm-list --dir [WORKSHOP]/my-contract --datastore shows which were

"#]]);
}

#[test]
fn an_input_that_is_none() {
    let workshop = Workshop::with_modules();
    workshop.write("args.json", " ".repeat((1 << 20) + 1));
    let run =
        |file| ["contract", "wasm-run", "--wasm-file", "validator.wasm", "--method", "validate", "--args-file", file];
    check(
        &workshop,
        &run("args.json"),
        2,
        "input_too_long",
        str![[r#"
error: failed to pass args.json to a module: it has more than 1048576 bytes
  help: pass less, or split the work over several runs

"#]],
    );
    workshop.write("args.json", b"\xff");
    check(
        &workshop,
        &run("args.json"),
        1,
        "io",
        str![[r#"
error: failed to read args.json
  cause: invalid utf-8 sequence of 1 bytes from index 0
  help: the file holds other than UTF-8 text

"#]],
    );
    check(
        &workshop,
        &run("no.json"),
        1,
        "io",
        str![[r#"
error: failed to read no.json
  cause: No such file or directory (os error 2)
  help: is the path right?

"#]],
    );
    // As long as it may be, which is more than this guest has memory for.
    workshop.write("args.json", " ".repeat(1 << 20));
    workshop.modal(&run("args.json")).code(5);
}

/// A system has its own idea of how long an argument may be; the program has one too.
#[test]
fn an_argument_that_is_too_long() {
    let workshop = Workshop::with_modules();
    let file = workshop.path("validator.wasm");
    let input = " ".repeat(MAX_INPUT_BYTES + 1);
    let run =
        ["modal", "contract", "wasm-run", "--method", "validate", "--args", &input, "--wasm-file"].map(OsString::from);
    let run = run.into_iter().chain([file.into_os_string()]);
    assert_eq!(modal_cli::run(run), Exit::Usage);
    let error = Error::InputTooLong { bytes: MAX_INPUT_BYTES + 1, limit: MAX_INPUT_BYTES };
    assert_eq!(error.exit(), Exit::Usage);
    assert_data_eq!(
        anstream::adapter::strip_str(&error.to_text()).to_string(),
        str![[r#"
error: failed to pass 1048577 bytes to a module: the input has at most 1048576
  help: pass less, or split the work over several runs

"#]]
    );
}

/// A module's name can be longer than the path of an action.
#[test]
fn a_commit_that_no_node_would_take() {
    let workshop = Workshop::with_contract();
    let name = "x".repeat(1020);
    check(
        &workshop,
        &upload(&["--wasm-file", "validator.wasm", "--module-name", &name]),
        2,
        "no_commit",
        str![[r#"
error: failed to make a commit: every node would refuse it
  cause: action 0 (post): Path is too long: 1026 bytes, at most 1024
  help: change what the cause names

"#]],
    );
}
