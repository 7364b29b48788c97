//! `campaign merge`: adds up all chunks.

use super::super::MessageFormat;
use super::super::exit::Exit;
use super::super::lane_arguments::LaneArguments;
use super::{StoreArguments, here};
use clap::{Args, value_parser};
use modal_harness::campaign::{Campaign, Index, Resample, merge};
use modal_harness::results::Sha256Sum;
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    #[command(flatten)]
    store: StoreArguments,
    /// How many cases are judged again; the results' root chooses them.
    #[arg(long, default_value_t = 8, value_parser = value_parser!(u64).range(1..), value_name = "N")]
    sample: u64,
    /// The least share of cases, in percent, in which every call completes, for campaigns of 200 cases or more.
    #[arg(long, default_value_t = 40, value_parser = value_parser!(u64).range(0..=100), value_name = "PERCENT")]
    min_completed: u64,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &MergeArguments) -> anyhow::Result<Exit> {
    let campaign = arguments.store.open()?;
    let plan = campaign.plan();
    here::check(plan)?;
    let (names, foreign) = here::lanes_of(plan)?;
    let config = here::config(plan, LaneArguments::named(names, foreign).chosen()?, None)?;
    let (cases, min_completed_percent) = (arguments.sample, arguments.min_completed);
    let index = merge(&campaign, &Resample { cases, config, min_completed_percent })?;
    publish(&campaign, &index)?;
    let sum = Sha256Sum::of(&index.to_json());
    match arguments.message_format {
        MessageFormat::Json => {
            let document = json!({
                "campaign": campaign.id(),
                "index_sha256": sum,
                "root": index.root,
                "findings": index.findings,
                "gaps": index.gaps,
                "judged_again": index.judged_again,
            });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
        MessageFormat::Human => print(&campaign, &index, sum),
    }
    Ok(if !index.findings.is_empty() || index.summary.diverged > 0 {
        Exit::Diverge
    } else if index.gaps.is_empty() {
        Exit::Agree
    } else {
        Exit::Incomplete
    })
}

/// Writes what is made of a campaign into its `merged` folder.
fn publish(campaign: &Campaign, index: &Index) -> anyhow::Result<()> {
    campaign.publish(Index::FILE, index.to_json())?;
    Ok(())
}

fn print(campaign: &Campaign, index: &Index, sum: Sha256Sum) {
    let Index { root, summary, counts, findings, gaps, judged_again, chunks, .. } = index;
    anstream::println!("campaign {}", campaign.id());
    anstream::println!("  {} cases in {} chunks, {} judged again", root.rows, chunks.len(), judged_again.len());
    anstream::println!("  root   {}", root.sha256);
    anstream::println!("  index  {sum}");
    anstream::println!(
        "{:<12} {:<14} {:>12} {:>12} {:>9} {:>9}",
        "lane",
        "check",
        "expected",
        "executed",
        "diverged",
        "unbound"
    );
    for (lane, check, count) in counts.iter() {
        let check = check.to_string();
        anstream::println!(
            "{lane:<12} {check:<14} {:>12} {:>12} {:>9} {:>9}",
            count.expected,
            count.executed(),
            count.diverged,
            count.unbound
        );
    }
    for finding in findings {
        anstream::println!("  case {}: {}/{}", finding.index, campaign.place(), finding.file());
    }
    gaps.iter().for_each(|gap| anstream::println!("  {gap}"));
    if index.is_agreement() {
        anstream::println!("{} lanes and the reference agree on all {} cases", summary.lanes.len(), summary.agreed);
    } else if findings.is_empty() {
        anstream::println!("INCOMPLETE: {} things are left open", gaps.len());
    } else {
        anstream::println!("DIVERGENCE: {} cases did not end in agreement", findings.len());
    }
}
