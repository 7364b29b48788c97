//! `lanes`: which lanes there are and what they are.

use super::exit::Exit;
use super::{LaneArguments, MessageFormat};
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct LanesArguments {
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &LanesArguments) -> anyhow::Result<Exit> {
    let ids = arguments.lanes.open()?.ids();
    match arguments.lanes.message_format {
        MessageFormat::Human => ids.iter().for_each(|id| anstream::println!("{:<10} {}", id.name, id.version)),
        MessageFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&ids)?),
    }
    Ok(Exit::Agree)
}
