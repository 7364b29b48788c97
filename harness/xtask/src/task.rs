//! A task runs programs in the workspace: what it needs to know of the workspace and of programs.

use anyhow::{Context, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("xtask lies two folders below the workspace").to_owned()
}

/// The folder of the JavaScript SDK.
pub(crate) fn sdk_folder() -> PathBuf {
    root().join("runtime/sdk")
}

/// The folder that cargo builds in.
pub(crate) fn target_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The cargo that runs this task, without what it tells a program of its package: ring's build script takes that for a
/// change, and all that is built on ring, the harness among it, would be built again.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(root());
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in names.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
        cargo.env_remove(name);
    }
    cargo
}

/// `cargo conform`.
pub(crate) fn conform() -> Command {
    let mut conform = cargo();
    conform.args(["run", "--quiet", "--package", "modal-harness", "--bin", "modal-conform", "--"]);
    conform
}

/// npm, in the folder of a package.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder);
    npm
}

/// Runs `npm ci` unless the packages that are installed are those of the lock file. npm keeps no complete copy of the
/// lock file it installed, so this does.
pub(crate) fn install_node_modules(folder: &Path) -> anyhow::Result<()> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.installed-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("failed to read {}", lock.display()))?;
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let mut npm = npm(folder);
    eprintln!("$ {}", text(npm.arg("ci")));
    run(&mut npm)?;
    fs::write(&installed, wanted).with_context(|| format!("failed to write {}", installed.display()))
}

/// Runs a program to its end and fails if it does.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("failed to start `{}`", text(command)))?;
    if !status.success() {
        bail!("failed to run `{}`: {status}", text(command));
    }
    Ok(())
}

/// Writes a file unless it holds these bytes. It changes at once, so that a program that starts meanwhile reads the old
/// bytes or the new ones.
pub(crate) fn write_changed(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&fresh, bytes))
        .and_then(|()| fs::rename(&fresh, path))
        .with_context(|| format!("failed to write {}", path.display()))
}

/// What a program prints, or nothing if it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    Some(String::from_utf8(output.stdout).ok()?.trim_end().to_owned())
}

/// Whether a program ends well within a number of seconds; it is stopped if it does not end.
pub(crate) fn succeeds_within(seconds: u32, command: &mut Command) -> bool {
    wait(seconds, command).is_some_and(|status| status.success())
}

fn wait(seconds: u32, command: &mut Command) -> Option<ExitStatus> {
    const POLLS_PER_SECOND: u32 = 10;
    let mut child = command.stdin(Stdio::null()).spawn().ok()?;
    for _ in 0..seconds * POLLS_PER_SECOND {
        if let Some(status) = child.try_wait().ok()? {
            return Some(status);
        }
        sleep(Duration::from_secs(1) / POLLS_PER_SECOND);
    }
    child.kill().ok()?;
    child.wait().ok()?;
    None
}

/// The command as a person would type it.
pub(crate) fn text(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_else(|| command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
