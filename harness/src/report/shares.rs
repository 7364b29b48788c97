//! Shares are counts by name beside what they are of.

use super::bar::Bar;
use super::number::{Amount, Share};
use super::outcome::OutcomeClass;
use crate::Tally;
use std::collections::BTreeMap;

/// The outcomes of cases and of runs, and how each class of them compares.
pub(super) struct OutcomeMix {
    /// What the whole of the cases is made of, class by class, end to end.
    pub(super) stack: Vec<Segment>,
    /// Each outcome that there is, the most frequent of its class first.
    pub(super) lines: Vec<OutcomeLine>,
    pub(super) cases: Amount,
    pub(super) runs: Amount,
}

/// A class's part of the whole, as a length from a place, both in percent.
pub(super) struct Segment {
    pub(super) class: OutcomeClass,
    pub(super) start: String,
    pub(super) length: String,
    pub(super) cases: Amount,
    pub(super) share: Share,
}

/// An outcome.
pub(super) struct OutcomeLine {
    pub(super) name: String,
    pub(super) class: OutcomeClass,
    pub(super) cases: Amount,
    pub(super) share: Share,
    pub(super) bar: Bar,
    pub(super) runs: Amount,
    pub(super) runs_share: Share,
    pub(super) runs_bar: Bar,
}

/// A name with its count.
pub(super) struct ShareLine {
    pub(super) name: String,
    pub(super) count: Amount,
    pub(super) share: Share,
    pub(super) bar: Bar,
}

impl OutcomeMix {
    pub(super) fn of(outcomes: &Tally, runs: &Tally) -> Self {
        let (cases, all_runs) = (total(outcomes), total(runs));
        let names = outcomes.0.keys().chain(runs.0.keys()).collect::<std::collections::BTreeSet<_>>();
        let mut lines = names
            .into_iter()
            .map(|name| {
                let (part, run_part) = (outcomes.of(name), runs.of(name));
                OutcomeLine {
                    name: if name.is_empty() { "nothing seen".into() } else { name.clone() },
                    class: OutcomeClass::of(name),
                    cases: Amount(part),
                    share: Share { part, whole: cases },
                    bar: Bar::of(part, cases),
                    runs: Amount(run_part),
                    runs_share: Share { part: run_part, whole: all_runs },
                    runs_bar: Bar::of(run_part, all_runs),
                }
            })
            .collect::<Vec<_>>();
        lines.sort_by_key(|line| (line.class, std::cmp::Reverse((line.cases, line.runs))));
        Self { stack: stack(outcomes, cases), lines, cases: Amount(cases), runs: Amount(all_runs) }
    }
}

/// The counts of a tally, the largest first.
pub(super) fn lines(tally: &Tally) -> Vec<ShareLine> {
    let whole = total(tally);
    let line = |(name, &part): (&String, &u64)| ShareLine {
        name: name.clone(),
        count: Amount(part),
        share: Share { part, whole },
        bar: Bar::of(part, whole),
    };
    let mut lines = tally.0.iter().map(line).collect::<Vec<_>>();
    lines.sort_by_key(|line| std::cmp::Reverse(line.count));
    lines
}

pub(super) fn total(tally: &Tally) -> u64 {
    tally.0.values().fold(0, |sum, &count| sum.saturating_add(count))
}

fn stack(outcomes: &Tally, whole: u64) -> Vec<Segment> {
    let mut by_class = BTreeMap::<OutcomeClass, u64>::new();
    for (name, &count) in &outcomes.0 {
        let class = by_class.entry(OutcomeClass::of(name)).or_default();
        *class = class.saturating_add(count);
    }
    let mut before = 0_u64;
    let percent = |count: u64| 100.0 * count as f64 / whole.max(1) as f64;
    by_class
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(class, part)| {
            let start = format!("{:.2}", percent(before));
            before = before.saturating_add(part);
            let length = format!("{:.2}", percent(part));
            Segment { class, start, length, cases: Amount(part), share: Share { part, whole } }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[(&str, u64)]) -> Tally {
        Tally(counts.iter().map(|&(name, count)| (name.to_owned(), count)).collect())
    }

    #[test]
    fn outcomes_are_sorted_by_class_and_the_stack_is_whole() {
        let outcomes = tally(&[("completed", 60), ("trapped: A", 5), ("trapped: B", 15), ("trapped: OutOfGas", 20)]);
        let mix = OutcomeMix::of(&outcomes, &tally(&[("completed", 1), ("violated: X", 3)]));
        let names = mix.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names, ["completed", "trapped: OutOfGas", "trapped: B", "trapped: A", "violated: X"]);
        let segments = mix.stack.iter().map(|it| (it.class.key(), it.start.as_str(), it.length.as_str()));
        let expected =
            [("completed", "0.00", "60.00"), ("out-of-gas", "60.00", "20.00"), ("trapped", "80.00", "20.00")];
        assert_eq!(segments.collect::<Vec<_>>(), expected);
        assert_eq!((mix.cases, mix.runs), (Amount(100), Amount(4)));
    }

    #[test]
    fn nothing_counted_is_nothing_shown() {
        let mix = OutcomeMix::of(&Tally::default(), &Tally::default());
        assert!(mix.stack.is_empty() && mix.lines.is_empty() && lines(&Tally::default()).is_empty());
    }
}
