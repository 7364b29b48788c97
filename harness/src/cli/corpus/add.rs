//! `corpus add`: keeps a reduced finding as a case of the corpus.

use crate::cli::exec::hear;
use crate::cli::exit::Exit;
use crate::cli::{LaneArguments, Misuse, built};
use anyhow::{Context as _, bail};
use clap::Args;
use modal_harness::corpus::Addition;
use modal_harness::{Listing, Panel, Repro, Verdict};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct AddArguments {
    /// The repro folder, as `reduce` writes it.
    folder: PathBuf,
    /// The case's name, which says what it shows (`wasmi-2.0.0-select-on-zero-test`).
    #[arg(long)]
    name: String,
    /// What the case shows, in a sentence; its operators unless told.
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
    /// Where the case is written.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &AddArguments) -> anyhow::Result<Exit> {
    let AddArguments { folder, name, about, to, lanes } = arguments;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    anyhow::ensure!(
        !name.is_empty() && name.chars().all(plain) && !name.starts_with('.'),
        Misuse(format!("--name {name:?} is no file name of letters, digits, '-', '_' and '.'"))
    );
    let repro = Repro::read(folder)?;
    let (evidence, verdict) = hear(&mut Panel::new(lanes.open_apart()?)?, &repro.case)?;
    let seen = match (&verdict, evidence.lanes.first().map(|lane| &lane.observation), &evidence.reference.observation) {
        (Verdict::Agree, Some(Ok(seen)), _) => seen,
        // Where lanes are wrong the rules are right: the case fails until the lanes are, or are not used.
        (Verdict::Diverge(_) | Verdict::Fault(_), _, Ok(seen)) => seen,
        (_, _, Err(fault)) => bail!("failed to expect anything of {}: the reference has {fault}", folder.display()),
        (Verdict::Agree, _, _) => bail!("failed to expect anything of {}: no lane has seen it", folder.display()),
    };
    let about = about.clone();
    let about = about.unwrap_or_else(|| format!("{}: every observer sees the same", Listing::windows(&repro.case)));
    let to = to.clone().unwrap_or_else(|| built::project().join("corpus/regressions"));
    let path = to.join(format!("{name}.wat"));
    let addition = Addition { about: &about, note: repro.first_verdict.as_deref(), case: &repro.case, seen };
    addition.write(&path).with_context(|| format!("failed to add {}", folder.display()))?;
    anstream::println!("wrote {}", path.display());
    match verdict {
        Verdict::Agree => {
            anstream::println!("all lanes agree on it; say in the file what was wrong, and who treats it")
        }
        Verdict::Diverge(_) | Verdict::Fault(_) => {
            anstream::println!("the lanes do not agree; the file expects what the reference sees: {verdict}");
        }
    }
    Ok(Exit::Agree)
}
