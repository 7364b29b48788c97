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
    let finding = tempfile::tempdir().expect("a folder");
    folder(&case, finding.path(), ".");
    finding
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

/// The SDK's worker with a lie, as a lane of the command line.
const LIAR: [&str; 4] = ["--lanes", "wasmtime", "--worker", "liar=node harness/tests/conformance/planted/liar.mjs"];

/// The folder of a finding, with its case and nothing else.
fn folder(case: &modal_harness::Case, under: &Path, name: &str) {
    let folder = under.join(name);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("case.json"), serde_json::to_vec(case).expect("JSON")).expect("a file");
}

/// A folder with the case of a module that calls, loops and stores before it returns what the liar lies about.
fn finding() -> tempfile::TempDir {
    let text = r#"(module (memory 1) (global $calls (mut i32) (i32.const 0))
        (func $sum (param i32) (result i32)
          (if (result i32) (local.get 0)
            (then (i32.add (local.get 0) (call $sum (i32.sub (local.get 0) (i32.const 1)))))
            (else (i32.const 0))))
        (func (export "total of all") (param i32 i64) (result i64 i32)
          (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
          (i32.store (i32.const 16) (call $sum (local.get 0)))
          (local.get 1)
          (i32.load (i32.const 16))))"#;
    let module = wat::parse_str(text).expect("a module");
    let call = |n: u32| modal_harness::Call {
        export: "total of all".into(),
        args: vec![modal_wasm_runtime::Value::I32(n), modal_wasm_runtime::Value::I64(7)],
        gas: 12_345,
    };
    let runs = vec![
        modal_harness::Run::Exports { start_gas: 100, calls: Vec::new() },
        modal_harness::Run::Exports { start_gas: 100, calls: vec![call(3), call(100)] },
    ];
    let case = modal_harness::Case::new(module, runs);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("case.json"), serde_json::to_vec(&case).expect("JSON")).expect("a file");
    folder
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("a plain path")
}

#[test]
fn a_finding_is_reduced_explained_and_kept() {
    let (finding, out) = (finding(), tempfile::tempdir().expect("a folder"));
    let reduce = ["reduce", path(finding.path()), "--out", path(out.path())];
    let bucket = "lanes/wasmtime-liar/export/runs.steps.outcome.completed";
    check(
        &with(&reduce, &LIAR),
        0,
        &[bucket, "from 22 operators", "2 runs", "to   1 operator,", "1 run, in", "i32.const 0"],
    );
    let output = conform(&project(), &with(&with(&reduce, &LIAR), &["--message-format", "json"]));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!((&document["kinds"], &document["reduced"][0]["operators"]), (&1.into(), &1.into()), "{document}");
    let reduced = document["reduced"][0]["folder"].as_str().expect("a folder");
    check(
        &with(&["explain", reduced], &LIAR),
        100,
        &[
            bucket,
            "run 0, call 1 of 1: f() under 1000000 gas",
            "wasmtime and liar do not agree on result 0",
            "wasmtime   i32 0",
            "! liar       i32 1",
            "reference  i32 0",
            "until the end of the call wasmtime and liar agree on memory",
            "i32.const 0 -> i32 0",
        ],
    );
    let corpus = tempfile::tempdir().expect("a folder");
    let add = ["corpus", "add", reduced, "--name", "liar-1.0-constant", "--to", path(corpus.path())];
    check(&with(&add, &QUICK), 0, &["wrote", "liar-1.0-constant.wat", "all lanes agree on it"]);
    check(&with(&add, &QUICK), 96, &["failed to add", "liar-1.0-constant.wat", "exists"]);
    check(&with(&["corpus", path(corpus.path())], &QUICK), 0, &["1 passed, 0 failed"]);
    let text = fs::read_to_string(corpus.path().join("liar-1.0-constant.wat")).expect("the case");
    assert!(text.contains(";; diverge: [lanes/wasmtime-liar/export/"), "{text}");
    assert!(text.contains("f: completed [i32:0x00000000] | gas 2"), "{text}");
    let misnamed = ["corpus", "add", reduced, "--name", "a/b"];
    check(&with(&misnamed, &QUICK), 2, &["--name \"a/b\" is no file name"]);
}

#[test]
fn findings_of_one_bucket_and_window_are_one_kind() {
    let (findings, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let case = |body: &str| {
        let module = format!(r#"(module (memory 1) (func (export "f") {body}))"#);
        let calls = vec![modal_harness::Call { export: "f".into(), args: Vec::new(), gas: 1_000 }];
        let run = modal_harness::Run::Exports { start_gas: 1_000, calls };
        modal_harness::Case::new(wat::parse_str(module).expect("a module"), vec![run])
    };
    folder(&case("(result i32) (i32.add (i32.const 3) (i32.const 4))"), findings.path(), "a");
    folder(&case("(i32.store (i32.const 5) (i32.const 6))"), findings.path(), "b");
    folder(&case("(result i32) (i32.clz (i32.const 3))"), findings.path(), "c");
    let reduce = ["reduce", path(findings.path()), "--out", path(out.path())];
    let like = "another of the kind of";
    check(
        &with(&reduce, &LIAR),
        0,
        &[
            "outcome.completed",
            "state.memory.sha256",
            "kind i32.store",
            "outcome.completed",
            like,
            "3 findings of 2 kinds",
        ],
    );
    let output = conform(&project(), &with(&with(&reduce, &LIAR), &["--message-format", "json"]));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    let like = document["reduced"].as_array().expect("a list").iter().map(|reduced| reduced["like"].is_null());
    assert_eq!(like.collect::<Vec<_>>(), [true, true, false], "{document}");
    assert_eq!(document["reduced"][0]["folder"], document["reduced"][2]["like"]);
    // What is seen once and not again is said, and the others are reduced.
    let seen = out.path().join("seen");
    let fickle = format!("liar=node harness/tests/conformance/planted/liar.mjs {}", path(&seen));
    check(
        &with(&reduce, &["--lanes", "wasmtime", "--worker", &fickle]),
        106,
        &[
            "2 findings of 1 kinds, 0 that agree, 1 that are not seen the same each time",
            "not reduced: the case of",
            "/b is",
        ],
    );
}

#[test]
fn a_case_of_several_modules_becomes_a_file_of_the_corpus() {
    let (findings, corpus) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let own = r#"(module
        (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
        (memory 1)
        (data (i32.const 0) "no \22module\22\0a")
        (func (export "f") (param i32) (result i32)
          (call $call (i32.const 0) (local.get 0) (i32.const 0) (i32.const 0) (i64.const 500))))"#;
    let callable = |bytes: Vec<u8>, gas: u64| modal_harness::CallableModule { bytes, gas };
    let call = |n: u32| modal_harness::Call {
        export: "f".into(),
        args: vec![modal_wasm_runtime::Value::I32(n)],
        gas: 1_000_000,
    };
    let modules = [
        ("no", callable(wat::parse_str("(module)").expect("a module"), 1_000_000)),
        ("no \"module\"\n", callable(b"\0asm, and no more".to_vec(), 7)),
    ];
    let case = modal_harness::Case {
        modules: modules.map(|(name, module)| (name.to_owned(), module)).into(),
        ..modal_harness::Case::new(
            wat::parse_str(own).expect("a module"),
            vec![modal_harness::Run::Exports { start_gas: 1_000_000, calls: vec![call(2), call(12), call(3)] }],
        )
    };
    folder(&case, findings.path(), "a");
    let finding = findings.path().join("a");
    let add = ["corpus", "add", path(&finding), "--name", "several", "--to", path(corpus.path())];
    check(&with(&add, &QUICK), 0, &["wrote", "several.wat"]);
    let file = corpus.path().join("several.wat");
    check(&with(&["corpus", path(&file)], &QUICK), 0, &["1 passed, 0 failed"]);
    // What is read again is what was written: every lane sees the same of it.
    let text = fs::read_to_string(&file).expect("the case");
    for code in ["returned -8 ", "returned -3 ", "returned -2 "] {
        assert!(text.contains(code), "{code}: {text}");
    }
    check(&with(&["replay", path(&file)], &QUICK), 0, &["agree"]);
}

#[test]
fn what_a_file_of_the_corpus_cannot_say_is_refused_with_a_way_out() {
    let (findings, corpus) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let text = r#"(module (memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) i32.const 8)
        (func (export "execute") (param i32 i32) (result i32) i32.const 0))"#;
    let input = modal_harness::Upload::input("{}");
    let run = modal_harness::Run::Abi { method: modal_harness::Upload::METHOD.into(), input, gas: 1_000 };
    let plain = modal_harness::Case::new(wat::parse_str(text).expect("a module"), vec![run]);
    let upload = Some(modal_harness::Upload { gas: 1_000 });
    let validations = vec![modal_harness::Validation { run: 0, validator: "amount_in_range".into() }];
    let uploaded = modal_harness::Case { upload, ..plain.clone() };
    let validated = modal_harness::Case { validations, ..plain };
    for (name, case, way_out) in [
        ("uploaded", uploaded, "a file knows no upload: keep it as a test"),
        ("validated", validated, "keep the call in their golden files"),
    ] {
        folder(&case, findings.path(), name);
        let finding = findings.path().join(name);
        let add = ["corpus", "add", path(&finding), "--name", name, "--to", path(corpus.path())];
        check(&with(&add, &QUICK), 96, &["failed to add", way_out]);
    }
    assert!(fs::read_dir(corpus.path()).expect("a folder").next().is_none(), "nothing is written");
}

#[test]
fn what_agrees_is_neither_reduced_nor_explained() {
    let finding = finding();
    let agree = "all observers agree on its case; name the lanes that found it by --lanes and --worker";
    let out = tempfile::tempdir().expect("a folder");
    let reduce = ["reduce", path(finding.path()), "--out", path(out.path())];
    check(&with(&reduce, &QUICK), 4, &["nothing to reduce in", agree]);
    check(&with(&["explain", path(finding.path())], &QUICK), 4, &["nothing to explain in", agree]);
    check(&with(&["reduce", "corpus"], &QUICK), 96, &["failed to find anything to reduce: corpus is no repro folder"]);
    check(&with(&["reduce", "no-such"], &QUICK), 96, &["failed to read no-such"]);
}

#[test]
fn another_engine_joins_a_run_as_a_lane() {
    let findings = tempfile::tempdir().expect("a folder");
    let run = ["run", "--kind", "modules", "--seed", "3", "--cases", "40", "--findings", path(findings.path())];
    check(
        &with(&run, &LIAR),
        100,
        &[
            "liar",
            "diverge: [lanes/wasmtime-liar/",
            "cargo conform replay",
            "--lanes wasmtime --worker 'liar=node harness/tests/conformance/planted/liar.mjs'",
            "more of this bucket",
            "cargo conform reduce",
            "DIVERGENCE: 2 lanes and the reference do not agree on",
        ],
    );
    check(&["lanes", "--worker", "liar"], 2, &["is not NAME=COMMAND"]);
    check(&["lanes", "--worker", "wasmi=true"], 2, &["\"wasmi\" is a lane of this project"]);
    check(&["lanes", "--worker", "a=true", "--worker", "a=true"], 2, &["--worker names a twice"]);
}

#[test]
fn the_readmes_commands_work() {
    let readme = fs::read_to_string(project().join("README.md")).expect("the README");
    let commands = readme.lines().filter_map(|line| line.strip_prefix("$ cargo conform "));
    let mut seen = 0;
    for command in commands {
        let args = command.split('#').next().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
        match args.first() {
            // What is shown of these is held to what they print.
            Some(_) if args.contains(&"--worker") => {}
            // The main job takes minutes; CI runs it as the README has it.
            Some(&"run") => {
                assert!(fs::read_to_string(project().join(".ci/run")).expect("CI").contains(&args.join(" ")))
            }
            Some(&"gen") => drop(check(&args, 0, &[])),
            Some(_) | None => drop(check(&with(&args, &QUICK), 0, &[])),
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen} commands");
}

#[test]
fn the_readmes_transcripts_are_what_is_printed() {
    let readme = fs::read_to_string(project().join("README.md")).expect("the README");
    let mut seen = 0;
    for block in readme.split("```console\n$ cargo conform ").skip(1) {
        let (command, rest) = block.split_once("\n```\n").expect("the block ends");
        // The words of a command line: quotes hold the words of a worker's together.
        let Some((before, quoted)) = command.split_once(" '") else { continue };
        let args = before.split_whitespace().chain([quoted.trim_end_matches('\'')]).collect::<Vec<_>>();
        let text = rest.strip_prefix("\n```text\n").and_then(|rest| rest.split_once("```")).expect("what it prints").0;
        let lines = text.lines().filter(|line| line.trim() != "…").collect::<Vec<_>>();
        let code = if args[0] == "explain" { 100 } else { 0 };
        check(&args, code, &lines);
        seen += 1;
    }
    assert_eq!(seen, 2, "transcripts");
}
