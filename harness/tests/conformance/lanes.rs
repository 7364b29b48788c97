//! Lanes that are described in a file: what is wrong with a description is said, what a lane lacks keeps cases from it by
//! name, and another release of an engine joins without a change to the harness.

use crate::common::project;
use crate::protocol;
use modal_harness::{Catalogue, LaneKind, Places};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CATALOGUE: &str = "harness/lanes.toml";

fn places() -> Places {
    Places { project: "/project".into(), target: "/target".into() }
}

fn conform(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_modal-conform")).args(args).current_dir(project()).output().expect("the program")
}

/// Runs a command and compares how it ends and, in order, parts of what it prints.
fn check(args: &[&str], code: i32, parts: &[&str]) {
    let output = conform(args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}:\n{text}");
    let mut rest = text.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{args:?} does not print {part:?} in its place:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_catalogue_is_sound() {
    let catalogue = Catalogue::read(&project().join(CATALOGUE), places()).expect("the catalogue");
    assert!(catalogue.lanes().len() >= 14);
    for (name, description) in catalogue.lanes() {
        assert!(!description.about.is_empty() && catalogue.lane(name).is_some(), "{name}");
        if description.install.first().is_some_and(|program| program == "npm") {
            let package = description.install.last().expect("a package");
            let (_, version) = package.rsplit_once('@').expect("a package and its version");
            let exact = version.split('.').count() == 3 && version.split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(exact, "{name} is not one release of {package}");
        }
        // What comes with the project or with Node is there; a browser is named as a program that has to be.
        let brings = description.command.iter().any(|word| word.starts_with("/target/lanes"));
        let needs = brings || !description.needs.is_empty();
        assert_eq!(needs, !description.install.is_empty(), "{name} is installed if and only if it may not be there");
        let browser = description.command.iter().any(|word| word == "/project/runtime/sdk/src/worker/page/main.js");
        if browser {
            assert_eq!(description.needs, description.command[3..4], "{name} needs the browser that it starts");
        }
        let sdk = browser || description.command.iter().any(|word| word == "/project/runtime/sdk/src/worker/main.js");
        assert_eq!(catalogue.runs_sdk(name), sdk, "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_description_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lanes.toml");
    let check = |text: &str, expect: &str| {
        fs::write(&path, text).expect("a file");
        let error = Catalogue::read(&path, places()).expect_err("it is wrong");
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(format!("{error}: {source}").contains(expect), "{text}: {error}: {source}");
    };
    check("[node]\nabout = ''\ncommand = ['x']", "\"node\" is a lane of this project");
    check("[reference]\nabout = ''\ncommand = ['x']", "\"reference\" is a lane of this project");
    check("['a b']\nabout = ''\ncommand = ['x']", "\"a b\" is no name");
    check("[a]\nabout = ''\ncommand = []", "its command has no words");
    check("[a]\nabout = ''\ncommand = ['{home}/x']", "no place is called {home}");
    check("[a]\nabout = ''\ncommand = ['x']\nlacks = ['wings']", "unknown variant `wings`");
    check("[a]\nabout = ''\ncommand = ['x']\nflags = []", "unknown field `flags`");
    fs::remove_file(&path).expect("a file");
    let error = Catalogue::read(&path, places()).expect_err("there is none");
    assert!(error.to_string().starts_with("failed to read the catalogue of lanes"), "{error}");
}

fn listed(args: &[&str]) -> Vec<Value> {
    let output = conform(&[&["lanes", "--message-format", "json"], args].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
}

/// A catalogue of one's own.
fn written(folder: &Path, text: &str) -> String {
    let path = folder.join("lanes.toml");
    fs::write(&path, text).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

#[test]
fn every_lane_is_listed_with_its_version_or_why_it_cannot_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalogue = written(
        folder.path(),
        "[gone]\nabout = 'not here'\ncommand = ['/no/such/worker']\nhint = 'ask around'
         [bare]\nabout = 'not here either'\ncommand = ['{here}/worker']\ninstall = ['true']
         [needy]\nabout = 'needs a program'\ncommand = ['node', '{sdk}']\nneeds = ['no-such-program']
         [windowless]\nabout = 'a browser'\ncommand = ['node', '{page}', 'firefox', 'no-such-browser']\nneeds = ['no-such-browser']\ninstall = ['true']\nhint = 'as root'
         [faceless]\nabout = 'no browser'\ncommand = ['node', '{page}', 'firefox', 'no-such-browser']
         [mute]\nabout = 'says nothing'\ncommand = ['true']
         [half]\nabout = 'half of Node'\ncommand = ['node', '--liftoff-only', '{sdk}']\nlacks = ['externref', 'abi']",
    );
    let all = listed(&["--catalogue", &catalogue]);
    let of = |name: &str| all.iter().find(|lane| lane["name"] == name).expect("it is listed");
    assert_eq!(all.len(), LaneKind::all().count() + 7);
    for lane in LaneKind::all() {
        assert!(of(&lane.to_string())["version"].is_string(), "{lane}");
    }
    assert_eq!(of("wasmtime-winch")["lacks"], serde_json::json!(["externref"]));
    let unavailable = |name: &str, expect: &str| {
        let lane = of(name);
        assert!(
            lane["version"].is_null() && lane["unavailable"].as_str().expect("a reason").contains(expect),
            "{lane}"
        );
    };
    unavailable("gone", "/no/such/worker is missing; ask around");
    unavailable("bare", "lanes/bare/worker is missing; `cargo conform lanes --install bare` installs it");
    unavailable("needy", "no-such-program is missing; install it yourself");
    unavailable(
        "windowless",
        "no-such-browser is missing; `cargo conform lanes --install windowless` installs it, as root",
    );
    unavailable("faceless", "the worker ended with code 2; it said: the worker stopped: spawn no-such-browser ENOENT");
    unavailable("mute", "WorkerStart: the worker of mute does not greet: WorkerExit: the worker ended with code 0");
    assert!(of("half")["version"].as_str().expect("a version").contains("--liftoff-only"));
    assert_eq!(of("half")["lacks"], serde_json::json!(["externref", "abi"]));
    let catalogued = ["--catalogue", &catalogue];
    check(
        &[&["run", "--cases", "1", "--lanes", "gone"], &catalogued[..]].concat(),
        96,
        &["lane gone needs", "ask around"],
    );
    check(&[&["lanes", "--install", "gone"], &catalogued[..]].concat(), 96, &["does not say how to install gone"]);
    check(&["lanes", "--lanes", "gone"], 2, &["no lane is called \"gone\"; the lanes are", "node-baseline"]);
    check(
        &["lanes", "--lanes", "wasmi", "--worker", "mine=true"],
        0,
        &["wasmi", "mine", "true", "cannot run here: WorkerStart: the worker of mine does not greet"],
    );
    // People see as much of a digest as they compare, programs all of it.
    let digest = |text: &str| {
        text.split("meter_sha256 ").nth(1).expect("a digest").chars().take_while(char::is_ascii_hexdigit).count()
    };
    let shown = conform(&[&["lanes", "--lanes", "half"], &catalogued[..]].concat());
    assert_eq!(digest(&String::from_utf8_lossy(&shown.stdout)), 12);
    assert_eq!(digest(of("half")["version"].as_str().expect("a version")), 64);
    check(&["exec", "x.wat", "--entry", "f", "--worker", "node=true"], 2, &["\"node\" is a lane of this project"]);
    check(&["exec", "x.wat", "--entry", "f", "--worker", "words"], 2, &["is not NAME=COMMAND"]);
}

/// What a lane lacks is left out by name, and too much of it is no agreement.
#[test]
fn a_lane_is_sent_what_it_has_the_features_for() {
    let findings = tempfile::tempdir().expect("a folder");
    let place = findings.path().to_str().expect("a plain path");
    let run = ["run", "--kind", "modules", "--cases", "64", "--seed", "3", "--findings", place];
    check(
        &[&run[..], &["--lanes", "wasmi,wasmtime-winch", "--isolate"]].concat(),
        0,
        &[
            "set aside",
            "0\n",
            "cases that need what a lane lacks",
            "wasmtime-winch: externref",
            "agree on all 64 cases",
        ],
    );
    let catalogue = written(
        findings.path(),
        "[little]\nabout = 'little of Node'\ncommand = ['node', '{sdk}']\nlacks = ['abi', 'bulk-memory', 'reference-types', 'multi-value']",
    );
    check(
        &[&run[..], &["--lanes", "wasmi,little", "--catalogue", &catalogue]].concat(),
        106,
        &["little: ", "INCOMPLETE: little was sent", "of 64 cases, 50 % are demanded"],
    );
}

/// V8's tiers are lanes of their own.
#[test]
fn the_tiers_of_v8_pass_the_corpus() {
    let lanes = "node-baseline,node-optimising,node-hot";
    let flags = listed(&["--lanes", lanes]).iter().map(|lane| lane["version"].to_string()).collect::<Vec<_>>().join("");
    for flag in ["--liftoff-only", "--no-liftoff", "--wasm-tiering-budget=1000 --warm-up=5"] {
        assert!(flags.contains(flag), "{flags}");
    }
    for topic in ["corpus/cases/floats", "corpus/cases/traps", "corpus/regressions"] {
        check(&["corpus", topic, "--lanes", lanes], 0, &[" 0 failed; lanes node-baseline, node-optimising, node-hot"]);
    }
}

/// wasmi 2.0.0 joins by a program outside of the workspace and its description; that it is wrong is seen.
#[test]
fn another_release_of_an_engine_joins_by_its_description() {
    let [lane] = &listed(&["--install", "wasmi-2"])[..] else { panic!("one lane") };
    assert_eq!(lane["unavailable"], Value::Null);
    assert!(lane["version"].as_str().expect("a version").starts_with("wasmi 2.0.0"), "{lane}");
    // It is what there is of workers that are built on the crate for workers.
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let here = Places { project: project(), target: project().join(target) };
    let catalogue = Catalogue::read(&project().join(CATALOGUE), here).expect("the catalogue");
    protocol::check_worker(&catalogue.lane("wasmi-2").expect("it is described").command);
    let findings = tempfile::tempdir().expect("a folder");
    let place = findings.path().to_str().expect("a plain path");
    check(
        &["corpus", "corpus/cases/gas", "--lanes", "wasmi,wasmi-2"],
        0,
        &["passed, 0 failed; lanes wasmi, wasmi-2 and the reference"],
    );
    check(
        &["run", "--kind", "modules", "--cases", "900", "--seed", "1", "--findings", place, "--lanes", "wasmi,wasmi-2"],
        100,
        &["[lanes/wasmi-wasmi-2/", "cargo conform replay", "--lanes wasmi,wasmi-2\n"],
    );
    check(
        &["corpus", "corpus/regressions", "--lanes", "wasmi,wasmi-2"],
        100,
        &["lanes/wasmi-wasmi-2/export/runs.steps.outcome.completed", "failed; lanes wasmi, wasmi-2 and the reference"],
    );
    let manifest = project().join("harness/lanes/wasmi-2/Cargo.toml");
    let formatted = Command::new(env!("CARGO")).args(["fmt", "--check", "--manifest-path"]).arg(manifest).status();
    assert!(formatted.expect("cargo").success(), "harness/lanes/wasmi-2 is not formatted");
}
