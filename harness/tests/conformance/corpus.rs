//! Every case of the corpus is seen on every lane as its file says.

use crate::common::{panel, project, with_room};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::{EngineLane, LaneSet, Panel};
use modal_wasm_runtime::EngineConfig;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::PathBuf;

#[test]
fn the_lanes_and_the_reference_see_what_the_files_say() {
    let mut paths = files(&project().join("corpus/cases")).expect("the cases");
    assert!(paths.len() >= 240, "{} cases are left", paths.len());
    for folder in ["corpus/examples", "corpus/regressions"] {
        let more = files(&project().join(folder)).expect("a folder of cases");
        assert!(!more.is_empty(), "{folder} has no cases");
        paths.extend(more);
    }
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
    on_one_lane(|panel| case.check(panel)).map(drop)
}

fn on_one_lane<T: Send>(test: impl FnOnce(&mut Panel) -> T + Send) -> T {
    with_room(|| {
        let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
        test(&mut Panel::new(lanes).expect("the oracles"))
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
    let seen = on_one_lane(|panel| case.hear(panel)).expect("agreement");
    assert!(case.bless(&seen).expect("written"));
    assert_eq!(fs::read_to_string(&path).expect("a file"), SUM);
    assert!(!CorpusCase::read(&path).expect("a case").bless(&seen).expect("nothing to write"));
}

/// A case whose module is a file: `guest.wasm` in the folder `corpus/guests`, the case in `corpus/cases`.
struct Corpus {
    folder: tempfile::TempDir,
}

const GUEST: &str = "corpus/guests/guest.wasm";

const GUEST_CASE: &str = r#";;! about = "a sum of a module in a file"
;;! wasm = "../guests/guest.wasm"
;;! [[run]]
;;! calls = ["sum i32:1 i32:2"]
;;= module sha256 DIGEST
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   sum: completed [i32:0x00000003] | gas 4 | high 20
"#;

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("corpus/guests")).expect("a folder");
        fs::create_dir_all(folder.path().join("corpus/cases")).expect("a folder");
        let corpus = Self { folder };
        corpus.write(GUEST, &module("i32.add"));
        corpus
    }

    fn write(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(path);
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Writes the case with this text and checks it on one lane.
    fn check(&self, text: &str) -> Result<(), CorpusError> {
        let case = CorpusCase::read(&self.write("corpus/cases/sum.case", text.as_bytes()))?;
        on_one_lane(|panel| case.check(panel)).map(drop)
    }
}

/// A module that makes one number of two.
fn module(operator: &str) -> Vec<u8> {
    let text = format!(
        "(module (func (export \"sum\") (param i32 i32) (result i32) ({operator} (local.get 0) (local.get 1))))"
    );
    wat::parse_str(text).expect("a module")
}

/// [`GUEST_CASE`] with the digest that its module has.
fn guest_case() -> String {
    GUEST_CASE.replace("DIGEST", &hex::encode(Sha256::digest(module("i32.add"))))
}

#[test]
fn a_module_in_a_file_is_a_case_too() {
    let corpus = Corpus::new();
    corpus.check(&guest_case()).expect("the file is right");
    // Without a digest it is a case that has still to be blessed.
    let bare = guest_case()
        .lines()
        .filter(|line| !line.starts_with(";;="))
        .fold(String::new(), |text, line| text + line + "\n");
    assert!(matches!(corpus.check(&bare), Err(CorpusError::Expectation { .. })));
    let case = CorpusCase::read(&corpus.write("corpus/cases/sum.case", bare.as_bytes())).expect("a case");
    let seen = on_one_lane(|panel| case.hear(panel)).expect("agreement");
    assert!(case.bless(&seen).expect("written"));
    assert_eq!(fs::read_to_string(&case.path).expect("a file"), guest_case());
}

#[test]
fn a_module_that_is_not_the_one_that_was_written_about_is_told_by_any_byte() {
    let corpus = Corpus::new();
    let right = module("i32.add");
    for at in 0..right.len() {
        let mut corrupted = right.clone();
        corrupted[at] ^= 1;
        corpus.write(GUEST, &corrupted);
        let error = corpus.check(&guest_case()).expect_err("another module");
        assert!(matches!(error, CorpusError::OtherModule { .. }), "byte {at}: {error}");
        let text = error.to_string();
        for part in ["sum.case", "guest.wasm", "other bytes", "cargo xtask bless", "--- found\nmodule sha256 "] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
    }
}

#[test]
fn a_module_that_cannot_be_had_says_why() {
    let corpus = Corpus::new();
    let outside = corpus.write("outside.wasm", &module("i32.add"));
    let named = |wasm: &str| guest_case().replace("../guests/guest.wasm", wasm);
    let text = |case: &str| corpus.check(case).expect_err("no module").to_string();
    for (case, parts) in [
        (named("../guests/none.wasm"), ["sum.case: failed to read its module", "none.wasm"]),
        (named("../../outside.wasm"), ["sum.case: its module ../../outside.wasm lies outside", "corpus"]),
        (named(outside.to_str().expect("a plain path")), ["lies outside", "corpus"]),
        (named("../guests"), ["failed to read its module", "guests"]),
        (guest_case().replace(";;! wasm", ";;! #"), ["the header is wrong", "`wasm` is missing"]),
        (guest_case() + "(module)\n", ["the header is wrong", "\"(module)\" is neither header nor expectation"]),
        (guest_case().replace("gas 4", "gas 5"), ["all lanes agree, but not on what the file expects", "| gas 4"]),
    ] {
        let text = text(&case);
        parts.iter().for_each(|part| assert!(text.contains(part), "{part:?} is not in {text}"));
    }
    let error = check(&SUM.replace(";;! [[run]]", ";;! wasm = \"a.wasm\"\n;;! [[run]]")).expect_err("two modules");
    assert!(error.to_string().contains("a `.wat` is its own module"), "{error}");
}

/// A case whose guest calls a module in a file: two sums, one of which the other module makes.
const CALLING_CASE: &str = r#";;! about = "a call of a module in a file"
;;! [[run]]
;;! method = "execute"
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/other")
  (func (export "alloc") (param i32) (result i32) (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.store8 (i32.const 20) (i32.sub (i32.const 48)
      (call $call (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 0) (i64.const 1000))))
    (i32.store (i32.const 16) (i32.const 1))
    (i32.const 16)))
;;@ { name = "/other", wasm = "../guests/guest.wasm", gas = 500 }
"#;

#[test]
fn a_module_that_is_called_can_have_a_file_too() {
    let corpus = Corpus::new();
    let path = corpus.write("corpus/cases/calling.wat", CALLING_CASE.as_bytes());
    let hear = |case: &CorpusCase| on_one_lane(|panel| case.hear(panel)).expect("agreement");
    let case = CorpusCase::read(&path).expect("a case");
    assert!(case.bless(&hear(&case)).expect("written"));
    let text = fs::read_to_string(&path).expect("a file");
    let digest = hex::encode(Sha256::digest(module("i32.add")));
    // A sum is no method: the module breaks the ABI.
    for part in [format!(";;= module \"/other\" sha256 {digest}\n"), ";;=   execute: output \"8\" | ".into()] {
        assert!(text.contains(&part), "{part:?} is not in {text}");
    }
    let check = || on_one_lane(|panel| CorpusCase::read(&path)?.check(panel)).map(drop);
    check().expect("the file is right");
    corpus.write(GUEST, &module("i32.sub"));
    let error = check().expect_err("another module");
    assert!(matches!(error, CorpusError::OtherModule { .. }), "{error}");
    // Another build is another module of the same name, and another case if it ends otherwise.
    let rebuilt = |bytes: &[u8]| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("guest.wasm"), bytes).expect("a file");
        let case = CorpusCase::read(&path)?.rebuilt(folder.path())?;
        on_one_lane(|panel| case.check_outcomes(panel)).map(drop)
    };
    rebuilt(&module("i32.mul")).expect("it breaks the ABI as well");
    assert!(matches!(rebuilt(b"\0asm"), Err(CorpusError::Outcomes { .. })), "no module is rejected");
    let error =
        CorpusCase::read(&corpus.write("corpus/cases/both.wat", (CALLING_CASE.to_owned() + "(module)\n").as_bytes()));
    let text = error.expect_err("two modules").to_string();
    assert!(text.contains("\"(module)\" is neither header nor expectation"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_corpus() {
    let corpus = Corpus::new();
    let outside = corpus.write("outside.wasm", &module("i32.add"));
    std::os::unix::fs::symlink(outside, corpus.folder.path().join("corpus/guests/link.wasm")).expect("a link");
    let error = corpus.check(&guest_case().replace("guest.wasm", "link.wasm")).expect_err("a link");
    assert!(matches!(error, CorpusError::Outside { .. }), "{error}");
}

#[test]
fn another_build_has_to_end_alike_and_nothing_else() {
    let corpus = Corpus::new();
    let case = CorpusCase::read(&corpus.write("corpus/cases/sum.case", guest_case().as_bytes())).expect("a case");
    let build = |bytes: &[u8]| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("guest.wasm"), bytes).expect("a file");
        let case = case.clone().rebuilt(folder.path())?;
        on_one_lane(|panel| case.check_outcomes(panel)).map(drop)
    };
    let slower = "(module (func (export \"sum\") (param i32 i32) (result i32)
        (i32.sub (i32.add (i32.add (local.get 0) (i32.const 5)) (local.get 1)) (i32.const 5))))";
    build(&wat::parse_str(slower).expect("a module")).expect("the sum is the same");
    let error = build(&module("i32.sub")).expect_err("the sum is another");
    assert!(matches!(error, CorpusError::Outcomes { .. }), "{error}");
    assert!(error.to_string().contains("sum: completed [i32:0xffffffff]\n"), "{error}");
    let error = case.clone().rebuilt(corpus.folder.path()).expect_err("no build");
    assert!(matches!(error, CorpusError::ModuleFile { .. }), "{error}");
}

#[test]
fn what_a_build_leaves_behind_is_no_case() {
    let corpus = Corpus::new();
    let case = corpus.write("corpus/cases/sum.case", b"");
    for folder in ["node_modules", "target"] {
        fs::create_dir_all(corpus.folder.path().join("corpus").join(folder)).expect("a folder");
        corpus.write(&format!("corpus/{folder}/other.wat"), b"");
    }
    assert_eq!(files(&corpus.folder.path().join("corpus")).expect("the files"), [case]);
}
