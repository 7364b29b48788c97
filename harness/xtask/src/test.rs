//! The test run: every check that the project has, in order, up to the first that fails.

use crate::{browser, certification, example, guests, lane, postgres, python, sdk, task};
use anyhow::bail;
use std::env;
use std::process::Command;

/// One check, and what a person would type to run it alone.
struct Step {
    name: &'static str,
    run: fn() -> anyhow::Result<Outcome>,
}

/// How a step ended, if it did not fail.
enum Outcome {
    Passed,
    /// It could not be run here, for this reason: said in the last line, never taken for a pass.
    NotRun(String),
}

const STEPS: [Step; 16] = [
    Step { name: "format", run: || cargo(&["fmt", "--all", "--check"]) },
    Step { name: "clippy", run: clippy },
    Step { name: "sdk", run: build_sdk },
    Step { name: "guests", run: build_guests },
    Step { name: "tests", run: nextest },
    Step { name: "certification", run: certify },
    Step { name: "manifests", run: manifests },
    Step { name: "examples", run: examples },
    Step { name: "doc tests", run: || cargo(&["test", "--doc"]) },
    Step { name: "benches", run: benches },
    Step { name: "sdk tests", run: test_sdk },
    Step { name: "sdk in a browser", run: test_sdk_in_browser },
    Step { name: "report in a browser", run: test_report_in_browser },
    Step { name: "sdk package", run: check_sdk_package },
    Step { name: "licences and sources", run: licences_and_sources },
    Step { name: "advisories", run: advisories },
];

/// How long the advisory database may take to arrive.
const ADVISORY_SECONDS: u32 = 120;

/// Runs the steps up to the first that fails. The last line printed names each of them with its outcome.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut summary = Vec::new();
    for (done, step) in STEPS.iter().enumerate() {
        eprintln!("\n=== {} ({} of {})", step.name, done + 1, STEPS.len());
        match (step.run)() {
            Ok(Outcome::Passed) => summary.push(format!("{}: passed", step.name)),
            Ok(Outcome::NotRun(reason)) => summary.push(format!("{}: NOT RUN, {reason}", step.name)),
            Err(error) => {
                eprintln!("\n{error:#}\n");
                summary.push(format!("{}: FAILED", step.name));
                summary.extend(STEPS[done + 1..].iter().map(|step| format!("{}: not reached", step.name)));
                bail!("{}", summary.join("; "));
            }
        }
    }
    eprintln!("\n{}", summary.join("; "));
    Ok(())
}

fn cargo(args: &[&str]) -> anyhow::Result<Outcome> {
    passed(task::cargo().args(args))
}

fn passed(command: &mut Command) -> anyhow::Result<Outcome> {
    eprintln!("$ {}", task::text(command));
    task::run(command)?;
    Ok(Outcome::Passed)
}

fn build_sdk() -> anyhow::Result<Outcome> {
    eprintln!("$ cargo xtask sdk");
    sdk::build()?;
    Ok(Outcome::Passed)
}

fn build_guests() -> anyhow::Result<Outcome> {
    eprintln!("$ cargo xtask guests");
    guests::build()?;
    Ok(Outcome::Passed)
}

fn certify() -> anyhow::Result<Outcome> {
    eprintln!("$ cargo xtask certification");
    certification::check()?;
    Ok(Outcome::Passed)
}

fn manifests() -> anyhow::Result<Outcome> {
    eprintln!("$ cargo xtask manifests");
    python::check_manifests()?;
    Ok(Outcome::Passed)
}

/// The corpus test runs the modules that are committed; here they are built afresh.
fn examples() -> anyhow::Result<Outcome> {
    eprintln!("$ cargo xtask example --all");
    let missing = example::check_all()?;
    Ok(if missing.is_empty() { Outcome::Passed } else { Outcome::NotRun(missing.join(", ")) })
}

/// Everything but xtask and the benches is checked and tested together, as the default members of the workspace. Were
/// xtask among them, what its dependencies switch on would be switched on for the engines' too, and `cargo conform`,
/// which is built without it, would compile them again.
fn clippy() -> anyhow::Result<Outcome> {
    cargo(&["clippy", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["clippy", "--package", "modal-benches", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["clippy", "--package", "xtask", "--all-targets", "--", "-D", "warnings"])?;
    // Nothing is linked here, so that libFuzzer need not be there: any file passes for it.
    let manifest = task::root().join("fuzz/libfuzzer/Cargo.toml");
    let mut programs = task::cargo();
    programs.args(["clippy", "--package", "modal-fuzz-programs", "--features", "libfuzzer", "--", "-D", "warnings"]);
    passed(programs.env("CUSTOM_LIBFUZZER_PATH", manifest))?;
    lane::lint()?;
    Ok(Outcome::Passed)
}

fn nextest() -> anyhow::Result<Outcome> {
    install("nextest")?;
    postgres::require()?;
    python::require_for_tests()?;
    let profile = if env::var_os("CI").is_some() { "ci" } else { "default" };
    cargo(&["nextest", "run", "--profile", profile])?;
    cargo(&["test", "--package", "xtask"])
}

/// Runs every bench once, which compares what its variants answer, and measures nothing.
fn benches() -> anyhow::Result<Outcome> {
    cargo(&["test", "--package", "modal-benches", "--benches"])
}

fn test_sdk() -> anyhow::Result<Outcome> {
    task::install_node_modules(&task::sdk_folder())?;
    passed(npm().args(["run", "--silent", "check"]))?;
    passed(npm().args(["test", "--silent"]))
}

fn test_sdk_in_browser() -> anyhow::Result<Outcome> {
    browser::require()?;
    passed(npm().args(["run", "--silent", "test:browser"]))
}

/// The tests have left samples of reports in the target folder; the browser's driver is the SDK's.
fn test_report_in_browser() -> anyhow::Result<Outcome> {
    browser::require()?;
    let test = task::root().join("harness/tests/browser/report.test.mjs");
    let samples = task::target_folder().join("tmp/report");
    passed(Command::new("node").arg("--test").arg(test).env("REPORT_SAMPLES", samples))
}

fn check_sdk_package() -> anyhow::Result<Outcome> {
    passed(npm().args(["run", "--silent", "check:package"]))
}

fn licences_and_sources() -> anyhow::Result<Outcome> {
    install("deny")?;
    let lanes = lane::all()?.into_iter().map(|lane| lane.manifest).collect::<Vec<_>>();
    deny(&["bans", "licenses", "sources"], &lanes)
}

/// Checks the dependencies of the workspace, of the examples in Rust, and of what has these manifests. All but the workspace have
/// lock files of their own and need fewer licences.
fn deny(checks: &[&str], manifests: &[String]) -> anyhow::Result<Outcome> {
    for manifest in example::RUST_MANIFESTS.into_iter().chain(manifests.iter().map(String::as_str)) {
        let alone = ["deny", "--manifest-path", manifest, "check", "--allow", "license-not-encountered"];
        cargo(&[&alone, checks].concat())?;
    }
    cargo(&[&["deny", "check"], checks].concat())
}

/// npm, in the SDK's folder.
fn npm() -> Command {
    task::npm(&task::sdk_folder())
}

/// Advisories come from a git host that not every machine reaches; without them the step is reported as not run.
fn advisories() -> anyhow::Result<Outcome> {
    install("deny")?;
    if task::succeeds_within(ADVISORY_SECONDS, task::cargo().args(["deny", "fetch", "db"])) {
        // Lanes are there because of what is known against them.
        deny(&["advisories"], &[])
    } else {
        Ok(Outcome::NotRun("the advisory database cannot be reached".into()))
    }
}

/// Installs a cargo subcommand if it is missing.
fn install(subcommand: &str) -> anyhow::Result<()> {
    if task::output(task::cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    passed(task::cargo().args(["install", "--locked", &format!("cargo-{subcommand}")])).map(drop)
}
