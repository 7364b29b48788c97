//! `corpus`: judges the cases of the corpus, or rewrites their expectations.

use super::exit::Exit;
use super::{LaneArguments, sdk};
use clap::Args;
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::{LaneSet, Panel};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct CorpusArguments {
    /// Files or folders; the whole corpus unless told.
    paths: Vec<PathBuf>,
    /// Rewrite the expectations to what all lanes and the reference agree on.
    #[arg(long)]
    bless: bool,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &CorpusArguments) -> anyhow::Result<Exit> {
    let lanes = arguments.lanes.lanes()?;
    let mut panel = Panel::new(LaneSet::open(lanes, &sdk::worker(lanes)?)?)?;
    let paths = if arguments.paths.is_empty() {
        vec![sdk::project().join("corpus/cases"), sdk::project().join("corpus/regressions")]
    } else {
        arguments.paths.clone()
    };
    let mut cases = Vec::new();
    for path in paths {
        cases.extend(if path.is_dir() { files(&path)? } else { vec![path] });
    }
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for path in &cases {
        match hear(&mut panel, path, arguments.bless) {
            Ok(Some(note)) => {
                right += 1;
                anstream::println!("{note} {}", path.display());
            }
            Ok(None) => right += 1,
            Err(error) => {
                wrong += 1;
                anstream::println!("{error}");
            }
        }
    }
    anstream::println!("{right} passed, {wrong} failed");
    Ok(match (right, wrong) {
        (0, 0) => Exit::NothingRan,
        (_, 0) => Exit::Agree,
        (_, _) => Exit::Diverge,
    })
}

fn hear(panel: &mut Panel, path: &std::path::Path, bless: bool) -> Result<Option<&'static str>, CorpusError> {
    let case = CorpusCase::read(path)?;
    if bless {
        let seen = case.hear(panel)?;
        return Ok(case.bless(&seen)?.then_some("rewrote"));
    }
    case.check(panel)?;
    Ok(None)
}
