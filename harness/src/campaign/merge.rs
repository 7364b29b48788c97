//! Merging adds the chunks of a campaign up, if all of them are there and each says the truth.

use super::chunk::Sound;
use super::{Campaign, CampaignError, ChunkEntry, Dispute, FindingNote, Index};
use crate::results::{Counts, Merkle, Row, Sha256Sum};
use crate::run::{RunConfig, Summary, judge_cases};
use std::collections::BTreeSet;

/// How a sample of cases is judged again.
#[derive(Clone, Debug)]
pub struct Resample {
    /// How many cases; which ones follows from the root of all.
    pub cases: u64,
    /// The lanes, and how they are opened; what it says of cases is not looked at.
    pub config: RunConfig,
    /// The least share of cases, in percent, in which every call must complete.
    pub min_completed_percent: u64,
}

/// Reads every chunk, holds each against the plan and its own rows, judges a sample of cases again, and adds all of it up.
///
/// # Errors
///
/// If a chunk is missing, damaged or forged, was run on other lanes or gave two results, if a finding is there that belongs to
/// no chunk, or a case that is judged again comes to something else.
pub fn merge(campaign: &Campaign, resample: &Resample) -> Result<Index, CampaignError> {
    let mut index = add_up(campaign, resample.min_completed_percent)?;
    index.judged_again = chosen(campaign, index.root.sha256, resample.cases);
    judge_again(campaign, &resample.config, &index.judged_again)?;
    Ok(index)
}

impl Campaign {
    /// The index of a campaign that was merged, if it was.
    ///
    /// # Errors
    ///
    /// If it is none, or the store fails.
    pub fn index(&self) -> Result<Option<Index>, CampaignError> {
        let name = format!("merged/{}", Index::FILE);
        let Some(bytes) = self.get(&name)? else { return Ok(None) };
        let index: Index = serde_json::from_slice(&bytes)
            .map_err(|error| CampaignError::Incomplete { gaps: vec![format!("{name} is none: {error}")] })?;
        Ok(Some(index))
    }

    /// All rows, by number: what one process would have.
    ///
    /// # Errors
    ///
    /// If a chunk is missing or not sound, or the store fails.
    pub fn rows(&self) -> Result<Vec<Row>, CampaignError> {
        let mut rows = Vec::new();
        for number in 0..self.plan().chunks() {
            rows.extend(self.sound(number)?.rows);
        }
        Ok(rows)
    }

    fn sound(&self, number: u64) -> Result<Sound, CampaignError> {
        let there = self.chunk(number)?.unwrap_or_else(|| Err(format!("chunk {number} is missing")));
        there.map_err(|reason| CampaignError::Incomplete { gaps: vec![reason] })
    }
}

/// Adds the chunks up and judges nothing again. What is wrong is told all at once.
///
/// # Errors
///
/// As [`merge`], less what comes of judging again.
pub fn add_up(campaign: &Campaign, min_completed_percent: u64) -> Result<Index, CampaignError> {
    let plan = campaign.plan();
    let mut gaps = Vec::new();
    let mut missing = Vec::new();
    let mut tree = Merkle::default();
    let (mut counts, mut summary) = (Counts::default(), Summary { lanes: plan.lane_ids(), ..Summary::default() });
    let (mut findings, mut chunks) = (Vec::new(), Vec::new());
    for number in 0..plan.chunks() {
        let Sound { chunk, .. } = match campaign.chunk(number)? {
            Some(Ok(sound)) => sound,
            Some(Err(reason)) => {
                gaps.push(reason);
                continue;
            }
            None => {
                missing.push(number);
                continue;
            }
        };
        if let Err(misplaced) = tree.append(chunk.root)
            && gaps.is_empty()
            && missing.is_empty()
        {
            gaps.push(format!("chunk {number}: {misplaced}"));
        }
        counts.add(&chunk.counts);
        summary.planned += chunk.summary.planned;
        summary.with_validators = summary.with_validators.max(chunk.summary.with_validators);
        summary.add(&chunk.summary);
        findings.extend(chunk.findings);
        chunks.push(ChunkEntry { root: chunk.root, results_sha256: chunk.results_sha256 });
    }
    if !missing.is_empty() {
        gaps.insert(0, format!("{} of {} chunks are missing: {}", missing.len(), plan.chunks(), ranges(&missing)));
    }
    gaps.extend(disputes(campaign)?);
    gaps.extend(stray_findings(campaign, &findings)?);
    if !gaps.is_empty() {
        return Err(CampaignError::Incomplete { gaps });
    }
    let mut open = summary.gaps(min_completed_percent);
    open.extend(counts.gaps());
    Ok(Index {
        campaign: campaign.id(),
        plan: plan.clone(),
        root: tree.root(),
        counts,
        summary,
        findings,
        gaps: open,
        judged_again: Vec::new(),
        chunks,
    })
}

/// A dispute that was found while the chunks were run stays one, whoever was first.
fn disputes(campaign: &Campaign) -> Result<Option<String>, CampaignError> {
    let disputes = campaign.store.objects(&campaign.path(Dispute::FOLDER))?;
    let names = disputes.into_iter().map(|object| object.name).collect::<Vec<_>>();
    Ok((!names.is_empty()).then(|| format!("{} holds other results: {}", Dispute::FOLDER, names.join(", "))))
}

/// Findings that no chunk notes: something broke in an attempt, and another attempt made the chunk. A flake is a finding, too.
fn stray_findings(campaign: &Campaign, noted: &[FindingNote]) -> Result<Option<String>, CampaignError> {
    let noted = noted.iter().map(FindingNote::file).collect::<BTreeSet<_>>();
    let found = campaign.store.objects(&campaign.path("findings"))?;
    let found = found.into_iter().map(|object| format!("findings/{}", object.name));
    let stray = found.filter(|file| !noted.contains(file)).collect::<Vec<_>>();
    let remedy = "look at what broke, and remove what the machine was to blame for";
    Ok((!stray.is_empty()).then(|| format!("no chunk notes {}: {remedy}", stray.join(", "))))
}

/// The cases that are judged again: so many different ones, by the root of all, so that nobody knows them before.
fn chosen(campaign: &Campaign, root: Sha256Sum, cases: u64) -> Vec<u64> {
    let plan = campaign.plan();
    let mut chosen = BTreeSet::new();
    let mut draw = 0_u64;
    while (chosen.len() as u64) < cases.min(plan.cases) {
        let sum = Sha256Sum::of_all(&[&root.0, &draw.to_le_bytes()]);
        let (first, _) = sum.0.split_first_chunk().expect("a SHA-256 has 32 bytes");
        chosen.insert(plan.first + u64::from_le_bytes(*first) % plan.cases);
        draw += 1;
    }
    chosen.into_iter().collect()
}

/// Judges cases again and holds what comes out against what is stored.
fn judge_again(campaign: &Campaign, config: &RunConfig, cases: &[u64]) -> Result<(), CampaignError> {
    let plan = campaign.plan();
    let rows = judge_cases(&RunConfig { seed: plan.seed, sample_every: plan.sample_every, ..config.clone() }, cases)?;
    let mut stored: Option<Sound> = None;
    for row in rows {
        let number = (row.index - plan.first) / plan.chunk;
        if stored.as_ref().is_none_or(|sound| sound.chunk.number != number) {
            stored = Some(campaign.sound(number)?);
        }
        let was = stored.iter().flat_map(|sound| &sound.rows).find(|was| was.index == row.index);
        // A repeat in fresh processes is a matter of the whole chunk.
        let was = was.map(|was| Row { repeated_fresh: row.repeated_fresh, ..was.clone() });
        if let Some(dispute) = was.and_then(|was| Dispute::between(number, &[was], &[row])) {
            return Err(dispute.into());
        }
    }
    Ok(())
}

/// Numbers, those that follow each other as `first-last`.
pub(super) fn ranges(numbers: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => ranges.push((number, number)),
        }
    }
    let shown = ranges.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn numbers_that_follow_each_other_are_one_range() {
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&[0, 2, 3, 4, 9, 10]), "0, 2-4, 9-10");
    }
}
