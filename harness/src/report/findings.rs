//! Findings are shown bucket by bucket: how many cases are in one, and a few of them with what they were reduced to.

use super::certification::{Certification, FINDINGS, Found, REDUCED};
use super::number::Amount;
use super::replay::replay;
use crate::CaseSize;
use crate::results::{Row, RowVerdict};
use std::collections::BTreeMap;
use std::path::Path;

/// Findings that are shown of a bucket, and of all: what is like them lies in the folder.
const MOST_OF_BUCKET: usize = 3;
const MOST: usize = 60;

/// Characters that are shown of a verdict, whose values can be whole observations, and of a module.
const LONGEST_VERDICT: usize = 2_000;
const LONGEST_TEXT: usize = 12_000;

/// What was found.
pub(super) struct Findings {
    pub(super) buckets: Vec<BucketView>,
    /// Cases that differ or broke.
    pub(super) cases: Amount,
    /// Folders that are not shown.
    pub(super) hidden: usize,
}

/// Findings that look like the same bug.
pub(super) struct BucketView {
    pub(super) name: String,
    pub(super) kind: FindingKind,
    /// Cases in it, by the rows.
    pub(super) cases: Amount,
    pub(super) findings: Vec<FindingView>,
    /// Folders of it that are not shown.
    pub(super) hidden: usize,
}

/// A finding.
pub(super) struct FindingView {
    pub(super) name: String,
    /// The case's number, its seed and its generator, if it is one of the campaign's.
    pub(super) origin: Option<String>,
    pub(super) verdict: Text,
    pub(super) wat: Text,
    pub(super) size: String,
    /// The size that the case had before it was reduced.
    pub(super) before: Option<String>,
    pub(super) replay: String,
    /// The line that shows the case as it was found, if it was reduced.
    pub(super) replay_found: Option<String>,
}

/// The start of a text.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) cut: bool,
}

/// Whether observers differ, or something broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FindingKind {
    Divergence,
    Fault,
    /// The finding is not of the generated campaign, which alone has rows.
    Other,
}

impl Findings {
    /// What was found, as it is named from where `folder` is.
    pub(super) fn of(certification: &Certification, folder: &Path) -> Self {
        let mut cases = BTreeMap::<(FindingKind, &str), u64>::new();
        for row in &certification.rows {
            if let Some(bucket) = bucket(row) {
                *cases.entry(bucket).or_default() += 1;
            }
        }
        let rows = certification.rows.iter().map(|row| (row.case_sha256, row)).collect::<BTreeMap<_, _>>();
        let mut folders = BTreeMap::<(FindingKind, &str), Vec<(Option<&Row>, &Found)>>::new();
        for &bucket in cases.keys() {
            folders.entry(bucket).or_default();
        }
        for found in &certification.findings {
            let row = rows.get(&found.case().sum()).copied();
            let bucket = row.and_then(bucket).unwrap_or_else(|| (FindingKind::Other, stem(&found.name)));
            folders.entry(bucket).or_default().push((row, found));
        }
        let mut room = MOST;
        let lanes = || certification.conformance.lanes.iter().map(|lane| lane.name.as_str());
        let buckets = folders.into_iter().map(|(bucket, mut folders)| {
            // Cases in order, and what is reduced before what is not.
            folders.sort_by_key(|(row, found)| (found.reduced.is_none(), row.map(|row| row.index)));
            let shown = folders.len().min(MOST_OF_BUCKET).min(room);
            room -= shown;
            let view = |(row, found): &(Option<&Row>, &Found)| {
                let line = |folder: &Path| replay(folder, lanes());
                FindingView::of(*row, found, &folder.join(FINDINGS).join(&found.name), line)
            };
            BucketView {
                name: bucket.1.to_owned(),
                kind: bucket.0,
                cases: Amount(cases.get(&bucket).copied().unwrap_or_default()),
                hidden: folders.len() - shown,
                findings: folders.iter().take(shown).map(view).collect(),
            }
        });
        let buckets = buckets.collect::<Vec<_>>();
        let hidden = buckets.iter().map(|bucket| bucket.hidden).sum();
        Self { cases: Amount(cases.values().sum()), hidden, buckets }
    }
}

impl FindingView {
    fn of(row: Option<&Row>, found: &Found, folder: &Path, line: impl Fn(&Path) -> String) -> Self {
        let shown = found.reduced.as_deref().unwrap_or(found);
        let reduced = found.reduced.as_deref().map(|reduced| folder.join(REDUCED).join(&reduced.name));
        let verdict = shown.repro.first_verdict.as_deref().unwrap_or("The folder has no verdict.");
        Self {
            name: found.name.clone(),
            origin: row.map(|row| format!("case {}, seed {}, {}", Amount(row.index), row.seed, row.source)),
            verdict: Text::of(verdict, LONGEST_VERDICT),
            wat: Text::of(&shown.wat, LONGEST_TEXT),
            size: size(CaseSize::of(shown.case())),
            before: reduced.is_some().then(|| size(CaseSize::of(found.case()))),
            replay: line(reduced.as_deref().unwrap_or(folder)),
            replay_found: reduced.is_some().then(|| line(folder)),
        }
    }
}

impl Text {
    fn of(text: &str, longest: usize) -> Self {
        match text.char_indices().nth(longest) {
            Some((end, _)) => Self { text: text.get(..end).unwrap_or_default().to_owned(), cut: true },
            None => Self { text: text.to_owned(), cut: false },
        }
    }
}

impl FindingKind {
    /// The name by which styles know it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Divergence | Self::Other => "bad",
            Self::Fault => "warn",
        }
    }

    /// What it is called.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Divergence => "difference",
            Self::Fault => "fault",
            Self::Other => "outside of the campaign",
        }
    }
}

fn bucket(row: &Row) -> Option<(FindingKind, &str)> {
    match &row.verdict {
        RowVerdict::Agree | RowVerdict::Aside(_) => None,
        RowVerdict::Diverge(bucket) => Some((FindingKind::Divergence, bucket)),
        RowVerdict::Fault(kind) => Some((FindingKind::Fault, kind)),
    }
}

/// The name of a repro folder less the digest at its end.
fn stem(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}

fn size(CaseSize { bytes, operators, modules, runs, input_bytes: _ }: CaseSize) -> String {
    let many =
        |count: usize, noun: &str| format!("{} {noun}{}", Amount(count as u64), if count == 1 { "" } else { "s" });
    let mut parts = vec![many(operators, "operator"), many(bytes, "byte"), many(runs, "run")];
    if modules > 1 {
        parts.insert(0, many(modules, "module"));
    }
    parts.join(", ")
}
