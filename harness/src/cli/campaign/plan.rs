//! `campaign plan`: what a campaign is, before anything of it is run.

use super::super::exit::Exit;
use super::super::kind::KindArguments;
use super::super::lane_arguments::LaneArguments;
use super::super::{MessageFormat, built};
use super::here;
use clap::{Args, ValueEnum as _};
use modal_harness::campaign::{Campaign, Plan, PlannedLane, Store};
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    /// Where campaigns are kept: a folder, or s3://BUCKET/PREFIX.
    #[arg(long, env = "MODAL_STORE", value_name = "PLACE")]
    store: String,
    /// The seed. The same seed gives the same cases, and they are those of `run`.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of the first case.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    first: u64,
    /// How many cases, each one module with several runs.
    #[arg(long)]
    cases: u64,
    /// Cases in a chunk: a power of two. A worker that is killed loses the chunk that it was at.
    #[arg(long, default_value_t = 4_096, value_name = "CASES")]
    chunk: u64,
    /// One case in so many is repeated in fresh processes; 256, or a chunk if that is less.
    #[arg(long, value_name = "N")]
    sample_every: Option<u64>,
    #[command(flatten)]
    kind: KindArguments,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &PlanArguments) -> anyhow::Result<Exit> {
    // Both are built, if they have to be, so that what is pinned is what is there when the campaign is run.
    built::worker(&[modal_harness::LaneKind::Node])?;
    built::guest()?;
    let kind = arguments.kind.kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let end = arguments.first.saturating_add(arguments.cases);
    let foreign = arguments.lanes.workers();
    let ids = arguments.lanes.open()?.ids();
    let lanes = ids.into_iter().map(|id| PlannedLane { worker: foreign.get(&id.name).cloned(), id });
    let usual = Plan::new(arguments.seed, arguments.first..end, kind);
    let plan = Plan {
        chunk: arguments.chunk,
        sample_every: arguments.sample_every.unwrap_or(usual.sample_every.min(arguments.chunk)),
        lanes: lanes.collect(),
        inputs: here::inputs()?,
        ..usual
    };
    let campaign = Campaign::create(Store::open(&arguments.store)?, plan)?;
    let plan = campaign.plan();
    match arguments.lanes.message_format {
        MessageFormat::Json => {
            let document =
                json!({"campaign": campaign.id(), "place": campaign.place(), "chunks": plan.chunks(), "plan": plan});
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
        MessageFormat::Human => {
            anstream::println!("campaign {}", campaign.id());
            anstream::println!(
                "  {} cases in {} chunks of {}, seed {}",
                plan.cases,
                plan.chunks(),
                plan.chunk,
                plan.seed
            );
            for PlannedLane { id, .. } in &plan.lanes {
                anstream::println!("  {:<10} {}", id.name, id.version);
            }
            anstream::println!("  {}", campaign.place());
            let short = &campaign.id().to_string()[..12];
            let store = &arguments.store;
            anstream::println!("run it:   cargo conform campaign run --store {store} --campaign {short} --shard 0/1");
            anstream::println!("merge it: cargo conform campaign merge --store {store} --campaign {short}");
        }
    }
    Ok(Exit::Agree)
}
