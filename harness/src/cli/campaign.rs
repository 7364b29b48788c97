//! `campaign`: plans a campaign, runs shards of it, merges them, and tells how far it is.

pub(super) mod here;
mod merge;
mod plan;
mod run;
mod status;

use super::exit::Exit;
use clap::{Args, Subcommand};
use modal_harness::campaign::{Campaign, CampaignError, PlanError, Store};

#[derive(Debug, Args)]
pub(super) struct CampaignArguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plans a campaign: writes campaign.json, whose digest names it.
    Plan(plan::PlanArguments),
    /// Runs the chunks of a shard that are not in the store.
    Run(run::RunArguments),
    /// Adds up all chunks, judges a sample of cases again, and writes the index.
    Merge(merge::MergeArguments),
    /// Tells how far a campaign is, from its store alone.
    Status(status::StatusArguments),
}

/// Which campaign.
#[derive(Clone, Debug, Args)]
struct StoreArguments {
    /// Where campaigns are kept: a folder, or s3://BUCKET/PREFIX.
    #[arg(long, env = "MODAL_STORE", value_name = "PLACE")]
    store: String,
    /// The campaign, by the beginning of its name; not needed if the store has one only.
    #[arg(long, env = "MODAL_CAMPAIGN", value_name = "NAME")]
    campaign: Option<String>,
}

impl StoreArguments {
    fn open(&self) -> Result<Campaign, CampaignError> {
        Campaign::open(Store::open(&self.store)?, self.campaign.as_deref())
    }
}

pub(super) fn run(arguments: &CampaignArguments) -> anyhow::Result<Exit> {
    let exit = match &arguments.command {
        Command::Plan(arguments) => plan::run(arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Merge(arguments) => merge::run(arguments),
        Command::Status(arguments) => status::run(arguments),
    };
    exit.or_else(|error| match error.downcast_ref().and_then(exit_of) {
        Some(exit) => {
            anstream::eprintln!("error: {error:#}");
            Ok(exit)
        }
        None => Err(error),
    })
}

/// How a command ends that a campaign's trouble stops, unless it is the set-up's.
fn exit_of(error: &CampaignError) -> Option<Exit> {
    match error {
        CampaignError::Dispute(_) | CampaignError::Another { .. } => Some(Exit::Diverge),
        CampaignError::Incomplete { .. } => Some(Exit::Incomplete),
        CampaignError::Plan(
            PlanError::NoCases | PlanError::TooLarge { .. } | PlanError::Chunk { .. } | PlanError::SampleEvery { .. },
        ) => Some(Exit::Usage),
        CampaignError::Plan(PlanError::Format { .. } | PlanError::Another { .. })
        | CampaignError::NoStore { .. }
        | CampaignError::Store { .. }
        | CampaignError::Unknown { .. }
        | CampaignError::Ambiguous { .. }
        | CampaignError::NotThePlan { .. }
        | CampaignError::NotAsPlanned { .. }
        | CampaignError::Lane(_)
        | CampaignError::Table { .. }
        | CampaignError::Archive(_)
        | CampaignError::Random(_) => None,
    }
}
