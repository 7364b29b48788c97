//! `replay`: judges the case of a repro folder again.

use super::exec::hear;
use super::exit::Exit;
use super::show::show;
use super::{LaneArguments, finding};
use clap::Args;
use modal_harness::Panel;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// The repro folder, or a file of the corpus.
    folder: PathBuf,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &ReplayArguments) -> anyhow::Result<Exit> {
    let case = finding::case(&arguments.folder)?;
    let (evidence, verdict) = hear(&mut Panel::new(arguments.lanes.open()?)?, &case)?;
    show(&case, &evidence, &verdict, arguments.lanes.message_format)
}
