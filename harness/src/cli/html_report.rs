//! `report`: makes the page that shows a certification.

use super::certification::write;
use super::exit::Exit;
use clap::Args;
use modal_harness::report::{Certification, report};
use std::path::PathBuf;

/// The file with the page, unless told otherwise.
pub(super) const PAGE: &str = "report.html";

#[derive(Debug, Args)]
pub(super) struct HtmlReportArguments {
    /// The folder of a certification.
    folder: PathBuf,
    /// Where the page is written; `report.html` in the folder unless told.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &HtmlReportArguments) -> anyhow::Result<Exit> {
    let HtmlReportArguments { folder, out } = arguments;
    let page = report(&Certification::read(folder)?, folder)?;
    let out = out.clone().unwrap_or_else(|| folder.join(PAGE));
    write(&out, page.as_bytes())?;
    anstream::println!("{}", out.display());
    Ok(Exit::Agree)
}
