//! Overhead is what a lane takes beside the one that takes least, over the same cases.

use super::bar::Bar;
use super::number::{Amount, Micros};
use crate::certificate::{Pace, Times};

/// What each lane takes.
pub(super) struct Overhead {
    pub(super) lines: Vec<OverheadLine>,
    /// How many cases were timed, and how often, if all lanes have the same.
    pub(super) cases: Amount,
    pub(super) passes: usize,
}

/// A lane.
pub(super) struct OverheadLine {
    pub(super) lane: String,
    pub(super) ratio: String,
    pub(super) bar: Bar,
    pub(super) median: Micros,
    /// The fastest and the slowest pass.
    pub(super) from: Micros,
    pub(super) to: Micros,
    pub(super) per_case: Micros,
    pub(super) executions: Amount,
    pub(super) fastest: bool,
}

impl Overhead {
    /// What the sidecar tells, the lane that takes least first; nothing if no lane was timed.
    pub(super) fn of(times: &Times) -> Option<Self> {
        let mut timed = times.lanes.iter().filter_map(|pace| Some((pace.median()?, pace))).collect::<Vec<_>>();
        timed.sort_by_key(|&(median, _)| median);
        let (&(least, first), &(most, _)) = timed.first().zip(timed.last())?;
        let lines = timed.iter().map(|&(median, pace)| OverheadLine::of(pace, median, least, most)).collect();
        Some(Self { lines, cases: Amount(first.cases), passes: first.passes.len() })
    }
}

impl OverheadLine {
    fn of(pace: &Pace, median: u64, least: u64, most: u64) -> Self {
        let bound = |bound: Option<&u64>| Micros(bound.copied().unwrap_or(median));
        Self {
            lane: pace.lane.clone(),
            ratio: format!("{:.2}", median as f64 / least.max(1) as f64),
            bar: Bar::of(median, most),
            median: Micros(median),
            from: bound(pace.passes.iter().min()),
            to: bound(pace.passes.iter().max()),
            per_case: Micros(median / pace.cases.max(1)),
            executions: Amount(pace.executions),
            fastest: median == least,
        }
    }

    /// The name by which styles know it.
    pub(super) fn key(&self) -> &'static str {
        if self.fastest { "good" } else { "plain" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn times(paces: &[(&str, &[u64])]) -> Times {
        let pace = |&(lane, passes): &(&str, &[u64])| Pace {
            lane: lane.into(),
            cases: 10,
            executions: 30,
            passes: passes.to_vec(),
        };
        Times {
            started: "2026-01-01T00:00:00Z".into(),
            host: "host".into(),
            cores: 2,
            parts: BTreeMap::new(),
            lanes: paces.iter().map(pace).collect(),
        }
    }

    #[test]
    fn lanes_are_beside_the_one_that_takes_least() {
        let told = times(&[("slow", &[400, 300, 350]), ("never", &[]), ("fast", &[100, 90, 140])]);
        let overhead = Overhead::of(&told).expect("two lanes are timed");
        let lines =
            overhead.lines.iter().map(|it| (it.lane.as_str(), it.ratio.as_str(), it.from.0, it.to.0, it.fastest));
        assert_eq!(lines.collect::<Vec<_>>(), [("fast", "1.00", 90, 140, true), ("slow", "3.50", 300, 400, false)]);
        assert!(Overhead::of(&times(&[("never", &[])])).is_none());
    }
}
