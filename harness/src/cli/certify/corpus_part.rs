//! The corpus: every case of it has the outcome that stands in it.

use super::super::built::project;
use super::super::progress::Progress;
use modal_harness::Panel;
use modal_harness::certificate::{Part, PartName};
use modal_harness::corpus::{CorpusCase, files};

/// The folders of the corpus that hold cases.
pub(in super::super) const FOLDERS: [&str; 3] = ["cases", "examples", "regressions"];

pub(super) fn part(panel: &mut Panel) -> anyhow::Result<Part> {
    let mut paths = Vec::new();
    for folder in FOLDERS {
        paths.extend(files(&project().join("corpus").join(folder))?);
    }
    let mut part = Part {
        name: PartName::Corpus,
        expected: paths.len() as u64,
        executed: 0,
        passed: 0,
        excluded: Default::default(),
        failures: Vec::new(),
    };
    let progress = Progress::new(part.expected);
    for path in paths {
        part.executed += 1;
        match CorpusCase::read(&path).and_then(|case| case.check(panel)) {
            Ok(_) => part.passed += 1,
            Err(error) => part.failures.push(in_project(&error.to_string())),
        }
        progress.advance(1);
    }
    progress.finish();
    Ok(part)
}

/// A text with paths from the project's folder on, so that where a clone stands makes no difference.
fn in_project(text: &str) -> String {
    text.replace(&format!("{}/", project().display()), "")
}
