//! The command line: what it prints, how it ends, and what it leaves behind.

use crate::common::project;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn conform(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_modal-conform")).args(args).current_dir(folder).output().expect("the program")
}

/// Runs a command and compares how it ends and, in order, parts of what it prints.
fn check(args: &[&str], code: i32, parts: &[&str]) -> String {
    let output = conform(&project(), args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}:\n{text}");
    let mut rest = text.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{args:?} does not print {part:?} in its place:\n{text}"));
        rest = &rest[at + part.len()..];
    }
    text
}

/// A module to run.
const SELECT: &str = "corpus/regressions/wasmi-2.0.0-select-on-zero-test.wat";

/// The lanes of this process only: quick, and there is a test for the rest.
const QUICK: [&str; 2] = ["--lanes", "wasmtime,wasmi"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

#[test]
fn a_run_that_agrees_ends_with_0_and_says_so() {
    let findings = tempfile::tempdir().expect("a folder");
    let place = findings.path().to_str().expect("a plain path");
    let run = ["run", "--seed", "3", "--kind", "modules", "--cases", "40", "--findings", place];
    check(
        &with(&run, &QUICK),
        0,
        &[
            "planned",
            "40",
            "set aside",
            "0",
            "cases by outcome",
            "completed",
            "modules/s",
            "2 lanes and the reference agree on all 40 cases",
        ],
    );
    let output = conform(&project(), &with(&with(&run, &QUICK), &["--message-format", "json"]));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!(document["summary"]["agreed"], 40);
    assert_eq!(document["findings"], serde_json::json!([]));
    assert!(fs::read_dir(findings.path()).expect("a folder").next().is_none(), "no findings, no folders");
}

#[test]
fn too_little_is_not_agreement() {
    check(&with(&["run", "--kind", "modules", "--cases", "0"], &QUICK), 4, &["NOTHING RAN"]);
    check(
        &with(&["run", "--kind", "modules", "--cases", "200", "--min-completed", "100"], &QUICK),
        106,
        &["INCOMPLETE", "% of cases completed, 100 % are demanded"],
    );
}

#[test]
fn wrong_usage_says_what_is_right() {
    check(&["run", "--lanes", "v8"], 2, &["no lane is called \"v8\"", "wasmtime", "wasmi", "node"]);
    check(&["exec", "no-such.wasm", "--entry", "f"], 96, &["error: cannot read no-such.wasm"]);
    check(&["replay", "corpus"], 96, &["error: cannot read corpus/case.json", "a repro folder holds a case.json"]);
    check(&["exec", "x.wasm", "--entry", "f", "--arg", "i33:1"], 2, &["i33"]);
    check(
        &with(&["exec", SELECT, "--entry", "none"], &QUICK),
        2,
        &["no function \"none\" is exported; there is \"eqz\""],
    );
    check(&with(&["exec", SELECT, "--entry", "eqz"], &QUICK), 2, &["\"eqz\" takes (i32 i32), not ()"]);
    check(&["exec", SELECT, "--entry", "eqz", "--gas", "0"], 2, &["gas"]);
    check(&["lanes", "--lanes", "wasmi,wasmi"], 2, &["--lanes names wasmi twice"]);
}

#[test]
fn a_seed_prints_the_same_case_each_time() {
    for (kind, last) in [("modules", "(module"), ("validators", "validators/dist/guest.wasm")] {
        let gen_case =
            |index: &str| check(&["gen", "--seed", "5", "--kind", kind, "--index", index], 0, &[";; run 0:", last]);
        let text = gen_case("3");
        assert_eq!(gen_case("3"), text);
        assert_ne!(gen_case("4"), text);
    }
}

#[test]
fn calls_of_validators_are_a_kind_of_case() {
    let run = ["run", "--kind", "validators", "--cases", "2"];
    check(
        &with(&run, &QUICK),
        0,
        &["validators", "100.0 %", "validations by answer", "valid", "answers of the bindings", "agree on all 2 cases"],
    );
    let guest = project().join("validators/dist/guest.wasm");
    let case = folder_of(&fs::read(guest).expect("the run has built it"));
    let place = case.path().to_str().expect("a plain path");
    let answer = r#"{\"valid\":true,\"gas_used\":110,\"errors\":[]}"#;
    check(&with(&["replay", place], &QUICK), 0, &["wasmtime", answer, "reference", answer, "native", answer, "agree"]);
}

/// A repro folder of one call of a validator.
fn folder_of(guest: &[u8]) -> tempfile::TempDir {
    let call = r#"{"validator":"balance_sufficient","args":[2,1]}"#;
    let run = modal_harness::Run::Abi { method: "evaluate".into(), input: call.into(), gas: 10_000_000 };
    let validations = vec![modal_harness::Validation { run: 0, validator: "balance_sufficient".into() }];
    let case = modal_harness::Case { validations, ..modal_harness::Case::new(guest.to_vec(), vec![run]) };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("case.json"), serde_json::to_vec(&case).expect("JSON")).expect("a file");
    folder
}

#[test]
fn any_module_runs_on_all_lanes_side_by_side() {
    let args = ["exec", SELECT, "--entry", "eqz", "--arg", "i32:7", "--arg", "i32:0"];
    let seen = "completed [i32:0x00000001]  gas 6";
    check(
        &with(&args, &QUICK),
        0,
        &[
            "wasmtime",
            "metered",
            "wasmi",
            "metered",
            "reference",
            "interprets the original",
            "run 0 eqz",
            seen,
            seen,
            seen,
            "agree",
        ],
    );
}

#[test]
fn a_repro_folder_is_seen_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let module = wat::parse_str("(module (func (export \"f\") (result i32) (i32.const 7)))").expect("a module");
    let call = modal_harness::Call { export: "f".into(), args: Vec::new(), gas: 10 };
    let run = modal_harness::Run::Exports { start_gas: 10, calls: vec![call] };
    let case = modal_harness::Case::new(module, vec![run]);
    fs::write(folder.path().join("case.json"), serde_json::to_vec(&case).expect("JSON")).expect("a file");
    let place = folder.path().to_str().expect("a plain path");
    check(&with(&["replay", place], &QUICK), 0, &["run 0 f", "completed [i32:0x00000007]  gas 2", "agree"]);
    fs::write(folder.path().join("case.json"), "{}").expect("a file");
    check(&with(&["replay", place], &QUICK), 96, &["is not a case: missing field `module`"]);
    let relation = r#"{"module":"","runs":[],"relations":[{"rule":"repeat","of":0,"run":1}]}"#;
    fs::write(folder.path().join("case.json"), relation).expect("a file");
    check(&with(&["replay", place], &QUICK), 96, &["is not a case:", "names a run that is not there"]);
    let validation = r#"{"module":"","runs":[],"validations":[{"run":0,"validator":"num_lt"}]}"#;
    fs::write(folder.path().join("case.json"), validation).expect("a file");
    check(&with(&["replay", place], &QUICK), 96, &["is not a case:", "a validation names run 0"]);
}

#[test]
fn the_readmes_commands_work() {
    let readme = fs::read_to_string(project().join("README.md")).expect("the README");
    let commands = readme.lines().filter_map(|line| line.strip_prefix("$ cargo conform "));
    let mut seen = 0;
    for command in commands {
        let args = command.split('#').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
        match args.first() {
            // The main job takes minutes; CI runs it as the README has it.
            Some(&"run") => {
                assert!(fs::read_to_string(project().join(".ci/run")).expect("CI").contains(&args.join(" ")))
            }
            Some(&"gen") => drop(check(&args, 0, &[])),
            Some(_) | None => drop(check(&with(&args, &QUICK), 0, &[])),
        }
        seen += 1;
    }
    assert!(seen >= 3, "{seen} commands");
}
