//! The generated campaign, with limit sweeps, repeats and every oracle.

use super::super::certification::write;
use super::super::lane_arguments::ChosenLanes;
use super::super::run::Watch;
use super::super::{built, run};
use modal_harness::certificate::{Part, PartName, ResultsRecord};
use modal_harness::generate::Kind;
use modal_harness::report::{FINDINGS, RESULTS};
use modal_harness::results::{Counts, Results, Sha256Sum, write_table};
use modal_harness::{Finding, Ran, RunConfig, Summary, WorkerLimits, run as run_cases};
use std::path::Path;

/// The least share of cases, in percent, in which every call completes.
pub(super) const LEAST_COMPLETED: u64 = 40;

pub(super) struct Campaign {
    pub(super) part: Part,
    pub(super) summary: Summary,
    pub(super) checks: Counts,
    pub(super) results: ResultsRecord,
    pub(super) reasons: Vec<String>,
    pub(super) diverged: bool,
}

/// Runs the cases of a seed. Each engine is kept in a process of its own: one that crashes is a fault of a case, and the
/// certification goes on to say so.
pub(super) fn run(seed: u64, cases: u64, lanes: ChosenLanes, out: &Path) -> anyhow::Result<Campaign> {
    let config = RunConfig {
        seed,
        first: 0,
        cases,
        sample_every: RunConfig::sample_every(cases),
        kind: Kind::All(built::guest()?),
        node: built::worker(&lanes.own)?,
        lanes: lanes.own,
        foreign: lanes.foreign,
        isolate: true,
        limits: WorkerLimits::default(),
        jobs: run::cores(),
        fresh: built::own_worker()?,
        most_findings: MOST_FINDINGS,
    };
    let findings_folder = out.join(FINDINGS);
    let watch = Watch::new(cases, &findings_folder);
    let Ran { summary, findings, results } = run_cases(&config, &watch)?;
    watch.finish()?;
    let table = write_table(&results.rows)?;
    write(&out.join(RESULTS), &table)?;
    Ok(of_results(summary, results, &table, findings.iter().map(line).collect()))
}

/// What results come to, whoever has them.
pub(super) fn of_results(summary: Summary, results: Results, table: &[u8], failures: Vec<String>) -> Campaign {
    let mut reasons = summary.gaps(LEAST_COMPLETED);
    reasons.extend(results.counts.gaps());
    Campaign {
        part: Part {
            name: PartName::Campaign,
            expected: summary.planned,
            executed: summary.executed,
            passed: summary.agreed,
            excluded: Default::default(),
            failures,
        },
        diverged: summary.diverged > 0,
        results: ResultsRecord {
            rows: results.rows.len() as u64,
            merkle_root: results.root().sha256,
            parquet_sha256: Sha256Sum::of(table),
        },
        checks: results.counts,
        summary,
        reasons,
    }
}

/// A release with so many findings is not looked at further.
const MOST_FINDINGS: usize = 1_000;

fn line(finding: &Finding) -> String {
    format!("case {} (seed {}): {}", finding.index, finding.seed, finding.verdict)
}
