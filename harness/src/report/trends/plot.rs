//! A plot is a measure as a line over the runs that have it, from zero.

use super::{Measure, TrendPoint};
use crate::report::number::{Amount, Short};
use std::collections::BTreeSet;

/// The place that the line has inside a plot, which the template lays out.
const TOP: f64 = 10.0;
const BOTTOM: f64 = 130.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 410.0;

/// A measure over runs.
pub(super) struct Plot {
    pub(super) name: String,
    /// The newest value, and how it differs from the one before.
    pub(super) newest: Amount,
    pub(super) change: Option<String>,
    /// What the picture shows, in a sentence.
    pub(super) description: String,
    /// The line, as the points of a polyline.
    pub(super) line: String,
    pub(super) dots: Vec<Dot>,
    pub(super) marks: Vec<AxisMark>,
    pub(super) first: String,
    pub(super) last: String,
}

/// A run's value.
pub(super) struct Dot {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) when: String,
    pub(super) what: String,
    pub(super) value: Amount,
}

/// A mark on the axis of values.
pub(super) struct AxisMark {
    pub(super) y: String,
    pub(super) text: Short,
}

impl Plot {
    /// A plot for each measure that a run has.
    pub(super) fn all(points: &[TrendPoint]) -> Vec<Self> {
        let names = points.iter().flat_map(|point| point.measures.keys()).collect::<BTreeSet<_>>();
        let measures = names.into_iter().map(|name| {
            let Ok(measure) = name.parse::<Measure>();
            (measure, name)
        });
        // Sorted by what is known, not by name.
        let measures = measures.collect::<BTreeSet<_>>();
        measures.iter().filter_map(|(measure, name)| Self::of(measure, name, points)).collect()
    }

    fn of(measure: &Measure, name: &str, points: &[TrendPoint]) -> Option<Self> {
        let of_run = |point: &TrendPoint| point.measures.get(name).copied();
        let runs = points.iter().enumerate().filter_map(|(at, point)| Some((at, point, of_run(point)?)));
        let runs = runs.collect::<Vec<_>>();
        let (_, newest_run, newest) = *runs.last()?;
        let (_, first_run, _) = *runs.first()?;
        let most = runs.iter().map(|&(_, _, value)| value).max()?;
        let ceiling = ceiling(most);
        // All plots share the places of runs, so that one can be held against another.
        let step = (RIGHT - LEFT) / points.len().saturating_sub(1).max(1) as f64;
        let x = |at: usize| format!("{:.1}", LEFT + step * at as f64);
        let y = |value: u64| format!("{:.1}", BOTTOM - (BOTTOM - TOP) * value as f64 / ceiling as f64);
        let dots = runs.iter().map(|&(at, point, value)| Dot {
            x: x(at),
            y: y(value),
            when: point.started.clone(),
            what: point.what.clone(),
            value: Amount(value),
        });
        let dots = dots.collect::<Vec<_>>();
        let before = runs.len().checked_sub(2).and_then(|at| runs.get(at));
        Some(Self {
            name: measure.to_string(),
            newest: Amount(newest),
            change: before.map(|&(_, _, before)| change(before, newest)),
            description: format!("{measure} of {} runs, at most {}, last {}", runs.len(), Amount(most), Amount(newest)),
            line: dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect::<Vec<_>>().join(" "),
            dots,
            marks: [0, ceiling / 2, ceiling].map(|value| AxisMark { y: y(value), text: Short(value) }).into(),
            first: day(&first_run.started),
            last: day(&newest_run.started),
        })
    }
}

/// The least of 2, 4, 10, 20, 40, 100, ... that is not below a value, so that half of it is a whole number.
fn ceiling(value: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for factor in [2, 4, 10] {
            let Some(ceiling) = power.checked_mul(factor) else { return u64::MAX };
            if ceiling >= value {
                return ceiling;
            }
        }
        power *= 10;
    }
}

fn change(before: u64, now: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => "unchanged".into(),
        std::cmp::Ordering::Less => format!("−{}", Amount(before - now)),
        std::cmp::Ordering::Greater => format!("+{}", Amount(now - before)),
    }
}

/// The day of a time.
fn day(time: &str) -> String {
    time.split_once('T').map_or(time, |(day, _)| day).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ceilings_hold_what_is_below_them() {
        for (value, expected) in [(0, 2), (2, 2), (3, 4), (5, 10), (11, 20), (401, 1_000), (u64::MAX, u64::MAX)] {
            assert_eq!(ceiling(value), expected, "{value}");
        }
    }

    #[test]
    fn plots_share_their_runs_and_stand_in_the_order_of_measures() {
        let point = |day: u64, measures: &[(&str, u64)]| TrendPoint {
            started: format!("2026-01-{day:02}T03:00:00Z"),
            what: "0.1.0".into(),
            measures: measures.iter().map(|&(name, value)| (name.to_owned(), value)).collect(),
        };
        let points = [
            point(1, &[("findings", 0), ("casesPerSecond", 50)]),
            point(2, &[("findings", 4), ("another", 1)]),
            point(3, &[("findings", 1), ("casesPerSecond", 60)]),
        ];
        let plots = Plot::all(&points);
        let told = plots.iter().map(|it| (it.name.as_str(), it.newest.0, it.change.as_deref(), it.line.as_str()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("cases per second", 60, Some("+10"), "46.0,70.0 410.0,58.0"),
                ("cases with a finding", 1, Some("−3"), "46.0,130.0 228.0,10.0 410.0,100.0"),
                ("another", 1, None, "228.0,70.0"),
            ]
        );
        assert!(Plot::all(&[]).is_empty());
    }
}
