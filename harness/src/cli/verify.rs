//! `verify`: tells whether a certificate is to be believed.

use super::certification::{CERTIFICATE, file_of};
use super::certify::ProfileName;
use super::exit::Exit;
use super::{MessageFormat, secret};
use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum as _};
use modal_harness::certificate::{Bundle, Conformance, Subject, Verified};
use modal_harness::report::RESULTS;
use modal_harness::results::{Merkle, RowVerdict, Sha256Sum, read_table};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// The certificate, or the folder of its certification. Results that lie beside it are held against it.
    certificate: PathBuf,
    /// The public half of a key that is trusted. Repeat it for more.
    #[arg(long, required = true, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// How many of these keys must have signed it; all of them unless told.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..), value_name = "N")]
    needed: Option<u8>,
    /// The least that must have been asked for.
    #[arg(long, value_enum, default_value_t = ProfileName::Release)]
    profile: ProfileName,
    /// A file that the certificate must be about, by the name that it has there. Repeat it for more.
    #[arg(long, value_name = "NAME=FILE")]
    subject: Vec<String>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &VerifyArguments) -> anyhow::Result<Exit> {
    let path = file_of(&arguments.certificate, CERTIFICATE);
    let refusal = match verify(arguments, &path) {
        Ok(Verified { subjects, conformance }) => {
            match arguments.message_format {
                MessageFormat::Human => print(&path, &subjects, &conformance),
                MessageFormat::Json => {
                    let document = json!({ "verified": true, "subjects": subjects, "conformance": conformance });
                    anstream::println!("{}", serde_json::to_string_pretty(&document)?);
                }
            }
            return Ok(Exit::Agree);
        }
        Err(refusal) => format!("{refusal:#}"),
    };
    match arguments.message_format {
        MessageFormat::Human => anstream::println!("{} is not to be believed: {refusal}", path.display()),
        MessageFormat::Json => {
            anstream::println!("{}", serde_json::to_string_pretty(&json!({ "verified": false, "reason": refusal }))?);
        }
    }
    Ok(Exit::Diverge)
}

fn verify(arguments: &VerifyArguments, path: &Path) -> anyhow::Result<Verified> {
    let keys = arguments.key.iter().map(|key| secret::read_public(key)).collect::<anyhow::Result<Vec<_>>>()?;
    let bytes = std::fs::read(path).context("it cannot be read")?;
    let needed = arguments.needed.map_or(keys.len(), usize::from);
    let verified = Bundle::from_bytes(&bytes)?.verify(&keys, needed)?;
    let profile = ProfileName::from_str(&verified.conformance.profile, false)
        .map_err(|_| anyhow::anyhow!("it is of the profile {:?}, which is none", verified.conformance.profile))?;
    ensure!(
        profile >= arguments.profile,
        "it is of the profile {}, and {} is demanded",
        profile.name(),
        arguments.profile.name()
    );
    let results = path.with_file_name(RESULTS);
    if results.exists() {
        hold_results(&results, &verified.conformance)?;
    }
    arguments.subject.iter().try_for_each(|named| hold_subject(named, &verified.subjects))?;
    Ok(verified)
}

/// Holds the rows beside a certificate against it.
fn hold_results(path: &Path, conformance: &Conformance) -> anyhow::Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let due = &conformance.results;
    ensure!(Sha256Sum::of(&bytes) == due.parquet_sha256, "{} is not the file that it certifies", path.display());
    let rows = read_table(bytes).with_context(|| format!("{} holds no results", path.display()))?;
    let root = Merkle::of(&rows).root();
    ensure!(root.rows == due.rows && root.sha256 == due.merkle_root, "the rows of {} are not its", path.display());
    for (index, row) in (0..).zip(&rows) {
        ensure!(row.index == index, "{} has case {} where case {index} is due", path.display(), row.index);
        ensure!(row.verdict == RowVerdict::Agree, "{} says of case {index}: {}", path.display(), row.verdict);
    }
    Ok(())
}

fn hold_subject(named: &str, subjects: &[Subject]) -> anyhow::Result<()> {
    let Some((name, file)) = named.split_once('=') else {
        bail!("--subject {named:?} is not of the form NAME=FILE");
    };
    let subject = subjects.iter().find(|subject| subject.name == name);
    let subject = subject.with_context(|| format!("it is about no {name:?}"))?;
    let bytes = std::fs::read(file).with_context(|| format!("{file} cannot be read"))?;
    ensure!(Sha256Sum::of(&bytes) == subject.digest.sha256, "{file} is not the {name} that it is about");
    Ok(())
}

fn print(path: &Path, subjects: &[Subject], conformance: &Conformance) {
    anstream::println!("{} is to be believed", path.display());
    let Conformance { profile, inputs, lanes, parts, control, .. } = conformance;
    anstream::println!("profile {profile}, harness {}, seed {}, {} cases", inputs.harness, inputs.seed, inputs.cases);
    lanes.iter().for_each(|lane| anstream::println!("  {:<16} {}, {}", lane.name, lane.version, lane.architecture));
    parts.iter().for_each(|part| anstream::println!("  {}", part.summary()));
    let planted = control.classes.iter().map(|class| class.planted).sum::<u64>();
    let missed = control.survivors.len() as u64;
    anstream::println!("  {} of {planted} planted bugs noticed", planted.saturating_sub(missed));
    for Subject { name, digest } in subjects {
        anstream::println!("  {name}: {}", digest.sha256);
    }
}
