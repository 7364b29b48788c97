//! A certification as a release is put to it, in small: what it writes, who believes it, and what a lane that lies does
//! to it.

use crate::task;
use anyhow::{Context as _, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A lane that lies about results.
const LIAR: &str = "liar=node harness/tests/conformance/planted/liar.mjs";

/// How `cargo conform` ends if everything agrees.
const AGREED: i32 = 0;

/// How it ends if observers differ.
const DIVERGED: i32 = 100;

const CERTIFICATE: &str = "certificate.intoto.jsonl";

/// What two certifications of a release have in common. Times and the page that shows them are not made to be the same.
const SAME: [&str; 3] = ["conformance.json", "results.parquet", CERTIFICATE];

/// Certifies twice, compares the bytes, makes the report again, has the certificate verified by two programs and a sample
/// replayed; then has a lane lie, and sees no certificate come of it.
pub(crate) fn check() -> anyhow::Result<()> {
    let folder = task::target_folder().join("conform/certification");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
    let [one, other, lying] = ["one", "other", "lying"].map(|name| folder.join(name));
    let [key, public] = ["key", "key.pub"].map(|name| folder.join(name));

    ends(conform("keygen").arg(&key), AGREED)?;
    for out in [&one, &other] {
        ends(certify(out).arg("--key").arg(&key), AGREED)?;
    }
    compare(&one, &other)?;
    let page = read(&one.join("report.html"))?;
    ends(conform("report").arg(&one), AGREED)?;
    ensure!(read(&one.join("report.html"))? == page, "a report that is made again is another");
    ends(conform("trends").arg(folder.join("nights.jsonl")).arg("--append").arg(&one), AGREED)?;
    ends(conform("diff").args([&one, &other]), AGREED)?;
    ends(conform("verify").args(["--profile", "quick", "--key"]).args([&public, &one]), AGREED)?;
    let mut independent = Command::new("node");
    independent.current_dir(task::root()).arg("harness/verify-certificate.mjs");
    ends(independent.args([&one, &public]), AGREED)?;
    ends(conform("replay").args(["--sample", "40", "--pick", "7"]).arg(&one), AGREED)?;

    ends(certify(&lying).args(["--cases", "64", "--worker", LIAR]), DIVERGED)?;
    ensure!(!lying.join(CERTIFICATE).exists(), "a certification with a lane that lies wrote a certificate");
    let junit = String::from_utf8(read(&lying.join("junit.xml"))?)?;
    ensure!(junit.contains("<failure"), "what a lane that lies was blamed for is not in the JUnit XML");
    ends(conform("diff").args([&one, &lying]), DIVERGED)
}

/// Holds what two certifications of a release have in common against each other.
pub(crate) fn compare(one: &Path, other: &Path) -> anyhow::Result<()> {
    for file in SAME {
        let same = read(&one.join(file))? == read(&other.join(file))?;
        ensure!(same, "{} has another {file} than {}", other.display(), one.display());
        eprintln!("{file} is the same");
    }
    Ok(())
}

fn conform(command: &str) -> Command {
    let mut conform = task::conform();
    conform.arg(command);
    conform
}

fn certify(out: &Path) -> Command {
    let mut certify = conform("certify");
    certify.args(["--profile", "quick", "--out"]).arg(out);
    certify
}

/// Runs a command that is to end with this exit code.
fn ends(command: &mut Command, code: i32) -> anyhow::Result<()> {
    eprintln!("$ {}", task::text(command));
    let status = command.status().with_context(|| format!("failed to start `{}`", task::text(command)))?;
    ensure!(status.code() == Some(code), "`{}` ended with {status}, and {code} is due", task::text(command));
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("failed to read {}", path.display()))
}
