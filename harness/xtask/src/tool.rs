//! A tool is a program of a pinned release that a task needs, installed into the project's own folder.

use crate::task;
use std::path::PathBuf;
use std::process::Command;

/// A tool from the package registry.
pub(crate) struct Tool {
    package: &'static str,
    version: &'static str,
}

/// Builds libFuzzer's programs with the flags that coverage takes.
pub(crate) const CARGO_FUZZ: Tool = Tool { package: "cargo-fuzz", version: "0.13.2" };

impl Tool {
    /// Sees to it that the tool is there, and returns the folder of its program.
    pub(crate) fn install(&self) -> anyhow::Result<PathBuf> {
        let Self { package, version } = self;
        let root = task::target_folder().join("tools");
        let programs = root.join("bin");
        let installed = task::output(Command::new(programs.join(package)).arg("--version"));
        if installed.is_some_and(|text| text.ends_with(version)) {
            return Ok(programs);
        }
        let mut install = task::cargo();
        install.args(["install", "--locked", "--force", "--root"]).arg(&root).arg(format!("{package}@{version}"));
        eprintln!("$ {}", task::text(&install));
        task::run(&mut install)?;
        Ok(programs)
    }
}
