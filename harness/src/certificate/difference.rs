//! A difference says what two certifications do not have in common: what they ran, and what came of each case.

use super::Conformance;
use crate::results::{Row, RowVerdict};
use serde::Serialize;

/// What two certifications do not have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// What was run under other circumstances: the name of each, and what it is in the first and in the second.
    pub circumstances: Vec<(String, String, String)>,
    /// Cases that agreed in the first and not in the second.
    pub new: Vec<Change>,
    /// Cases that agreed in the second and not in the first.
    pub fixed: Vec<Change>,
    /// Cases of both in which something else differs that is up to the case.
    pub changed: Vec<Change>,
    /// Cases of the second only.
    pub added: Vec<u64>,
    /// Cases of the first only.
    pub removed: Vec<u64>,
}

/// What came of a case, twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The case's number.
    pub index: u64,
    /// What the first certification says of it.
    pub before: String,
    /// What the second says of it.
    pub after: String,
    /// The columns of the results that differ.
    pub columns: Vec<&'static str>,
}

impl Difference {
    /// What differs between two certifications with their rows, which are in the order of their numbers.
    #[must_use]
    pub fn between(before: (&Conformance, &[Row]), after: (&Conformance, &[Row])) -> Self {
        let mut difference = Self { circumstances: circumstances(before.0, after.0), ..Self::default() };
        let (mut left, mut right) = (before.1.iter().peekable(), after.1.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => return difference,
                (Some(row), None) => {
                    difference.removed.push(row.index);
                    left.next();
                }
                (None, Some(row)) => {
                    difference.added.push(row.index);
                    right.next();
                }
                (Some(one), Some(other)) if one.index < other.index => {
                    difference.removed.push(one.index);
                    left.next();
                }
                (Some(one), Some(other)) if one.index > other.index => {
                    difference.added.push(other.index);
                    right.next();
                }
                (Some(one), Some(other)) => {
                    difference.compare(one, other);
                    left.next();
                    right.next();
                }
            }
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn compare(&mut self, before: &Row, after: &Row) {
        let columns = before.differing(after);
        if columns.is_empty() {
            return;
        }
        let said = |row: &Row| match row.verdict {
            RowVerdict::Agree => format!("agree: {}, {} gas", row.outcome, row.gas_used),
            RowVerdict::Aside(_) | RowVerdict::Diverge(_) | RowVerdict::Fault(_) => row.verdict.to_string(),
        };
        let change = Change { index: before.index, before: said(before), after: said(after), columns };
        match (before.verdict == RowVerdict::Agree, after.verdict == RowVerdict::Agree) {
            (true, false) => self.new.push(change),
            (false, true) => self.fixed.push(change),
            (true, true) | (false, false) => self.changed.push(change),
        }
    }
}

/// What two certifications were run with, as far as it differs.
fn circumstances(before: &Conformance, after: &Conformance) -> Vec<(String, String, String)> {
    let of = |conformance: &Conformance| {
        let inputs = &conformance.inputs;
        let mut named = vec![
            ("conclusion".to_owned(), format!("{:?}", conformance.conclusion)),
            ("profile".to_owned(), conformance.profile.clone()),
            ("harness".to_owned(), inputs.harness.clone()),
            ("seed".to_owned(), inputs.seed.to_string()),
            ("cases".to_owned(), inputs.cases.to_string()),
            ("kind".to_owned(), inputs.kind.clone()),
            ("profile of modules".to_owned(), format!("{} {}", inputs.module_profile, inputs.module_profile_sha256)),
            ("schedule".to_owned(), format!("{} {}", inputs.schedule, inputs.schedule_sha256)),
            ("corpus".to_owned(), format!("{} cases, {}", inputs.corpus_cases, inputs.corpus_sha256)),
            ("specification".to_owned(), inputs.specification.clone()),
        ];
        let lanes = conformance.lanes.iter().map(|lane| {
            let what = format!("{}, {}, {}", lane.version, lane.architecture, lane.program_sha256);
            (format!("lane {}", lane.name), what)
        });
        named.extend(lanes);
        let parts = conformance.parts.iter().map(|part| (format!("part {}", part.name), part.summary()));
        named.extend(parts);
        named
    };
    let (left, right) = (of(before), of(after));
    let value = |side: &[(String, String)], name: &str| {
        side.iter().find(|(other, _)| other == name).map_or_else(|| "none".to_owned(), |(_, value)| value.clone())
    };
    let mut names = left.iter().chain(&right).map(|(name, _)| name).collect::<Vec<_>>();
    let mut met = std::collections::BTreeSet::new();
    names.retain(|name| met.insert(*name));
    let pairs = names.into_iter().map(|name| (name.clone(), value(&left, name), value(&right, name)));
    pairs.filter(|(_, before, after)| before != after).collect()
}
