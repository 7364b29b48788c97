//! `campaign run`: runs the chunks of a shard.

use super::super::exit::Exit;
use super::super::lane_arguments::LaneArguments;
use super::super::progress::Progress;
use super::super::{MessageFormat, Misuse};
use super::{StoreArguments, here};
use clap::{Args, value_parser};
use modal_harness::campaign::{Ending, Share, Work, WorkListener, work};
use modal_harness::{Finding, Listener};
use serde_json::json;
use std::env;

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    #[command(flatten)]
    store: StoreArguments,
    /// The shard, as I/N: its number from 0, and how many there are. Unless told, SHARD_INDEX and SHARD_COUNT say it, or
    /// Slurm's or Kubernetes' variables for an array's task; and without them it is the whole campaign.
    #[arg(long, value_name = "I/N")]
    shard: Option<Share>,
    /// Run the chunks that are in the store, too, and hold what comes out against them.
    #[arg(long)]
    again: bool,
    /// How many threads; the number of cores unless told.
    #[arg(long, value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &RunArguments) -> anyhow::Result<Exit> {
    let campaign = arguments.store.open()?;
    let plan = campaign.plan();
    let told = || Share::from_environment(|name| env::var(name).ok());
    let share = match arguments.shard {
        Some(share) => share,
        None => told().map_err(|error| Misuse(error.to_string()))?.unwrap_or(Share::WHOLE),
    };
    here::check(plan)?;
    let (names, foreign) = here::lanes_of(plan)?;
    let lanes = LaneArguments::named(names, foreign).chosen()?;
    let config = here::config(plan, lanes, arguments.jobs)?;
    let cases =
        share.chunks(plan.chunks()).map(|chunk| plan.cases_of(chunk)).map(|cases| cases.end - cases.start).sum();
    let watch = Watch { progress: Progress::new(cases) };
    let done = work(&campaign, share, &config, arguments.again, &watch)?;
    let took = watch.progress.finish();
    let Work { stored, there, faulted, findings } = &done;
    match arguments.message_format {
        MessageFormat::Json => {
            let faulted = faulted.iter().map(|(chunk, reason)| json!({"chunk": chunk, "reason": reason}));
            let document = json!({
                "campaign": campaign.id(),
                "shard": share.to_string(),
                "stored": stored,
                "there": there,
                "findings": findings,
                "faulted": faulted.collect::<Vec<_>>(),
            });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
        MessageFormat::Human => {
            let seconds = took.as_secs_f64();
            anstream::println!("shard {share}: {stored} chunks stored, {there} there before, {seconds:.0} s");
            for (chunk, reason) in faulted {
                anstream::println!("  chunk {chunk} is not stored, something broke: {reason}");
            }
            if *findings > 0 {
                anstream::println!("  {findings} findings in {}/findings", campaign.place());
            }
        }
    }
    Ok(if !faulted.is_empty() {
        Exit::Incomplete
    } else if *findings > 0 {
        Exit::Diverge
    } else if stored + there == 0 {
        Exit::NothingRan
    } else {
        Exit::Agree
    })
}

struct Watch {
    progress: Progress,
}

impl Listener for Watch {
    fn done(&self, cases: u64) {
        self.progress.advance(cases);
    }

    fn found(&self, Finding { index, verdict, .. }: &Finding) {
        anstream::eprintln!("case {index}: {verdict}");
    }
}

impl WorkListener for Watch {
    fn ended(&self, chunk: u64, ending: Ending) {
        let text = match ending {
            Ending::Stored => "stored",
            Ending::Same => "the same as the one in the store",
            Ending::Disputed => "ANOTHER than the one in the store",
            Ending::Faulted => "not stored, something broke",
        };
        anstream::eprintln!("chunk {chunk}: {text}");
    }
}
