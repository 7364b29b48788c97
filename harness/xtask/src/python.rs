//! Tools in Python that tests and checks need, in an environment of the project's own.

use crate::{debian, task};
use anyhow::{Context as _, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is installed: a server of S3, and checks against the schemas that Kubernetes and GitHub publish.
const PACKAGES: [&str; 3] = ["moto[server]==5.2.5", "kubernetes-validate==1.37.0", "check-jsonschema==0.39.0"];

/// Leaves out the tests that need a server of S3, if it says `off`; the tests read it too.
const VARIABLE: &str = "MODAL_S3_TESTS";

/// The folder of the environment.
pub(crate) fn folder() -> PathBuf {
    task::target_folder().join("python")
}

/// Installs the tools that the tests need, unless they are to be left out.
pub(crate) fn require_for_tests() -> anyhow::Result<()> {
    if env::var(VARIABLE).is_ok_and(|value| value == "off") {
        return Ok(());
    }
    require()
        .with_context(|| format!("failed to install a server of S3; {VARIABLE}=off leaves out the tests that need it"))
}

/// Installs the tools, unless those that are there are these.
pub(crate) fn require() -> anyhow::Result<()> {
    let folder = folder();
    let (installed, wanted) = (folder.join(".installed"), PACKAGES.join("\n"));
    if fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    if task::output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        if !debian::can_install() {
            bail!("Python is missing, or cannot make environments; run\n  apt-get install -y python3-venv");
        }
        debian::install(&["python3-venv"])?;
    }
    task::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = ["install", "--quiet", "--disable-pip-version-check"];
    task::run(Command::new(program("pip", &folder)).args(pip).args(PACKAGES))?;
    fs::write(&installed, wanted).with_context(|| format!("failed to write {}", installed.display()))
}

/// Holds the manifests of campaigns, and all workflows, against the published schemas.
pub(crate) fn check_manifests() -> anyhow::Result<()> {
    require()?;
    let tool = |name| {
        let mut tool = Command::new(program(name, &folder()));
        tool.current_dir(task::root());
        tool
    };
    let manifest = ["--strict", "--quiet", "harness/campaign/kubernetes/campaign.yaml"];
    task::run(tool("kubernetes-validate").args(manifest))?;
    let workflows = fs::read_dir(task::root().join(".github/workflows")).context("failed to list the workflows")?;
    let workflows = workflows.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    task::run(tool("check-jsonschema").args(["--builtin-schema", "vendor.github-workflows"]).args(workflows))
}

fn program(name: &str, folder: &Path) -> PathBuf {
    folder.join("bin").join(name)
}
