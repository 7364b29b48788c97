//! `campaign status`: how far a campaign is.

use super::super::MessageFormat;
use super::super::exit::Exit;
use super::StoreArguments;
use clap::Args;
use modal_harness::campaign::{Attempt, Status, Unfinished};

/// Chunks that are shown one by one.
const SHOWN: usize = 20;

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    #[command(flatten)]
    store: StoreArguments,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &StatusArguments) -> anyhow::Result<Exit> {
    let status = arguments.store.open()?.status()?;
    match arguments.message_format {
        MessageFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&status)?),
        MessageFormat::Human => print(&status),
    }
    Ok(if status.disputes > 0 {
        Exit::Diverge
    } else if status.done == status.chunks {
        Exit::Agree
    } else {
        Exit::Incomplete
    })
}

fn print(status: &Status) {
    let percent = status.cases_done * 100 / status.cases.max(1);
    anstream::println!("campaign {}", status.campaign);
    anstream::println!(
        "  {} of {} chunks, {} of {} cases, {percent} %",
        status.done,
        status.chunks,
        status.cases_done,
        status.cases
    );
    if let Some(rate) = status.cases_per_second {
        let left = (status.cases - status.cases_done) as f64 / rate.max(f64::MIN_POSITIVE);
        anstream::println!("  {rate:.0} cases/s over all workers, {:.0} s left at that rate", left);
    }
    anstream::println!("  {} attempts, {} chunks not begun", status.attempts, status.untouched);
    for Unfinished { chunk, attempts, last, seconds } in status.unfinished.iter().take(SHOWN) {
        let who = last.as_ref().map_or_else(String::new, |Attempt { share, host, ending, .. }| {
            let how =
                ending.map_or_else(|| "running, or killed".to_owned(), |ending| format!("{ending:?}").to_lowercase());
            format!(", the last by shard {share} on {host} {seconds} s ago: {how}")
        });
        anstream::println!("  chunk {chunk}: {attempts} attempts{who}");
    }
    if let Some(more) = status.unfinished.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        anstream::println!("  and {more} more");
    }
    anstream::println!(
        "  {} findings, {} disputes, {}",
        status.findings,
        status.disputes,
        if status.merged { "merged" } else { "not merged" }
    );
}
