//! What the examples' pages say is what the examples do.

use crate::common::project;
use modal_harness::corpus::CorpusCase;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn examples() -> PathBuf {
    project().join("corpus/examples")
}

/// The parts of a page's `text` blocks, each of which an ellipsis ends.
fn shown(page: &str) -> Vec<&str> {
    let blocks = page.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    blocks.flat_map(|block| block.split("…\n")).collect()
}

#[test]
fn the_pages_show_what_the_examples_print() {
    let mut names = fs::read_dir(examples())
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect::<Vec<_>>();
    names.sort();
    assert!(names.len() >= 7, "{names:?}");
    for folder in names {
        let name = folder.file_name().expect("a name").to_str().expect("a plain name");
        let page = fs::read_to_string(folder.join("README.md")).expect("a page");
        assert!(page.contains(&format!("```console\n$ cargo xtask example {name}\n")), "{name} has its command");
        let output = Command::new(env!("CARGO_BIN_EXE_modal-conform"))
            .args(["corpus", "--show", "--lanes", "wasmtime,wasmi"])
            .arg(&folder)
            .output()
            .expect("the program");
        // That Node's lane sees the same is the corpus test's; here it would take a build of the SDK for each example.
        let printed = String::from_utf8(output.stdout).expect("text").replace("wasmi and", "wasmi, node and");
        assert!(output.status.success(), "{name}: {printed}");
        let parts = shown(&page);
        assert!(!parts.is_empty(), "{name} shows no output");
        let mut rest = printed.as_str();
        for part in parts {
            let at =
                rest.find(part).unwrap_or_else(|| panic!("{name} does not print in its place:\n{part}\n{printed}"));
            rest = &rest[at + part.len()..];
        }
        assert_eq!(rest, "", "{name} shows the end");
    }
}

#[test]
fn the_table_of_languages_is_what_was_measured() {
    let page = fs::read_to_string(examples().join("README.md")).expect("a page");
    for (language, title) in [("rust", "Rust, serde"), ("c", "C"), ("assemblyscript", "AssemblyScript")] {
        let name = format!("custom-validation-{language}");
        let case = CorpusCase::read(&examples().join(&name).join(&name).with_extension("case")).expect("a case");
        let gas = |about: &str| {
            let run = case.runs_about.iter().position(|run| run.as_deref() == Some(about)).expect("a run");
            let line = case.expected.lines().filter(|line| line.starts_with("  ")).nth(run).expect("a line");
            line.rsplit_once(" | gas ").and_then(|(_, gas)| gas.split(' ').next()).expect("gas").to_owned()
        };
        let numbers = [
            case.case.module.len().to_string(),
            gas("a payment that keeps every rule"),
            gas("every rule broken at once"),
            gas("an input of nothing"),
        ];
        let row = format!("| {title} | {} |\n", numbers.map(|number| thousands(&number)).join(" | "));
        assert!(page.contains(&row), "the table lacks {row}");
    }
}

/// A number as people write it.
fn thousands(digits: &str) -> String {
    let length = digits.len();
    digits.char_indices().fold(String::new(), |text, (at, digit)| {
        let comma = if at > 0 && (length - at).is_multiple_of(3) { "," } else { "" };
        text + comma + &digit.to_string()
    })
}
