//! Every case of the corpus is seen on every lane as its file says.

use crate::common::{panel, project, with_room};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::{EngineLane, LaneSet, Panel};
use modal_wasm_runtime::EngineConfig;
use std::fs;

#[test]
fn the_lanes_and_the_reference_see_what_the_files_say() {
    let mut paths = files(&project().join("corpus/cases")).expect("the cases");
    assert!(paths.len() >= 240, "{} cases are left", paths.len());
    paths.extend(files(&project().join("corpus/regressions")).expect("the regressions"));
    let wrong = with_room(|| {
        let mut panel = panel();
        let errors =
            paths.iter().filter_map(|path| CorpusCase::read(path).and_then(|case| case.check(&mut panel)).err());
        errors.map(|error| error.to_string()).collect::<Vec<_>>()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reads a case from text and hears it on one lane.
fn check(text: &str) -> Result<(), CorpusError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.wat");
    fs::write(&path, text).expect("a file");
    let case = CorpusCase::read(&path)?;
    with_room(|| {
        let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
        case.check(&mut Panel::new(lanes).expect("the oracles"))
    })
}

const SUM: &str = r#";;! about = "a sum"
;;! [[run]]
;;! calls = ["sum i32:1 i32:2"]
(module (func (export "sum") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   sum: completed [i32:0x00000003] | gas 4 | high 20
"#;

#[test]
fn a_file_that_expects_something_else_fails() {
    check(SUM).expect("the file is right");
    for (right, wrong) in [("gas 4", "gas 5"), ("high 20", "high 21"), ("00003]", "00004]"), (";;= run 0\n", "")] {
        let text = SUM.replace(right, wrong);
        assert_ne!(text, SUM);
        assert!(matches!(check(&text), Err(CorpusError::Expectation { .. })), "{right} for {wrong}");
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    for (right, wrong, reason) in [
        ("about = \"a sum\"", "about = 1", "the header is wrong"),
        ("i32:1", "i32:one", "the argument \"i32:one\" is wrong"),
        ("calls = ", "cols = ", "unknown field `cols`"),
        ("calls = ", "method = \"sum\"\n;;! calls = ", "a run has either"),
        ("(module", "(modul", "case.wat"),
    ] {
        let text = SUM.replace(right, wrong);
        assert_ne!(text, SUM);
        let error = check(&text).expect_err("the file is broken").to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn blessing_changes_the_expectation_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.wat");
    fs::write(&path, SUM.replace("gas 4", "gas 5")).expect("a file");
    let case = CorpusCase::read(&path).expect("a case");
    let seen = with_room(|| {
        let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
        case.hear(&mut Panel::new(lanes).expect("the oracles")).expect("agreement")
    });
    assert!(case.bless(&seen).expect("written"));
    assert_eq!(fs::read_to_string(&path).expect("a file"), SUM);
    assert!(!CorpusCase::read(&path).expect("a case").bless(&seen).expect("nothing to write"));
}
