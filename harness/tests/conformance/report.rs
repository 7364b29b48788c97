//! Reports: a page that needs nothing else, in which no text becomes anything but text.

pub(crate) mod sample;

use modal_harness::certificate::junit;
use modal_harness::report::{Certification, report};
use proptest::prelude::*;
use quick_junit::TestCaseStatus;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a report calls its folder.
const FOLDER: &str = "out/1.0.0";

fn page(certification: &Certification) -> String {
    report(certification, Path::new(FOLDER)).expect("a page")
}

/// Where the samples are that the tests in a browser open.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("report")
}

/// Empties a folder of what an earlier test run left.
pub(crate) fn leave(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("what an earlier run left");
    }
    fs::create_dir_all(folder).expect("a folder");
}

fn conform_report(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modal-conform"));
    command.arg("report").args(args).current_dir(folder).output().expect("the program")
}

/// The text of a part of a page, without its tags.
fn text_of(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The section that bears an id.
fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("<section id=\"{id}\"")).unwrap_or_else(|| panic!("there is no section {id}"));
    let rest = &html[start..];
    // A section may hold others, so it ends where the next one with an id begins.
    let end = rest[1..].find("<section id=").map_or(rest.len(), |end| end + 1);
    &rest[..end]
}

#[test]
fn a_page_says_what_the_certification_says() {
    let check = |certification: &Certification, parts: &[(&str, &[&str])]| {
        let html = page(certification);
        for (id, texts) in parts {
            let part = if *id == "main" { &html[..] } else { section(&html, id) };
            let text = text_of(part);
            texts.iter().for_each(|expected| assert!(text.contains(expected), "{id} lacks {expected:?}:\n{text}"));
        }
    };
    check(
        &sample::agreeing(100_000),
        &[
            ("main", &["Agreement", "7 lanes and the reference agree on all 100,000 generated cases", "builder-2"]),
            ("parts", &["✓ passes specification", "38,214", "31 min 0 s", "exception handling 1,244"]),
            (
                "matrix",
                &[
                    "Every check that cases demand of a lane was made",
                    "agrees, 431,904",
                    "1,204 not bound",
                    "310 not sent",
                ],
            ),
            ("findings", &["No case differs, and nothing broke."]),
            ("outcomes", &["completed 67,100 67.1 %", "trapped: OutOfGas 11,200 11.2 %", "smith 30,000 30.0 %"]),
            ("gas", &["other traps", "10 to 19"]),
            ("operators", &["193 of 195", "2 never executed", "table.grow", "i64.reinterpret_f64", "never"]),
            ("overhead", &["same 256 cases, in 5 passes", "wasmi 1.00×", "node-optimising 5.17×"]),
            ("control", &["were blamed for nothing", "meter 62 62"]),
            ("register", &["feature sets", "runtime", "planted: treatment features"]),
            ("inputs", &["wasmi 1.1.0", "100,000 of kind all, from seed 1", "Merkle root of the results"]),
        ],
    );
    check(
        &sample::diverging(100_000),
        &[
            (
                "main",
                &[
                    "Divergence",
                    "do not agree on 44 of 100,000 generated cases",
                    "Why this is no certificate campaign: 44",
                    "noticed wasmtime: 99154",
                    "1 more wasmi: 99154",
                ],
            ),
            ("parts", &["✗ does not pass campaign", "campaign: 1 that did not pass"]),
            (
                "matrix",
                &[
                    "In 4 of 77 cells something differs or broke, and in 70 others",
                    "differs, 99,995",
                    "41 diverged",
                    "2 faulted",
                    "46 not made",
                ],
            ),
            (
                "findings",
                &[
                    "46 cases in 3 buckets",
                    "≠ difference lanes/wasmtime-wasmi/export/runs.steps.state.memories 41 generated cases",
                    "! fault node: WorkerDied 2 generated cases",
                    "more folders are not shown",
                    "reduced from 245 operators",
                    "cargo conform replay out/1.0.0/findings/lanes-wasmtime-wasmi-export-runs-steps-state-memories-",
                    "/reduced/lanes-wasmtime-wasmi",
                    "--lanes wasmtime,wasmtime-winch,wasmtime-pulley,wasmi,node,node-optimising,node-26",
                    "(memory (;0;) 1)",
                ],
            ),
            (
                "control",
                &["Not noticed", "charges nothing for a call that is not found", "Sound lanes were blamed for"],
            ),
        ],
    );
    check(
        &sample::incomplete(2_000),
        &[
            ("main", &["Incomplete", "Nothing differs on 1,000 generated cases", "half of the cases were executed"]),
            ("matrix", &["not all made, 50,000", "50,000 not made"]),
            ("operators", &["No operator was counted."]),
            ("overhead", &["No lane was timed"]),
        ],
    );
}

#[test]
fn a_folder_always_makes_the_same_page_and_a_small_one() {
    let folder = samples().join("size");
    sample::write(&sample::diverging(100_000), &folder);
    let read = || Certification::read(&folder).expect("a certification");
    let html = page(&read());
    assert_eq!(html, page(&read()));
    assert!(html.len() < 1 << 20, "{} bytes for 100,000 cases", html.len());
    // What is not in the folder is not in the page: it is the same made by the program, in another place.
    let elsewhere = folder.join(FOLDER);
    sample::write(&sample::diverging(100_000), &elsewhere);
    let output = conform_report(&folder, &[FOLDER, "--out", "page.html"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "page.html\n");
    assert_eq!(fs::read_to_string(folder.join("page.html")).expect("a page"), html);
}

/// The tests in a browser open these.
#[test]
fn samples_are_there_for_browsers() {
    let hostile =
        "</script><script>globalThis.broken=1</script><img src=x onerror=globalThis.broken=1>\"'\u{202e}&amp;";
    for (name, certification) in [
        ("agree", sample::agreeing(100_000)),
        ("diverge", sample::diverging(100_000)),
        ("incomplete", sample::incomplete(10_000)),
    ] {
        sample::write(&certification, &samples().join(name));
        let output = conform_report(&samples(), &[name]);
        assert!(output.status.success(), "{output:?}");
    }
    // Its texts cannot all be the names of files.
    let folder = samples().join("hostile");
    leave(&folder);
    fs::write(folder.join("report.html"), page(&sample::with_text(hostile))).expect("a page");
}

#[test]
fn the_policy_names_the_style_and_the_script_that_are_there() {
    use base64::Engine as _;
    let html = page(&sample::agreeing(100));
    let between = |start: &str, end: &str| {
        let (_, rest) = html.split_once(start).expect(start);
        assert!(!rest.contains(start), "{start} is there once");
        rest.split_once(end).expect(end).0
    };
    let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    let sum = |text: &str| {
        let digest = hex::decode(modal_wasm_meter::sha256_hex(text.as_bytes())).expect("hex");
        base64::engine::general_purpose::STANDARD.encode(digest)
    };
    let (style, script) = (sum(between("<style>", "</style>")), sum(between("<script>", "</script>")));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; \
             form-action 'none'"
        )
    );
    assert!(!html.contains(" style=") && !html.contains("http:") && !html.contains("https:"), "it refers to nothing");
}

/// The tags of a page, their attributes without values: what a text must not change.
fn tags(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let mut tag = String::new();
        let mut quoted = false;
        let mut end = rest.len();
        for (at, c) in rest[start..].char_indices() {
            quoted ^= c == '"';
            if !quoted {
                tag.push(c);
            }
            if !quoted && c == '>' {
                end = start + at + 1;
                break;
            }
        }
        rest = &rest[end..];
        if tag == "<script>" || tag == "<style>" {
            let close = tag.replace('<', "</");
            rest = rest.split_once(&close).map_or("", |(_, rest)| rest);
        }
        tags.push(tag);
    }
    tags
}

/// Whether a text in every place where one can stand leaves the page what it is.
fn leaves_no_trace(text: &str) -> bool {
    tags(&page(&sample::with_text(text))) == tags(&page(&sample::with_text("plain")))
}

#[test]
fn a_text_that_is_not_escaped_is_noticed() {
    let text = "<b onclick=\"x\">'&";
    assert!(leaves_no_trace(text));
    let html = page(&sample::with_text(text));
    for (escaped, bare) in [("&#60;", "<"), ("&#34;", "\"")] {
        assert!(html.contains(escaped), "texts are escaped as {escaped}");
        assert!(tags(&html.replace(escaped, bare)) != tags(&html), "{bare} can be seen");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // Not `*` and backquotes, which mean something in the register.
    #[test]
    fn no_text_becomes_anything_but_text(text in r#"[a-z<>"'&/=!\-\u{0}-\u{1f}\u{202a}-\u{202e}é]{1,24}"#) {
        prop_assert!(leaves_no_trace(&text));
        let html = page(&sample::with_text(&text));
        let acts = |c: char| c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!html.contains(acts), "a character that acts unseen is left");
    }
}

#[test]
fn a_folder_that_is_no_certification_is_refused_by_name() {
    let folder = samples().join("refused");
    let check = |change: &dyn Fn(), parts: &[&str]| {
        sample::write(&sample::diverging(1_000), &folder);
        change();
        let output = conform_report(&folder, &["."]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(96), "{text}");
        parts.iter().for_each(|part| assert!(text.contains(part), "{text} lacks {part:?}"));
    };
    let path = |name: &str| folder.join(name);
    let put = |name: &str, bytes: &[u8]| fs::write(path(name), bytes).expect("a file");
    check(
        &|| fs::remove_file(path("conformance.json")).expect("a file"),
        &["failed to read ./conformance.json", "No such file"],
    );
    check(&|| put("conformance.json", b"{}"), &["failed to understand ./conformance.json", "missing field"]);
    check(&|| put("results.parquet", b"PAR1"), &["failed to match ./results.parquet with conformance.json", "SHA-256"]);
    check(&|| put("times.json", b"{\"took\":1}"), &["failed to understand ./times.json", "unknown field"]);
    let finding =
        || fs::read_dir(path("findings")).expect("a folder").next().expect("a finding").expect("a finding").path();
    check(
        &|| fs::write(finding().join("case.json"), "1").expect("a file"),
        &["failed to read ./findings/", "is not a case"],
    );
}

#[test]
fn junit_says_what_the_certification_says() {
    let junit = |certification: &Certification| {
        let findings = certification.findings.iter().map(|found| found.repro.clone()).collect::<Vec<_>>();
        let text = junit(&certification.conformance, &findings).expect("XML");
        assert!(!text.contains("timestamp") && !text.contains("time="), "it holds no times:\n{text}");
        let report = quick_junit::Report::deserialize_from_str(&text).expect("what was written can be read");
        let passed = |status: &TestCaseStatus| matches!(status, TestCaseStatus::Success { .. });
        let suites = report.test_suites.iter().map(|suite| {
            let good = suite.test_cases.iter().filter(|case| passed(&case.status)).count();
            (suite.name.as_str().to_owned(), good, suite.test_cases.len() - good)
        });
        suites.collect::<Vec<_>>()
    };
    let named =
        |suites: [(&str, usize, usize); 7]| suites.map(|(name, good, bad)| (name.to_owned(), good, bad)).to_vec();
    assert_eq!(
        junit(&sample::agreeing(1_000)),
        named([
            ("corpus", 1, 0),
            ("specification", 1, 0),
            ("campaign", 1, 0),
            ("control", 1, 0),
            ("register", 1, 0),
            ("checks", 74, 0),
            ("findings", 0, 0),
        ])
    );
    let diverging = junit(&sample::diverging(1_000));
    assert_eq!(diverging[2], ("campaign".into(), 0, 3), "not all executed, one told of, and the rest");
    assert_eq!(diverging[5], ("checks".into(), 0, 74), "what is behind a difference was not made");
    assert_eq!(diverging[6], ("findings".into(), 0, 31));
    // No text breaks it.
    junit(&sample::with_text("]]></failure>\u{1b}[31m&\u{0}<\"'"));
}
