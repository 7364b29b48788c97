//! What a merge costs, by the number of cases: makes a campaign of rows that nobody ran, in a folder, and adds it up.
//!
//! `cargo run --package modal-harness --example merge_cost -- 100000 1000000 10000000`

use modal_harness::campaign::{Campaign, Plan, Store, add_up};
use modal_harness::results::{Results, Row, RowVerdict, Sha256Sum};
use modal_harness::{Seed, Summary};
use std::ops::Range;
use std::time::Instant;

const SEED: u64 = 1;

fn main() -> anyhow::Result<()> {
    println!(
        "{:>10} {:>8} {:>10} {:>12} {:>10} {:>12} {:>8}",
        "cases", "chunks", "write s", "bytes/case", "merge s", "cases/s", "MiB"
    );
    for cases in std::env::args().skip(1) {
        measure(cases.parse()?)?;
    }
    Ok(())
}

fn measure(cases: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().to_string_lossy().into_owned();
    let plan = Plan { chunk: 1 << 16, ..Plan::new(SEED, 0..cases, "all".into()) };
    let campaign = Campaign::create(Store::open(&place)?, plan)?;
    let (written, write) = timed(|| {
        for chunk in 0..campaign.plan().chunks() {
            let rows = rows(campaign.plan().cases_of(chunk));
            let summary = summary(&rows);
            campaign.store_chunk(chunk, &Results { rows, ..Results::default() }, summary, Vec::new())?;
        }
        size(folder.path())
    });
    let bytes = written?;
    let (index, merge) = timed(|| add_up(&campaign, 0));
    anyhow::ensure!(index?.root.rows == cases, "every row is under the root");
    let chunks = campaign.plan().chunks();
    let (per_case, rate) = (bytes as f64 / cases as f64, cases as f64 / merge);
    println!("{cases:>10} {chunks:>8} {write:>10.2} {per_case:>12.1} {merge:>10.2} {rate:>12.0} {:>8}", most_memory());
    Ok(())
}

/// Rows as a campaign of all kinds has them: digests that differ, names that repeat.
fn rows(cases: Range<u64>) -> Vec<Row> {
    let row = |index: u64| {
        let sum = |of: &str| Sha256Sum::of_all(&[of.as_bytes(), &index.to_le_bytes()]);
        let sources = ["contract", "smith", "composition", "contract", "smith-calm", "uploads", "validators"];
        let outcomes = ["completed", "completed", "trapped: Unreachable", "completed", "trapped: OutOfGas"];
        Row {
            index,
            seed: Seed::of_case(SEED, index),
            source: sources[(index % 7) as usize].to_owned(),
            case_sha256: sum("case"),
            metered_sha256: Some(sum("metered")),
            observation_sha256: Some(sum("observation")),
            outcome: outcomes[(index % 5) as usize].to_owned(),
            gas_used: u64::from(sum("gas").0[0]) << (index % 24),
            runs: 9 + (index % 11) as u32,
            executions: 4 * (9 + (index % 11) as u32),
            limit_runs: (index % 9) as u32,
            fuel_readings: (index % 5) as u32,
            repeated_fresh: index.is_multiple_of(256),
            verdict: RowVerdict::Agree,
        }
    };
    cases.map(row).collect()
}

fn summary(rows: &[Row]) -> Summary {
    let all = rows.len() as u64;
    let sum = |of: fn(&Row) -> u32| rows.iter().map(|row| u64::from(of(row))).sum();
    Summary {
        planned: all,
        generated: all,
        executed: all,
        agreed: all,
        executions: sum(|row| row.executions),
        fuel_readings: sum(|row| row.fuel_readings),
        limit_runs: sum(|row| row.limit_runs),
        repeated_fresh: rows.iter().filter(|row| row.repeated_fresh).count() as u64,
        ..Summary::default()
    }
}

#[expect(clippy::disallowed_methods, reason = "what something costs is told to a person and judged by nobody")]
fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let done = what();
    (done, started.elapsed().as_secs_f64())
}

/// The bytes of all files under a folder.
fn size(folder: &std::path::Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.path().is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}

/// The most memory that the process has had, in MiB; 0 where that is not told.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1_024
}
