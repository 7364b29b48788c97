//! `trends`: notes what runs measured, a line for each, and draws the page of them.

use super::Misuse;
use super::exit::Exit;
use anyhow::Context as _;
use clap::Args;
use modal_harness::report::{Certification, TrendPoint, Trends};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct TrendsArguments {
    /// The file with a line of JSON for each run: `{"started": TIME, "what": NAME, "measures": {NAME: NUMBER}}`.
    file: PathBuf,
    /// Append what the certification in this folder measured.
    #[arg(long, value_name = "DIR")]
    append: Option<PathBuf>,
    /// One more measure of the run that is appended, as what a fuzzer says of itself. Repeat it for more.
    #[arg(long = "measure", value_name = "NAME=NUMBER", value_parser = measure, requires = "append")]
    measures: Vec<(String, u64)>,
    /// Write the page to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &TrendsArguments) -> anyhow::Result<Exit> {
    let TrendsArguments { file, append, measures, out } = arguments;
    if append.is_none() && out.is_none() {
        return Err(Misuse("nothing to do: name a certification by --append, a page by --out, or both".into()).into());
    }
    if let Some(folder) = append {
        let mut point = TrendPoint::of(&Certification::read(folder)?)?;
        point.measures.extend(measures.iter().cloned());
        let line = point.to_line();
        let append = || fs::OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes());
        append().with_context(|| format!("failed to append to {}", file.display()))?;
    }
    if let Some(out) = out {
        fs::write(out, Trends::read(file)?.page()?).with_context(|| format!("failed to write {}", out.display()))?;
        anstream::println!("{}", out.display());
    }
    Ok(Exit::Agree)
}

fn measure(text: &str) -> Result<(String, u64), String> {
    let pair = text.split_once('=').and_then(|(name, number)| Some((name.to_owned(), number.parse().ok()?)));
    pair.filter(|(name, _)| !name.is_empty()).ok_or_else(|| format!("{text:?} is not NAME=NUMBER"))
}
