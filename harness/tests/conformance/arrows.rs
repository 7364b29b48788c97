//! The dependency arrows between the project's packages are what the layout says, and the reference uses nothing of the
//! meter's but the schedule.

use crate::common::project;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Which packages of the project each package may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("modal-benches", &["modal-harness", "modal-wasm-meter", "modal-wasm-runtime"]),
    ("modal-datastore", &["modal-wasm-meter"]),
    (
        "modal-fuzz",
        &[
            "modal-datastore",
            "modal-harness",
            "modal-validator",
            "modal-wasm-meter",
            "modal-wasm-reference",
            "modal-wasm-runtime",
            "modal-wasm-validation",
        ],
    ),
    ("modal-fuzz-programs", &["modal-fuzz"]),
    ("modal-validator", &["modal-datastore", "modal-wasm-meter", "modal-wasm-runtime", "modal-wasm-validation"]),
    ("modal-wasm-meter", &[]),
    ("modal-wasm-runtime", &["modal-wasm-meter"]),
    (
        "modal",
        &["modal-datastore", "modal-validator", "modal-wasm-meter", "modal-wasm-runtime", "modal-wasm-validation"],
    ),
    ("modal-wasm-reference", &["modal-wasm-meter"]),
    (
        "modal-harness",
        &[
            "modal-datastore",
            "modal-validator",
            "modal-wasm-meter",
            "modal-wasm-reference",
            "modal-wasm-runtime",
            "modal-wasm-validation",
        ],
    ),
    ("modal-harness-worker", &["modal-wasm-meter"]),
    ("modal-wasm-validation", &[]),
    ("xtask", &[]),
];

fn manifest(path: &Path) -> toml::Table {
    fs::read_to_string(path).expect("a manifest").parse().expect("TOML")
}

/// Every package of the workspace and the packages of the project that it names, for whatever purpose.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let root = manifest(&project().join("Cargo.toml"));
    let members = root["workspace"]["members"].as_array().expect("members");
    let manifests = members.iter().map(|member| project().join(member.as_str().expect("a path")).join("Cargo.toml"));
    let manifests = manifests.map(|path| manifest(&path)).collect::<Vec<_>>();
    let name = |manifest: &toml::Table| manifest["package"]["name"].as_str().expect("a name").to_owned();
    let ours = manifests.iter().map(name).collect::<BTreeSet<_>>();
    let mut arrows = BTreeMap::new();
    for manifest in &manifests {
        let mut named = BTreeSet::new();
        collect(manifest, &ours, &mut named);
        arrows.insert(name(manifest), named);
    }
    arrows
}

/// Dependencies stand in tables called `*dependencies`, at any depth (`target.'cfg(…)'.dependencies`).
fn collect(table: &toml::Table, ours: &BTreeSet<String>, named: &mut BTreeSet<String>) {
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            named.extend(inner.keys().filter(|name| ours.contains(*name)).cloned());
        } else {
            collect(inner, ours, named);
        }
    }
}

#[test]
fn packages_depend_only_on_what_the_layout_allows() {
    let arrows = arrows();
    let allowed = ARROWS.iter().map(|(from, to)| ((*from).to_owned(), *to)).collect::<BTreeMap<_, _>>();
    assert_eq!(
        arrows.keys().collect::<Vec<_>>(),
        allowed.keys().collect::<Vec<_>>(),
        "every package has its arrows listed"
    );
    for (from, to) in &arrows {
        for name in to {
            assert!(allowed[from].contains(&name.as_str()), "{from} must not depend on {name}");
        }
    }
}

#[test]
fn the_reference_takes_only_the_schedule_from_the_meter() {
    let mut folders = vec![project().join("harness/reference/src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source file");
            for line in text.lines().filter(|line| line.contains("modal_wasm_meter")) {
                seen += 1;
                let item = line.trim().trim_start_matches("pub ").trim_start_matches("use modal_wasm_meter::");
                assert!(matches!(item, "Schedule;" | "{Schedule, StackRule};"), "{}: {line}", path.display());
            }
        }
    }
    assert!(seen > 0, "the reference takes its prices from the meter's schedule");
}

#[test]
fn the_top_level_is_what_the_layout_names() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "clippy.toml",
        "deny.toml",
        "rustfmt.toml",
        "runtime",
        "validators",
        "harness",
        "fuzz",
        "corpus",
        "benches",
        "target",
    ];
    for entry in fs::read_dir(project()).expect("the project") {
        let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} has no place at the top level");
    }
}

/// The packages that a selection of the workspace builds, with their features.
fn built(selection: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--no-dedupe", "--prefix", "none", "--format", "{p} {f}"])
        .args(selection)
        .current_dir(project())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

/// A newcomer compiles the engines once: what the tests, the benches and replays of fuzz inputs build and what `cargo
/// conform` builds has the same features.
#[test]
fn the_main_job_the_tests_the_benches_and_replays_share_one_build_of_the_engines() {
    let main_job = built(&["--package", "modal-harness", "--edges", "normal,build"]);
    let tests = built(&["--edges", "normal,build,dev"]);
    let benches = built(&["--package", "modal-benches", "--edges", "normal,build,dev"]);
    let replays = built(&["--package", "modal-fuzz", "--edges", "normal,build"]);
    // What the engines are made of, whatever its features; a test may build other tools otherwise.
    let name = |line: &String| line.split(' ').next().unwrap_or_default().to_owned();
    let ours = |name: &String| ARROWS.iter().any(|(package, _)| package == name);
    let engines = built(&["--package", "modal-wasm-runtime", "--edges", "normal,build"])
        .iter()
        .map(name)
        .collect::<BTreeSet<_>>();
    let engine = |line: &&String| engines.contains(&name(line)) && !ours(&name(line));
    assert!(main_job.iter().any(|line| line.starts_with("wasmtime v")), "the main job runs Wasmtime");
    for (name, others) in [("tests", tests), ("benches", benches), ("replays", replays)] {
        let twice = main_job.iter().filter(engine).filter(|line| !others.contains(*line)).collect::<Vec<_>>();
        assert!(twice.is_empty(), "built once for the main job and once for the {name}: {twice:#?}");
    }
}
