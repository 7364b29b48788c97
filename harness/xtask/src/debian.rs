//! Debian's packages, installed where this task may do that.

use crate::task;
use std::path::Path;
use std::process::Command;

/// Whether this is root on a Debian.
pub(crate) fn can_install() -> bool {
    Path::new("/usr/bin/apt-get").is_file()
        && task::output(Command::new("id").arg("-u")).is_some_and(|user| user == "0")
}

/// Installs packages.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<()> {
    task::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    task::run(Command::new("apt-get").args(install).args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
