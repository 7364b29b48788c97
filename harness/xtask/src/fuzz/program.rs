//! A program is what libFuzzer runs: a target, with coverage compiled into everything that it calls.

use super::{FOLDER, Plan, progress};
use crate::{task, tool};
use anyhow::{Context, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TOOLCHAIN: &str = "nightly";

/// Coverage as libFuzzer needs it takes switches of the compiler that are not stable.
const NO_TOOLCHAIN: &str = "failed to find a nightly compiler, which fuzzing needs for coverage; run\n  \
                            rustup toolchain install nightly --profile minimal\n\
                            or put inputs to the target on this one: `cargo run -p modal-fuzz -- replay TARGET FILE`";

/// A program that was built, and the options it is run with.
pub(super) struct Program {
    path: PathBuf,
    options: Vec<String>,
}

impl Program {
    /// Builds the program of a target. The first time, that is a build of both engines.
    pub(super) fn build(target: &str) -> anyhow::Result<Self> {
        let Some(host) = host() else { bail!(NO_TOOLCHAIN) };
        let tools = tool::CARGO_FUZZ.install()?;
        let folder = task::target_folder().join("fuzz/build");
        let mut cargo = nightly();
        cargo.args(["cargo", "fuzz", "build", "--fuzz-dir"]).arg(task::root().join(FOLDER).join("libfuzzer"));
        // Rust checks its own accesses; what is left to find by an address sanitizer is not worth running at a third of the
        // speed. ClusterFuzzLite's build has it.
        cargo.args(["--sanitizer", "none", "--features", "libfuzzer", target]);
        cargo.env("PATH", with_tools(&tools)?).env("CARGO_TARGET_DIR", &folder);
        eprintln!("$ cargo +{TOOLCHAIN} fuzz build {target}");
        task::run(&mut cargo)?;
        Ok(Self { path: folder.join(host).join("release").join(target), options: options(target)? })
    }

    /// Fuzzes from the inputs in `work`, and adds to them. Fails if libFuzzer does, and with it if a law was broken.
    pub(super) fn fuzz(&self, work: &Path, artifacts: &Path, log: &Path, plan: &Plan) -> anyhow::Result<()> {
        let mut fuzz = Command::new(&self.path);
        fuzz.arg(work).args(&self.options).arg(format!("-max_total_time={}", plan.minutes.get() * 60));
        // The prefix is text that names are added to.
        fuzz.arg(format!("-artifact_prefix={}/", artifacts.display())).arg("-print_final_stats=1");
        if plan.jobs.get() > 1 {
            fuzz.arg(format!("-fork={}", plan.jobs));
        }
        progress::run(&mut fuzz, log)
    }

    /// Copies inputs that together reach what all of `work` does to a folder. Whether it did: it does not if one breaks a law.
    pub(super) fn merge(&self, work: &Path, into: &Path, log: &Path) -> anyhow::Result<bool> {
        let mut merge = Command::new(&self.path);
        merge.arg("-merge=1").args(&self.options).arg(into).arg(work);
        let log = fs::File::create(log).with_context(|| format!("failed to make {}", log.display()))?;
        let status = merge.stderr(log).status().with_context(|| format!("failed to start {}", self.path.display()))?;
        Ok(status.success())
    }
}

/// Programs of the nightly toolchain. What cargo told this task of the stable one is none of their business.
fn nightly() -> Command {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(task::root()).args(["run", TOOLCHAIN]);
    for variable in ["CARGO", "LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN"] {
        rustup.env_remove(variable);
    }
    rustup
}

/// What the nightly compiler calls the machine, if there is one.
fn host() -> Option<String> {
    let about = task::output(nightly().args(["rustc", "--version", "--verbose"]))?;
    about.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

fn with_tools(tools: &Path) -> anyhow::Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(std::iter::once(tools.to_owned()).chain(env::split_paths(&path)))?)
}

/// The options of a target as libFuzzer takes them. ClusterFuzz reads the same file.
fn options(target: &str) -> anyhow::Result<Vec<String>> {
    let folder = task::root().join(FOLDER);
    let path = folder.join("options").join(format!("{target}.options"));
    let text = fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))?;
    let dictionary = |name: &str| folder.join("dictionaries").join(name).display().to_string();
    let option = |(key, value): (&str, &str)| match key {
        "dict" => format!("-dict={}", dictionary(value)),
        _ => format!("-{key}={value}"),
    };
    Ok(text.lines().filter_map(|line| line.split_once(" = ")).map(option).collect())
}
