//! Trends: a line for each run, and a page of all of them.

use crate::report::{leave, sample, samples};
use modal_harness::report::{Measure, TrendPoint, Trends};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn conform_trends(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modal-conform"));
    command.arg("trends").args(args).current_dir(folder).output().expect("the program")
}

/// The runs of so many nights, which nobody made.
fn nights(count: u64) -> Trends {
    let point = |night: u64| {
        let swing = night * 7_919 % 101;
        let measures = [
            (Measure::CasesPerSecond, 48 + swing / 9 + night / 4),
            (Measure::ExecutionsPerSecond, 1_700 + swing * 4 + night * 9),
            (Measure::Findings, u64::from(night % 17 == 5) * 3),
            (Measure::Operators, 188 + night.min(13)),
            (Measure::PlantedNoticed, 290 + night / 5),
            (Measure::Planted, 296 + night / 5),
            (Measure::FuzzExecutionsPerSecond, 9_000 + swing * 31),
            (Measure::FuzzCorpus, 4_000 + night * night * 2),
        ];
        // The fuzzer joined later.
        let seen = measures.into_iter().take(if night < 6 { 6 } else { 8 });
        TrendPoint {
            started: format!("2026-{:02}-{:02}T03:00:00Z", 9 + night / 28, 1 + night % 28),
            what: "0.1.0 release".into(),
            measures: seen.map(|(measure, value)| (measure.name().to_owned(), value)).collect(),
        }
    };
    Trends { points: (0..count).map(point).collect() }
}

#[test]
fn a_certification_is_a_line_and_lines_are_a_page() {
    let folder = samples().join("trends");
    leave(&folder);
    sample::write(&sample::diverging(2_000), &folder.join("certificate"));
    let append = ["nightly.jsonl", "--append", "certificate", "--measure", "fuzzCorpus=17", "--measure", "mine=4"];
    for out in [&["--out", "page.html"][..], &[]] {
        let output = conform_trends(&folder, &[&append, out].concat());
        assert!(output.status.success(), "{output:?}");
    }
    let file = folder.join("nightly.jsonl");
    let trends = Trends::read(&file).expect("what was written can be read");
    assert_eq!(trends.points.len(), 2);
    let point = &trends.points[1];
    assert_eq!((point.started.as_str(), point.what.as_str()), ("2026-11-22T20:39:29Z", "0.1.0 release"));
    let expected = [
        // 2,000 cases in 31 minutes.
        ("casesPerSecond", 1),
        ("executionsPerSecond", 38),
        ("findings", 46),
        ("fuzzCorpus", 17),
        ("mine", 4),
        ("operators", 193),
        ("planted", 161),
        ("plantedNoticed", 160),
    ];
    assert_eq!(point.measures, expected.map(|(name, value)| (name.to_owned(), value)).into());
    let page = fs::read_to_string(folder.join("page.html")).expect("a page");
    for text in ["1 run,", "planted bugs noticed", "<strong>160</strong>", "mine"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn what_is_no_run_is_refused_by_its_line() {
    let folder = samples().join("no-trends");
    leave(&folder);
    sample::write(&sample::incomplete(1_000), &folder.join("timeless"));
    fs::write(folder.join("broken.jsonl"), format!("{}\n{{}}\n", nights(1).points[0].to_line())).expect("a file");
    let check = |args: &[&str], code: i32, part: &str| {
        let output = conform_trends(&folder, args);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
        assert!(text.contains(part), "{args:?}: {text}");
    };
    check(&["broken.jsonl", "--out", "page.html"], 96, "failed to understand line 3 of broken.jsonl");
    check(&["missing.jsonl", "--out", "page.html"], 96, "failed to read missing.jsonl");
    check(&["a.jsonl", "--append", "timeless"], 96, "its folder has no times.json");
    check(&["a.jsonl"], 2, "nothing to do");
    check(&["a.jsonl", "--append", "timeless", "--measure", "x"], 2, "is not NAME=NUMBER");
    assert!(!folder.join("a.jsonl").exists(), "what fails leaves nothing");
}

/// The tests in a browser open it.
#[test]
fn a_sample_is_there_for_browsers() {
    let mut trends = nights(60);
    let hostile = "</script><script>globalThis.broken=1</script><img src=x onerror=globalThis.broken=1>\"'\u{202e}";
    trends.points.push(TrendPoint {
        started: hostile.into(),
        what: hostile.into(),
        measures: BTreeMap::from([(hostile.to_owned(), 1)]),
    });
    let folder = samples().join("nights");
    leave(&folder);
    fs::write(folder.join("hostile.html"), trends.page().expect("a page")).expect("a file");
    fs::write(folder.join("page.html"), nights(60).page().expect("a page")).expect("a file");
    assert_eq!(nights(60).page().expect("a page"), nights(60).page().expect("a page"));
    assert!(Trends::default().page().expect("a page").contains("No run is in the file yet."));
}
