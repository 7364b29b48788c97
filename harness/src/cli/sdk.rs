//! The built SDK, which the Node lane runs.

use anyhow::{Context as _, bail};
use modal_harness::{LaneKind, WorkerCommand};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How the Node lane's worker is started. The SDK is built first if it is missing or older than its sources, and only
/// if the lane is wanted.
pub(super) fn worker(lanes: &[LaneKind]) -> anyhow::Result<WorkerCommand> {
    if lanes.contains(&LaneKind::Node) {
        build()?;
    }
    let main = project().join("runtime/sdk/src/worker/main.js");
    Ok(WorkerCommand { program: "node".into(), args: vec![main.into()] })
}

/// The project's folder: this program is run from a clone, through cargo.
pub(super) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn build() -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "sdk"])
        .current_dir(project())
        // Standard output belongs to the report.
        .stdout(Stdio::null())
        .status()
        .context("failed to start cargo to build the SDK")?;
    if !status.success() {
        bail!("the SDK cannot be built; `cargo xtask sdk` says why");
    }
    Ok(())
}
