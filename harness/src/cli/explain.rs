//! `explain`: tells what differs in a finding, and where in its module.

use super::exec::hear;
use super::exit::Exit;
use super::{LaneArguments, MessageFormat, finding};
use anyhow::Context as _;
use clap::Args;
use modal_harness::{Panel, Verdict, explain};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The repro folder, or a file of the corpus.
    folder: PathBuf,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &ExplainArguments) -> anyhow::Result<Exit> {
    let case = finding::case(&arguments.folder)?;
    let mut panel = Panel::new(arguments.lanes.open_apart()?)?;
    let (evidence, verdict) = hear(&mut panel, &case)?;
    let explanation = explain(&mut panel, &case, &evidence, &verdict)
        .with_context(|| format!("failed to explain {}", arguments.folder.display()))?;
    match (explanation, arguments.lanes.message_format) {
        (None, _) => anstream::eprintln!(
            "nothing to explain in {}: all observers agree on its case; name the lanes that found it by --lanes and --worker",
            arguments.folder.display()
        ),
        (Some(explanation), MessageFormat::Human) => anstream::print!("{explanation}"),
        (Some(explanation), MessageFormat::Json) => {
            anstream::println!("{}", serde_json::to_string_pretty(&explanation)?);
        }
    }
    Ok(match verdict {
        Verdict::Agree => Exit::NothingRan,
        Verdict::Diverge(_) => Exit::Diverge,
        Verdict::Fault(_) => Exit::Incomplete,
    })
}
