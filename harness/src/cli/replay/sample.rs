//! A sample of a certification's cases, generated and judged again.

use super::super::exec::hear;
use super::super::exit::Exit;
use super::super::progress::Progress;
use super::super::{LaneArguments, MessageFormat, Misuse, built};
use anyhow::ensure;
use modal_harness::generate::Kind;
use modal_harness::report::Certification;
use modal_harness::results::{Row, RowVerdict};
use modal_harness::{Panel, Seed};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// A case whose row is not what it was.
struct Changed {
    index: u64,
    was: RowVerdict,
    is: RowVerdict,
    columns: Vec<&'static str>,
}

/// Judges so many cases again, which `pick` chooses: whoever checks a certification chooses for themselves.
pub(super) fn run(folder: &Path, size: u64, pick: u64, lanes: &LaneArguments) -> anyhow::Result<Exit> {
    let Certification { conformance, rows, .. } = Certification::read(folder)?;
    let here = env!("CARGO_PKG_VERSION");
    let made_by = &conformance.inputs.harness;
    ensure!(made_by == here, "the cases are those of harness {made_by}, and this is harness {here}: replay them there");
    ensure!(
        size <= rows.len() as u64,
        Misuse(format!("--sample {size} is more than the {} cases of {}", rows.len(), folder.display()))
    );
    let kind = Kind::All(built::guest()?);
    let mut panel = Panel::new(lanes.open()?)?;
    let progress = Progress::new(size);
    let mut changed = Vec::new();
    for place in sample(rows.len() as u64, size, pick) {
        let row = &rows[place];
        let generated = kind.generate(conformance.inputs.seed, row.index)?;
        let case = Arc::new(panel.expand(generated.case, generated.seed));
        let (evidence, verdict) = hear(&mut panel, &case)?;
        let again = Row::of(row.index, generated.seed, generated.source.to_string(), &case, &evidence, &verdict);
        let columns = row.differing(&again);
        if !columns.is_empty() {
            changed.push(Changed { index: row.index, was: row.verdict.clone(), is: again.verdict, columns });
        }
        progress.advance(1);
    }
    progress.finish();
    show(size, &changed, lanes.message_format)
}

/// The places of so many rows, in order, none of them twice.
fn sample(rows: u64, size: u64, pick: u64) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    let mut draws = (0..).map(|draw| Seed::of_case(pick, draw).0 % rows);
    while (places.len() as u64) < size.min(rows) {
        let place = draws.next().expect("there is no end of draws");
        places.insert(usize::try_from(place).expect("a row's place fits, since the row is in memory"));
    }
    places
}

fn show(size: u64, changed: &[Changed], format: MessageFormat) -> anyhow::Result<Exit> {
    match format {
        MessageFormat::Human => {
            for Changed { index, was, is, columns } in changed {
                anstream::println!("case {index} was {was} and is {is}: {} differ", columns.join(", "));
            }
            anstream::println!("{} of {size} cases are what they were", size - changed.len() as u64);
        }
        MessageFormat::Json => {
            let changed = changed.iter().map(|Changed { index, was, is, columns }| {
                json!({ "index": index, "was": was.to_string(), "is": is.to_string(), "columns": columns })
            });
            let document = json!({ "replayed": size, "changed": changed.collect::<Vec<_>>() });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(if changed.is_empty() { Exit::Agree } else { Exit::Diverge })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_as_large_as_it_is_asked_for_and_depends_on_the_pick() {
        for (rows, size) in [(1, 1), (10, 10), (1_000, 7), (5, 0)] {
            let places = sample(rows, size, 3);
            assert_eq!(places.len() as u64, size, "{size} of {rows}");
            assert!(places.iter().all(|&place| (place as u64) < rows));
        }
        assert_eq!(sample(1_000, 7, 3), sample(1_000, 7, 3));
        assert_ne!(sample(1_000, 7, 3), sample(1_000, 7, 4));
    }
}
