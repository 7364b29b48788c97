//! Tests of this package, run as a part of a certification.

use super::super::built;
use anyhow::{Context as _, ensure};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What became of tests.
pub(super) struct Tests {
    /// The tests that there are, by name.
    pub(super) all: BTreeSet<String>,
    /// Those of them that passed.
    pub(super) passed: BTreeSet<String>,
    /// Those of them that failed.
    pub(super) failed: BTreeSet<String>,
}

/// Runs the tests of a test program whose names begin with one of these.
pub(super) fn run(program: &str, prefixes: &[&str]) -> anyhow::Result<Tests> {
    let file = built::test_program(program)?;
    let all = names(&output(&file, prefixes, &["--list"])?, "", ": test");
    let all = all.into_iter().filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)));
    let all = all.collect::<BTreeSet<_>>();
    ensure!(!all.is_empty(), "the test program {program} has no tests called {}", prefixes.join(", "));
    let ran = output(&file, prefixes, &[])?;
    let of = |end: &str| names(&ran, "test ", end).intersection(&all).cloned().collect::<BTreeSet<_>>();
    Ok(Tests { passed: of(" ... ok"), failed: of(" ... FAILED"), all })
}

fn output(file: &Path, prefixes: &[&str], more: &[&str]) -> anyhow::Result<Output> {
    let mut command = Command::new(file);
    command.args(prefixes).args(more).current_dir(built::project().join("harness"));
    // Test programs find the crate's files and programs by what cargo tells them when they are built.
    command.stderr(Stdio::inherit()).output().with_context(|| format!("failed to start {}", file.display()))
}

fn names(output: &Output, start: &str, end: &str) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let names = text.lines().filter_map(|line| line.strip_prefix(start)?.strip_suffix(end));
    names.map(str::to_owned).collect()
}
