//! The gas distribution is how much gas cases use, on a scale of 1, 2, 5, 10, and so on, for each class of outcome.

use super::number::{Amount, Short};
use super::outcome::OutcomeClass;
use crate::results::Row;
use std::collections::BTreeMap;

/// The first bin is for no gas at all, the last for all above the bounds.
const BOUNDS: [u64; 29] = bounds();

/// How much gas the cases of each class use.
pub(super) struct GasDistribution {
    /// The bins that are shown, from the least that any class uses to the most.
    pub(super) bins: Vec<Bin>,
    pub(super) lines: Vec<GasLine>,
}

/// Amounts of gas that are counted together.
pub(super) struct Bin {
    /// In words: `100 to 199`.
    pub(super) name: String,
    /// The least of them, in a small space.
    pub(super) least: String,
    /// Whether an axis has a mark here: at powers of ten, and at the first bin.
    pub(super) mark: bool,
    /// How many cases of each class are in it, class by class.
    pub(super) counts: Vec<Amount>,
}

/// The cases of a class.
pub(super) struct GasLine {
    pub(super) class: OutcomeClass,
    pub(super) cases: Amount,
    /// How many of them are in each bin.
    pub(super) counts: Vec<Amount>,
    pub(super) median: Amount,
    pub(super) p90: Amount,
    pub(super) p99: Amount,
    pub(super) most: Amount,
}

impl GasDistribution {
    /// That of all cases that ran: what was refused has used nothing, and is left out.
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut by_class = BTreeMap::<OutcomeClass, Vec<u64>>::new();
        for row in rows {
            let class = OutcomeClass::of(&row.outcome);
            match class {
                OutcomeClass::Rejected | OutcomeClass::Unseen => {}
                OutcomeClass::Completed | OutcomeClass::OutOfGas | OutcomeClass::Trapped | OutcomeClass::Violated => {
                    by_class.entry(class).or_default().push(row.gas_used);
                }
            }
        }
        let all = || by_class.values().flatten().copied().map(bin);
        let (Some(first), Some(last)) = (all().min(), all().max()) else {
            return Self { bins: Vec::new(), lines: Vec::new() };
        };
        let lines = by_class.into_iter().map(|(class, gas)| GasLine::of(class, gas, first, last)).collect::<Vec<_>>();
        let bin = |index: usize| {
            let counts = lines.iter().filter_map(|line| line.counts.get(index - first).copied()).collect();
            Bin { counts, ..Bin::of(index, index == first) }
        };
        Self { bins: (first..=last).map(bin).collect(), lines }
    }
}

impl GasLine {
    fn of(class: OutcomeClass, mut gas: Vec<u64>, first: usize, last: usize) -> Self {
        gas.sort_unstable();
        let mut counts = vec![Amount(0); last + 1 - first];
        for &gas in &gas {
            if let Some(count) = counts.get_mut(bin(gas) - first) {
                count.0 += 1;
            }
        }
        // The least value that so many of a hundred cases do not exceed.
        let percentile = |percent: usize| {
            let rank = (gas.len() * percent).div_ceil(100).max(1) - 1;
            Amount(gas.get(rank).copied().unwrap_or_default())
        };
        Self {
            class,
            cases: Amount(gas.len() as u64),
            counts,
            median: percentile(50),
            p90: percentile(90),
            p99: percentile(99),
            most: percentile(100),
        }
    }
}

impl Bin {
    fn of(index: usize, is_first: bool) -> Self {
        let bound = |index: usize| BOUNDS.get(index).copied();
        let least = index.checked_sub(1).and_then(bound).unwrap_or(0);
        let name = match (index, bound(index)) {
            (0, _) => "none".to_owned(),
            (_, Some(next)) if next == least + 1 => Amount(least).to_string(),
            (_, Some(next)) => format!("{} to {}", Amount(least), Amount(next - 1)),
            (_, None) => format!("{} and more", Amount(least)),
        };
        let mark = is_first || least.checked_ilog10().is_some_and(|power| 10_u64.pow(power) == least);
        Self { name, least: Short(least).to_string().replace(".0", ""), mark, counts: Vec::new() }
    }
}

/// The bin of an amount of gas.
fn bin(gas: u64) -> usize {
    BOUNDS.partition_point(|&bound| bound <= gas)
}

/// 1, 2, 5, 10, up to 2,000,000,000... as many as there is room for.
const fn bounds() -> [u64; 29] {
    let mut bounds = [0; 29];
    let (mut index, mut power) = (0, 1);
    while index < bounds.len() {
        bounds[index] = match index % 3 {
            0 => power,
            1 => 2 * power,
            _ => 5 * power,
        };
        if index % 3 == 2 {
            power *= 10;
        }
        index += 1;
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;
    use crate::results::{RowVerdict, Sha256Sum};
    use proptest::prelude::*;

    fn row(outcome: &str, gas_used: u64) -> Row {
        Row {
            index: 0,
            seed: Seed(0),
            source: "test".into(),
            case_sha256: Sha256Sum([0; 32]),
            metered_sha256: None,
            observation_sha256: None,
            outcome: outcome.into(),
            gas_used,
            runs: 1,
            executions: 1,
            limit_runs: 0,
            fuel_readings: 0,
            repeated_fresh: false,
            verdict: RowVerdict::Agree,
        }
    }

    #[test]
    fn bins_are_named_by_what_is_in_them() {
        for (gas, name, mark) in [
            (0, "none", false),
            (1, "1", true),
            (4, "2 to 4", false),
            (10, "10 to 19", true),
            (99, "50 to 99", false),
            (10_000_000, "10,000,000 to 19,999,999", true),
            (u64::MAX, "2,000,000,000 and more", false),
        ] {
            let bin = Bin::of(bin(gas), false);
            assert_eq!((bin.name.as_str(), bin.mark), (name, mark), "{gas}");
        }
    }

    #[test]
    fn what_did_not_run_is_left_out() {
        assert!(GasDistribution::of(&[row("rejected: feature", 0), row("", 0)]).bins.is_empty());
        let rows = [row("completed", 0), row("trapped: OutOfGas", 1000), row("rejected: feature", 0)];
        let gas = GasDistribution::of(&rows);
        assert_eq!(gas.lines.iter().map(|line| line.cases.0).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(
            gas.bins.iter().filter(|bin| bin.mark).map(|bin| bin.least.as_str()).collect::<Vec<_>>(),
            ["0", "1", "10", "100", "1k"]
        );
    }

    proptest! {
        #[test]
        fn every_case_is_in_one_bin(gas in prop::collection::vec(any::<u64>().prop_map(|gas| gas >> (gas % 64)), 1..60)) {
            let rows = gas.iter().map(|&gas| row("completed", gas)).collect::<Vec<_>>();
            let GasDistribution { bins, lines } = GasDistribution::of(&rows);
            prop_assert_eq!(lines.len(), 1);
            let line = &lines[0];
            prop_assert_eq!(line.counts.len(), bins.len());
            prop_assert_eq!(line.counts.iter().map(|count| count.0).sum::<u64>(), gas.len() as u64);
            // Neither end is empty, and the percentiles are in order.
            prop_assert!(line.counts[0].0 > 0 && line.counts[bins.len() - 1].0 > 0);
            prop_assert!(line.median <= line.p90 && line.p90 <= line.p99 && line.p99 <= line.most);
            prop_assert_eq!(line.most.0, gas.into_iter().max().unwrap_or_default());
        }
    }
}
