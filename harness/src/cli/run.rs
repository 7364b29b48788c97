//! `run`: generates cases and judges them.

use super::exit::Exit;
use super::kind::KindArguments;
use super::lane_arguments::ChosenLanes;
use super::progress::Progress;
use super::report::Report;
use super::{LaneArguments, MessageFormat, built};
use anyhow::Context as _;
use clap::{Args, ValueEnum, value_parser};
use modal_harness::{Finding, Listener, Ran, Repro, RunConfig, WorkerLimits, run as run_cases};
use serde_json::json;
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
    kind: KindArguments,
    #[command(flatten)]
    lanes: LaneArguments,
    /// Keep each engine in a process of its own, so that one that crashes or hangs is a fault of the case that did it and
    /// not the end of the run: `always`, `never`, or `auto`, from 10,000 cases on.
    #[arg(long, value_enum, default_value_t = Isolate::Auto, default_missing_value = "always", num_args = 0..=1,
        require_equals = true, value_name = "WHEN")]
    isolate: Isolate,
    /// A worker that holds more memory than this between batches of cases is replaced by a fresh one.
    #[arg(long, default_value_t = WorkerLimits::default().resident >> 20, value_parser = value_parser!(u64).range(1..=1 << 20),
        value_name = "MIB")]
    worker_memory: u64,
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

/// When engines are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Isolate {
    /// In long runs.
    Auto,
    /// In every run.
    Always,
    /// In no run.
    Never,
}

/// From how many cases on a run is long. A crash in a shorter one costs less than a minute's work, and the seed does it
/// again; a longer one is started to be left alone, and must come to its end whatever an engine does.
const LONG: u64 = 10_000;

impl Isolate {
    fn applies_to(self, cases: u64) -> bool {
        match self {
            Self::Auto => cases >= LONG,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

pub(super) fn run(arguments: &RunArguments) -> anyhow::Result<Exit> {
    let message_format = arguments.lanes.message_format;
    let ChosenLanes { own, foreign } = arguments.lanes.chosen()?;
    let config = RunConfig {
        seed: arguments.seed,
        first: 0,
        cases: arguments.cases,
        sample_every: RunConfig::sample_every(arguments.cases),
        kind: arguments.kind.kind()?,
        node: built::worker(&own)?,
        lanes: own,
        foreign,
        isolate: arguments.isolate.applies_to(arguments.cases),
        limits: WorkerLimits { resident: arguments.worker_memory << 20, ..WorkerLimits::default() },
        jobs: match arguments.jobs {
            Some(jobs) => usize::from(jobs),
            None => cores(),
        },
        fresh: built::own_worker()?,
        most_findings: arguments.most_findings,
    };
    let watch = Watch::new(config.cases, &arguments.findings);
    let Ran { summary, findings, results } = run_cases(&config, &watch)?;
    let took = watch.finish()?;
    let folders = findings
        .iter()
        .map(|Finding { case, verdict, .. }| Repro::folder(&arguments.findings, case, verdict))
        .collect::<std::io::Result<Vec<_>>>()?;
    let gaps = summary.gaps(arguments.min_completed);
    let report = Report {
        seed: arguments.seed,
        kind: arguments.kind.kind,
        summary: &summary,
        gaps: &gaps,
        took,
        lanes: arguments.lanes.words(),
        under: &arguments.findings,
    };
    match message_format {
        MessageFormat::Human => report.print(&findings, &folders),
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
                "counts": results.counts,
                "root": results.root(),
                "findings": findings.collect::<Vec<_>>(),
            });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(report.exit())
}

/// How many threads there are cores for.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Shows progress and writes findings as they come.
pub(super) struct Watch<'a> {
    progress: Progress,
    under: &'a Path,
    failed: Mutex<Option<std::io::Error>>,
}

impl<'a> Watch<'a> {
    /// Watches a run of so many cases, whose findings go under a folder.
    pub(super) fn new(cases: u64, under: &'a Path) -> Self {
        Self { progress: Progress::new(cases), under, failed: Mutex::new(None) }
    }

    /// How long the run took, once it is over.
    ///
    /// # Errors
    ///
    /// If a finding could not be written.
    pub(super) fn finish(self) -> anyhow::Result<Duration> {
        let took = self.progress.finish();
        match self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error).with_context(|| format!("cannot write a finding under {}", self.under.display())),
            None => Ok(took),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::Isolate::{Always, Auto, Never};

    #[test]
    fn long_runs_keep_engines_apart_unless_told() {
        let at = |cases: u64| [Auto, Always, Never].map(|isolate| isolate.applies_to(cases));
        assert_eq!((at(9_999), at(10_000)), ([false, true, false], [true, true, false]));
    }
}
