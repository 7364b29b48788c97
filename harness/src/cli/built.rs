//! What the project builds of itself for the lanes: the SDK, which the Node lane runs, and the validators as a guest.

use anyhow::{Context as _, bail, ensure};
use modal_harness::generate::Guest;
use modal_harness::{LaneKind, Places, WorkerCommand};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How the Node lane's worker is started. The SDK is built first if it is missing or older than its sources, and only
/// if the lane is wanted.
pub(super) fn worker(lanes: &[LaneKind]) -> anyhow::Result<WorkerCommand> {
    if lanes.contains(&LaneKind::Node) {
        build("sdk", "the SDK")?;
    }
    Ok(node_worker())
}

/// How the Node lane's worker is started, as it is.
pub(super) fn node_worker() -> WorkerCommand {
    WorkerCommand::new("node", [project().join("runtime/sdk/src/worker/main.js")])
}

/// The validators as a guest, built first if it is missing or older than its sources.
pub(super) fn guest() -> anyhow::Result<Guest> {
    build("guests", "the validators' guest")?;
    guest_as_it_is()
}

/// The validators as a guest, as it is.
pub(super) fn guest_as_it_is() -> anyhow::Result<Guest> {
    let path = project().join("validators/dist/guest.wasm");
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Guest::new(bytes))
}

/// A test program of this package, built now unless it is there.
pub(super) fn test_program(name: &str) -> anyhow::Result<PathBuf> {
    let output = cargo()
        .args(["test", "--quiet", "--package", "modal-harness", "--test", name, "--no-run"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("failed to start cargo to build the test program {name}"))?;
    ensure!(output.status.success(), "failed to build the test program {name}");
    let messages = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    let program = messages.filter_map(Result::ok).find_map(|message| {
        let is_test = message.pointer("/target/name")? == name;
        message["executable"].as_str().filter(|_| is_test).map(PathBuf::from)
    });
    program.with_context(|| format!("failed to find the test program {name} among what cargo built"))
}

/// This program, to be started again. On Linux by the name that still means it after another build has taken its
/// file's place.
pub(super) fn this_program() -> std::io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { std::env::current_exe() }
}

/// How the worker of one of this project's engines is started, less the engine's name.
pub(super) fn own_worker() -> std::io::Result<WorkerCommand> {
    Ok(WorkerCommand::new(this_program()?, ["worker"]))
}

/// The places that the catalogue of lanes names. The target folder is cargo's.
pub(super) fn places() -> anyhow::Result<Places> {
    let project = project().canonicalize().context("cannot find the project's folder")?;
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => project.join(target),
        None => project.join("target"),
    };
    Ok(Places { project, target })
}

/// The project's folder: this program is run from a clone, through cargo.
pub(super) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn build(task: &str, what: &str) -> anyhow::Result<()> {
    let status = cargo()
        .args(["run", "--quiet", "--package", "xtask", "--", task])
        // Standard output belongs to the report.
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("failed to start cargo to build {what}"))?;
    if !status.success() {
        bail!("{what} cannot be built; `cargo xtask {task}` says why");
    }
    Ok(())
}

/// The cargo that built this program, without what cargo tells a program of its package: ring's build script takes that
/// for a change, and all that is built on ring, this package among it, would be built again.
fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(project());
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in names.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
        cargo.env_remove(name);
    }
    cargo
}
