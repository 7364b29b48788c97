//! `replay`: judges the case of a repro folder again.

use super::exec::hear;
use super::exit::Exit;
use super::show::show;
use super::{LaneArguments, built};
use clap::Args;
use modal_harness::Repro;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// The repro folder.
    folder: PathBuf,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &ReplayArguments) -> anyhow::Result<Exit> {
    let repro = Repro::read(&arguments.folder)?;
    let lanes = arguments.lanes.lanes()?;
    let (evidence, verdict) = hear(lanes, &built::worker(lanes)?, &repro.case)?;
    show(&repro.case, &evidence, &verdict, arguments.lanes.message_format)
}
