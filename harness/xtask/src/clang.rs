//! The compiler for guests in C, and its linker.

use crate::{debian, task};
use anyhow::bail;
use std::process::Command;

const PACKAGES: [&str; 2] = ["clang", "lld"];

/// Clang with these arguments, which finds its linker by itself. Both are installed if they are missing.
///
/// # Errors
///
/// If they are missing and cannot be installed.
pub(crate) fn command() -> anyhow::Result<Command> {
    if !is_installed() && debian::can_install() {
        let packages = PACKAGES.join(" and ");
        eprintln!("no compiler for C guests is installed: installing Debian's {packages}");
        debian::install(&PACKAGES)?;
    }
    if !is_installed() {
        bail!("failed to find clang and wasm-ld; install them, on Debian by `apt-get install {}`", PACKAGES.join(" "));
    }
    let mut clang = Command::new("clang");
    clang.current_dir(task::root());
    Ok(clang)
}

/// Whether both are there, and this clang knows the target: some systems' own does not.
fn is_installed() -> bool {
    let targets = task::output(Command::new("clang").arg("--print-targets"));
    targets.is_some_and(|targets| targets.lines().any(|line| line.trim_start().starts_with("wasm32 ")))
        && task::output(Command::new("wasm-ld").arg("--version")).is_some()
}
