//! `reduce`: makes findings as small as they get, and tells those apart that are different.

use super::exec::hear;
use super::exit::Exit;
use super::progress::Shrinking;
use super::{LaneArguments, MessageFormat, case_text, finding};
use anyhow::Context as _;
use clap::{Args, value_parser};
use modal_harness::{
    Bucket, Case, CaseSize, DEFAULT_ATTEMPTS, Listing, NotWanted, Panel, Property, Reducer, Reduction, Repro, Symptom,
    Verdict, WorkerLimits,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a lane may think about a candidate, which takes a fraction of a second unless it hangs: then it takes all of this,
/// and once more on a fresh worker. The finding itself, and what it is reduced to, are heard under the usual limits.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
pub(super) struct ReduceArguments {
    /// The repro folder of a finding, a folder of such folders, or a file of the corpus.
    folder: PathBuf,
    /// End after so many tries, however large the case is then.
    #[arg(long, default_value_t = DEFAULT_ATTEMPTS, value_parser = value_parser!(u32).range(1..), value_name = "N")]
    attempts: u32,
    /// Where the reduced findings are written.
    #[arg(long, default_value = "target/conform/reduced", value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    lanes: LaneArguments,
}

/// What became of a finding.
enum Ended {
    Reduced(Box<Reduced>),
    /// There is nothing to reduce.
    Agrees,
    /// It is there at one time and not at another, so no smaller case can be told to have it.
    Unsteady,
}

/// A finding and what it is reduced to.
struct Reduced {
    given: PathBuf,
    folder: PathBuf,
    symptom: Symptom,
    verdict: Verdict,
    reduction: Reduction,
}

pub(super) fn run(arguments: &ReduceArguments) -> anyhow::Result<Exit> {
    let folders = findings(&arguments.folder)?;
    let mut panel = Panel::new(arguments.lanes.open_apart()?)?;
    let mut kinds: BTreeMap<(String, String), PathBuf> = BTreeMap::new();
    let (mut documents, mut agreeing, mut unsteady) = (Vec::new(), 0_usize, Vec::new());
    for folder in &folders {
        let reduced = match reduce(arguments, &mut panel, folder)? {
            Ended::Reduced(reduced) => reduced,
            Ended::Agrees => {
                agreeing += 1;
                continue;
            }
            Ended::Unsteady => {
                anstream::eprintln!("not reduced: the case of {} is not seen the same each time", folder.display());
                unsteady.push(folder);
                continue;
            }
        };
        let window = Listing::windows(&reduced.reduction.case);
        let like = kinds.get(&(reduced.symptom.to_string(), window.clone())).cloned();
        match arguments.lanes.message_format {
            MessageFormat::Human => print(&reduced, &window, like.as_deref(), &arguments.lanes.words()),
            MessageFormat::Json => documents.push(json!({
                "given": reduced.given,
                "folder": reduced.folder,
                "verdict": reduced.verdict,
                "window": window,
                "like": like,
                "attempts": reduced.reduction.attempts,
                "finished": reduced.reduction.finished,
                "operators": reduced.reduction.to.operators,
                "bytes": reduced.reduction.to.bytes,
            })),
        }
        kinds.entry((reduced.symptom.to_string(), window)).or_insert(reduced.folder);
    }
    match arguments.lanes.message_format {
        MessageFormat::Human if folders.len() > 1 => {
            let reduced = folders.len() - agreeing - unsteady.len();
            anstream::print!("{reduced} findings of {} kinds, {agreeing} that agree", kinds.len());
            match unsteady.len() {
                0 => anstream::println!(),
                count => anstream::println!(", {count} that are not seen the same each time"),
            }
        }
        MessageFormat::Human => {}
        MessageFormat::Json => {
            let document =
                json!({"reduced": documents, "kinds": kinds.len(), "agreeing": agreeing, "unsteady": unsteady});
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(match (unsteady.is_empty(), kinds.is_empty()) {
        (false, _) => Exit::Incomplete,
        (true, true) => Exit::NothingRan,
        (true, false) => Exit::Agree,
    })
}

/// The finding itself, or the folders in a folder that hold a case.
fn findings(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if finding::is_at(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let entries = std::fs::read_dir(folder).with_context(|| format!("failed to read {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("failed to read {}", folder.display()))?.path();
        if Repro::is_at(&path) {
            found.push(path);
        }
    }
    anyhow::ensure!(
        !found.is_empty(),
        "failed to find anything to reduce: {} is no repro folder and holds none; `cargo conform run` writes them",
        folder.display()
    );
    found.sort();
    Ok(found)
}

/// Reduces one finding, or says why there is nothing to reduce.
fn reduce(arguments: &ReduceArguments, panel: &mut Panel, folder: &Path) -> anyhow::Result<Ended> {
    let case = finding::case(folder)?;
    let (_, verdict) = hear(panel, &case)?;
    let Some(symptom) = verdict.symptom() else {
        anstream::eprintln!(
            "nothing to reduce in {}: all observers agree on its case; name the lanes that found it by --lanes and --worker",
            folder.display()
        );
        return Ok(Ended::Agrees);
    };
    let shows = |panel: &mut Panel, case: &Arc<Case>| {
        hear(panel, case).is_ok_and(|(_, verdict)| verdict.symptom().as_ref() == Some(&symptom))
    };
    // Every candidate is heard by the lanes that the symptom concerns, and no more, if they show it by themselves.
    let limits = WorkerLimits { patience: PATIENCE, ..WorkerLimits::default() };
    let all = || Ok(Panel::new(arguments.lanes.open_those(|_| true, limits)?)?);
    let enough = shows(&mut narrow(arguments, &symptom, limits)?, &case);
    let open = || if enough { narrow(arguments, &symptom, limits) } else { all() };
    let mut judge = open()?;
    let Ok(mut reduction) = shrink(arguments, folder, &case, |case| shows(&mut judge, case)) else {
        return Ok(Ended::Unsteady);
    };
    // What a lane sees may depend on what it saw before. Such a lane is asked in processes that have seen nothing, which
    // takes longer.
    let fresh = |case: &Arc<Case>| open().is_ok_and(|mut panel| shows(&mut panel, case));
    let shows_fresh = fresh(&reduction.case);
    if !shows_fresh || !shows(&mut judge, &reduction.case) {
        let from = if shows_fresh { &reduction.case } else { &case };
        let Ok(again) = shrink(arguments, folder, from, fresh) else { return Ok(Ended::Unsteady) };
        let attempts = reduction.attempts + again.attempts;
        reduction = Reduction { from: reduction.from, attempts, ..again };
    }
    let (evidence, verdict) = hear(&mut Panel::new(arguments.lanes.open_apart()?)?, &reduction.case)?;
    let repro = Repro::write(&arguments.out, &reduction.case, &evidence, &verdict)
        .with_context(|| format!("failed to write under {}", arguments.out.display()))?;
    let reduced = Reduced { given: folder.to_owned(), folder: repro.folder, symptom, verdict, reduction };
    Ok(Ended::Reduced(Box::new(reduced)))
}

/// Reduces a case, and shows how far that is.
fn shrink(
    arguments: &ReduceArguments,
    folder: &Path,
    case: &Arc<Case>,
    keep: impl FnMut(&Arc<Case>) -> bool,
) -> Result<Reduction, NotWanted> {
    let mut progress = Shrinking::new(folder, arguments.attempts);
    let mut watch = |now: &_| progress.advance(now);
    let reduction = Reducer::default().attempts(arguments.attempts).watch(&mut watch).run(case, keep);
    progress.finish();
    reduction
}

/// A panel of what the symptom concerns, and no more: every candidate is heard by it.
fn narrow(arguments: &ReduceArguments, symptom: &Symptom, limits: WorkerLimits) -> anyhow::Result<Panel> {
    let names = Panel::new(arguments.lanes.open_those(|name| symptom.concerns(name), limits)?)?;
    let by_fuel =
        matches!(symptom, Symptom::Diverge(Bucket { property: Property::Fuel, .. })) || symptom.concerns("fuel");
    Ok(if by_fuel { names } else { names.without_fuel() })
}

fn print(reduced: &Reduced, window: &str, like: Option<&Path>, lanes: &str) {
    let Reduced { given, folder, symptom, verdict, reduction } = reduced;
    anstream::println!("{}", given.display());
    anstream::println!("  {symptom}");
    anstream::println!("  from {}", size(reduction.from));
    anstream::println!("  to   {}, in {} tries", size(reduction.to), reduction.attempts);
    if !reduction.finished {
        anstream::println!("  the tries ran out: it may get smaller with more (--attempts)");
    }
    if verdict.symptom().as_ref() != Some(symptom) {
        anstream::println!("  all lanes together: {verdict}");
    }
    match like {
        Some(like) => anstream::println!("  another of the kind of {}", like.display()),
        None => {
            if !window.is_empty() {
                anstream::println!("  kind {window}");
            }
            for line in case_text::text(&reduction.case).lines() {
                anstream::println!("    {line}");
            }
        }
    }
    anstream::println!("  cargo conform explain {}{lanes}", folder.display());
    anstream::println!("  cargo conform corpus add {} --name NAME", folder.display());
}

fn size(CaseSize { bytes, operators, modules, runs, input_bytes }: CaseSize) -> String {
    let many = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![many(operators, "operator"), many(bytes, "byte"), many(runs, "run")];
    // What a case can be without is told where it is there.
    if modules > 1 {
        parts.insert(0, many(modules, "module"));
    }
    if input_bytes > 0 {
        parts.push(many(input_bytes, "byte") + " of input");
    }
    parts.join(", ")
}
