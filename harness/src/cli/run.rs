//! `run`: generates cases and judges them.

use super::exit::Exit;
use super::progress::Progress;
use super::{LaneArguments, MessageFormat, sdk};
use anyhow::Context as _;
use clap::{Args, value_parser};
use modal_harness::{Finding, Listener, Repro, RunConfig, Summary, WorkerCommand, run as run_cases};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// The seed. The same seed gives the same cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many cases, each one module with several runs.
    #[arg(long, default_value_t = 2000)]
    cases: u64,
    #[command(flatten)]
    lanes: LaneArguments,
    /// How many threads; the number of cores unless told.
    #[arg(long, value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// The least share of cases, in percent, in which every call completes, for runs of 200 cases or more.
    #[arg(long, default_value_t = 40, value_parser = value_parser!(u64).range(0..=100), value_name = "PERCENT")]
    min_completed: u64,
    /// Where findings are written.
    #[arg(long, default_value = "target/conform/findings", value_name = "DIR")]
    findings: PathBuf,
    /// Stop after this many findings.
    #[arg(long, default_value_t = 100, value_name = "N")]
    most_findings: usize,
}

pub(super) fn run(arguments: &RunArguments) -> anyhow::Result<Exit> {
    let message_format = arguments.lanes.message_format;
    let lanes = arguments.lanes.lanes()?;
    let config = RunConfig {
        seed: arguments.seed,
        cases: arguments.cases,
        lanes: lanes.to_vec(),
        jobs: match arguments.jobs {
            Some(jobs) => usize::from(jobs),
            None => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        },
        node: sdk::worker(lanes)?,
        fresh: WorkerCommand { program: this_program()?.into(), args: vec!["worker".into()] },
        most_findings: arguments.most_findings,
    };
    let watch = Watch { progress: Progress::new(config.cases), under: &arguments.findings, failed: Mutex::new(None) };
    let (summary, findings) = run_cases(&config, &watch)?;
    let took = watch.progress.finish();
    if let Some(error) = watch.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error).with_context(|| format!("cannot write a finding under {}", arguments.findings.display()));
    }
    let folders = findings
        .iter()
        .map(|Finding { case, verdict, .. }| Repro::folder(&arguments.findings, case, verdict))
        .collect::<std::io::Result<Vec<_>>>()?;
    let gaps = summary.gaps(arguments.min_completed);
    let exit = judge_summary(&summary, &gaps);
    match message_format {
        MessageFormat::Human => print_table(arguments, &summary, &findings, &folders, took, &gaps),
        MessageFormat::Json => {
            let findings = findings.iter().zip(&folders).map(|(finding, folder)| {
                json!({"index": finding.index, "seed": finding.seed.to_string(), "verdict": finding.verdict, "folder": folder})
            });
            let document = json!({
                "seed": arguments.seed,
                "summary": summary,
                "gaps": gaps,
                "set_aside": summary.set_aside(),
                "completed_percent": summary.completed_percent(),
                "findings": findings.collect::<Vec<_>>(),
            });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(exit)
}

/// This program, to be started again. On Linux by the name that still means it after another build has taken its
/// file's place.
fn this_program() -> std::io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { std::env::current_exe() }
}

/// Shows progress and writes findings as they come.
struct Watch<'a> {
    progress: Progress,
    under: &'a Path,
    failed: Mutex<Option<std::io::Error>>,
}

impl Listener for Watch<'_> {
    fn done(&self, cases: u64) {
        self.progress.advance(cases);
    }

    fn found(&self, Finding { case, evidence, verdict, .. }: &Finding) {
        if let Err(error) = Repro::write(self.under, case, evidence, verdict) {
            self.failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }
}

/// What the run as a whole comes to. Too little compared is a failure, as a difference is.
fn judge_summary(summary: &Summary, gaps: &[String]) -> Exit {
    if summary.diverged > 0 {
        Exit::Diverge
    } else if summary.executed == 0 {
        Exit::NothingRan
    } else if gaps.is_empty() {
        Exit::Agree
    } else {
        Exit::Incomplete
    }
}

fn print_table(
    arguments: &RunArguments,
    summary: &Summary,
    findings: &[Finding],
    folders: &[PathBuf],
    took: Duration,
    gaps: &[String],
) {
    let row = |name: &str, value: String| anstream::println!("  {name:<34} {value:>14}");
    let counts = |title: &str, counts: &BTreeMap<String, u64>, of: u64| {
        anstream::println!("{title}");
        for (name, &count) in counts {
            let percent = 100.0 * count as f64 / of.max(1) as f64;
            anstream::println!("  {name:<34} {count:>14}  {percent:5.1} %");
        }
    };
    anstream::println!("seed {}, lanes", arguments.seed);
    for lane in &summary.lanes {
        anstream::println!("  {:<10} {}", lane.name, lane.version);
    }
    anstream::println!("cases");
    row("planned", summary.planned.to_string());
    row("generated", summary.generated.to_string());
    row("executed on every lane", summary.executed.to_string());
    row("agreed", summary.agreed.to_string());
    row("diverged", summary.diverged.to_string());
    row("set aside", summary.set_aside().to_string());
    counts("set aside, by cause", &summary.aside.0, summary.generated);
    counts("cases by generator", &summary.sources.0, summary.generated);
    counts("cases by outcome", &summary.outcomes.0, summary.executed);
    let runs = summary.runs.0.values().sum();
    counts("runs by outcome, limits swept", &summary.runs.0, runs);
    anstream::println!("compared");
    row("executions, all observers", summary.executions.to_string());
    row("runs under swept limits", summary.limit_runs.to_string());
    row("calls confirmed by fuel", summary.fuel_readings.to_string());
    for (reason, calls) in &summary.fuel_unread.0 {
        row(&format!("  not: {reason}"), calls.to_string());
    }
    row("cases repeated in fresh processes", summary.repeated_fresh.to_string());
    row("metered modules", summary.metered.to_string());
    row("metered modules differing", summary.metered_differing.to_string());
    let seconds = took.as_secs_f64().max(0.001);
    row("modules/s", format!("{:.0}", summary.executed as f64 / seconds));
    row("judged executions/s", format!("{:.0}", summary.executions as f64 / seconds));
    for (finding, folder) in findings.iter().zip(folders) {
        anstream::println!(
            "case {} (seed {}): {}",
            finding.index,
            finding.seed,
            shortened(&finding.verdict.to_string())
        );
        anstream::println!("  cargo conform replay {}", folder.display());
    }
    anstream::println!("{}", conclusion(summary, gaps));
}

fn conclusion(summary: &Summary, gaps: &[String]) -> String {
    let observers = format!("{} lanes and the reference", summary.lanes.len());
    match judge_summary(summary, gaps) {
        Exit::Diverge => format!("DIVERGENCE: {observers} do not agree on {} cases", summary.diverged),
        Exit::NothingRan => "NOTHING RAN".into(),
        Exit::Incomplete => format!("INCOMPLETE: {}", gaps.join("; ")),
        Exit::Agree | Exit::SetUp | Exit::Usage => format!("{observers} agree on all {} cases", summary.executed),
    }
}

/// A verdict's values can be whole observations; the repro folder has them.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 300;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
