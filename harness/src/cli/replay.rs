//! `replay`: judges the case of a repro folder again.

use super::LaneArguments;
use super::exec::hear;
use super::exit::Exit;
use super::show::show;
use clap::Args;
use modal_harness::{Panel, Repro};
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
    let (evidence, verdict) = hear(&mut Panel::new(arguments.lanes.open()?)?, &repro.case)?;
    show(&repro.case, &evidence, &verdict, arguments.lanes.message_format)
}
