//! `replay`: judges the case of a repro folder again, or a sample of a certification's cases.

mod sample;

use super::exec::hear;
use super::exit::Exit;
use super::show::show;
use super::{LaneArguments, finding};
use clap::Args;
use modal_harness::Panel;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// The repro folder, or a file of the corpus; with `--sample`, the folder of a certification.
    folder: PathBuf,
    /// Generate and judge so many of a certification's cases again, and hold them against its results.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    sample: Option<u64>,
    /// Which cases the sample is made of.
    #[arg(long, default_value_t = 1, requires = "sample", value_name = "NUMBER")]
    pick: u64,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &ReplayArguments) -> anyhow::Result<Exit> {
    if let Some(size) = arguments.sample {
        return sample::run(&arguments.folder, size, arguments.pick, &arguments.lanes);
    }
    let case = finding::case(&arguments.folder)?;
    let (evidence, verdict) = hear(&mut Panel::new(arguments.lanes.open_apart()?)?, &case)?;
    show(&case, &evidence, &verdict, arguments.lanes.message_format)
}
