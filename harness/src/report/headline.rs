//! A headline says what a certification comes to, in a word, a sentence, and a few numbers.

use super::certification::Certification;
use super::number::{Amount, Micros};
use crate::certificate::{Conclusion, Conformance, PartName};
use crate::results::{Row, RowVerdict};

/// Reasons that are shown at once.
const MOST_REASONS: usize = 6;

/// What a certification comes to.
pub(super) struct Headline {
    /// The name by which styles know the conclusion.
    pub(super) key: &'static str,
    /// What stands for it, without colour.
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) sentence: String,
    /// Why it is no certificate: the first of what speaks against it, and the rest.
    pub(super) reasons: Vec<String>,
    pub(super) more_reasons: Vec<String>,
    pub(super) figures: Vec<Figure>,
}

/// A number that stands for much.
pub(super) struct Figure {
    pub(super) value: String,
    pub(super) name: &'static str,
    pub(super) note: String,
}

impl Headline {
    pub(super) fn of(certification: &Certification) -> Self {
        let Certification { conformance, rows, times, .. } = certification;
        let (key, symbol, word) = match conformance.conclusion {
            Conclusion::Agree => ("good", "✓", "Agreement"),
            Conclusion::Diverge => ("bad", "≠", "Divergence"),
            Conclusion::Incomplete => ("warn", "…", "Incomplete"),
        };
        let (reasons, more_reasons) = reasons(conformance);
        let took = times.as_ref().map(|times| figure(Micros(times.took()), "taken", format!("{} cores", times.cores)));
        Self {
            key,
            symbol,
            word,
            sentence: sentence(conformance, rows),
            reasons,
            more_reasons,
            figures: figures(conformance, rows).into_iter().chain(took).collect(),
        }
    }
}

/// What parts say comes first: there are few of them, and the matrix shows what there is to say of each lane and check.
fn reasons(conformance: &Conformance) -> (Vec<String>, Vec<String>) {
    let is_of_part = |reason: &&String| {
        let subject = reason.split_once(':').map_or("", |(subject, _)| subject);
        PartName::ALL.iter().any(|part| part.to_string() == subject)
    };
    let (mut reasons, others) = conformance.reasons.iter().partition::<Vec<_>, _>(is_of_part);
    reasons.extend(others);
    let (first, more) = reasons.split_at(reasons.len().min(MOST_REASONS));
    let owned = |reasons: &[&String]| reasons.iter().map(|&reason| reason.clone()).collect();
    (owned(first), owned(more))
}

fn sentence(conformance: &Conformance, rows: &[Row]) -> String {
    let observers = match conformance.lanes.len() {
        1 => "One lane and the reference".to_owned(),
        lanes => format!("{lanes} lanes and the reference"),
    };
    let differing = rows.iter().filter(|row| matches!(row.verdict, RowVerdict::Diverge(_))).count() as u64;
    let cases = Amount(rows.len() as u64);
    match conformance.conclusion {
        Conclusion::Agree => {
            format!("{observers} agree on all {cases} generated cases, and on everything else that was asked for.")
        }
        Conclusion::Diverge if differing > 0 => {
            format!("{observers} do not agree on {} of {cases} generated cases.", Amount(differing))
        }
        Conclusion::Diverge => {
            format!("{observers} agree on all {cases} generated cases, and not on everything else that was asked for.")
        }
        Conclusion::Incomplete => {
            format!("Nothing differs on {cases} generated cases, and not everything that was asked for was done.")
        }
    }
}

fn figures(conformance: &Conformance, rows: &[Row]) -> Vec<Figure> {
    let sum = |counts: &mut dyn Iterator<Item = u64>| counts.fold(0_u64, u64::saturating_add);
    let lanes = conformance.lanes.len();
    let executions = sum(&mut rows.iter().map(|row| u64::from(row.executions)));
    let checks = sum(&mut conformance.checks.iter().map(|(_, _, count)| count.executed()));
    let differing = rows.iter().filter(|row| matches!(row.verdict, RowVerdict::Diverge(_) | RowVerdict::Fault(_)));
    let planned = Amount(conformance.inputs.cases);
    let control = &conformance.control.classes;
    let planted = sum(&mut control.iter().map(|class| class.planted));
    let noticed = sum(&mut control.iter().map(|class| class.noticed));
    let mut figures = vec![
        figure(Amount(rows.len() as u64), "generated cases", format!("of {planned} planned")),
        figure(Amount(executions), "judged executions", format!("{lanes} lanes and the reference")),
        figure(Amount(checks), "checks made", format!("{} kinds", crate::results::Check::ALL.len())),
        figure(Amount(differing.count() as u64), "cases with a finding", "differences and faults".into()),
    ];
    let part = |name: PartName| conformance.parts.iter().find(|part| part.name == name);
    if let Some(part) = part(PartName::Specification) {
        let note = format!("of {} official tests of the profile", Amount(part.expected));
        figures.push(figure(Amount(part.passed), "specification", note));
    }
    if let Some(part) = part(PartName::Corpus) {
        figures.push(figure(Amount(part.passed), "corpus", format!("of {} cases as expected", Amount(part.expected))));
    }
    figures.push(figure(Amount(noticed), "planted bugs noticed", format!("of {}", Amount(planted))));
    figures
}

fn figure(value: impl ToString, name: &'static str, note: String) -> Figure {
    Figure { value: value.to_string(), name, note }
}
