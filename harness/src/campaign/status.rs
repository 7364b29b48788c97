//! A status is how far a campaign is, told from its store alone: no worker is asked.

use super::attempt::now;
use super::{Attempt, Campaign, CampaignError, Dispute, Index};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How far a campaign is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// SHA-256 of the plan, which names the campaign.
    pub campaign: String,
    /// Chunks that are planned.
    pub chunks: u64,
    /// Those of them that are stored.
    pub done: u64,
    /// Cases that are planned.
    pub cases: u64,
    /// Cases of the chunks that are stored.
    pub cases_done: u64,
    /// Attempts at chunks, whatever became of them.
    pub attempts: u64,
    /// Chunks that are not stored, and that somebody has begun.
    pub unfinished: Vec<Unfinished>,
    /// Chunks that are not stored, and that nobody has begun.
    pub untouched: u64,
    /// Findings that are stored.
    pub findings: u64,
    /// Results that differ from those that are stored.
    pub disputes: u64,
    /// Whether the chunks were merged.
    pub merged: bool,
    /// Cases per second, from the first chunk that was stored to the last.
    pub cases_per_second: Option<f64>,
}

/// A chunk that somebody has begun and nobody has stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unfinished {
    /// The chunk.
    pub chunk: u64,
    /// How many attempts there were.
    pub attempts: u64,
    /// The last of them.
    pub last: Option<Attempt>,
    /// How long ago it began, in seconds.
    pub seconds: u64,
}

impl Campaign {
    /// How far the campaign is.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn status(&self) -> Result<Status, CampaignError> {
        let plan = self.plan();
        let mut stored = BTreeMap::new();
        let mut attempts = BTreeMap::<u64, Vec<String>>::new();
        for object in self.store.objects(&self.path("chunks"))? {
            let mut parts = object.name.splitn(2, '/');
            let number = parts.next().and_then(|number| number.parse::<u64>().ok());
            match (number.filter(|&number| number < plan.chunks()), parts.next()) {
                (Some(number), Some("chunk.json")) => drop(stored.insert(number, object.written)),
                (Some(number), Some(rest)) if rest.starts_with("attempts/") => {
                    attempts.entry(number).or_default().push(format!("chunks/{number}/{rest}"));
                }
                // Results without a record are those of an attempt that is at its end, or was stopped there.
                (Some(_) | None, Some(_) | None) => {}
            }
        }
        let begun = attempts.keys().copied().filter(|number| !stored.contains_key(number)).collect::<BTreeSet<_>>();
        let unfinished = begun.iter().map(|&chunk| self.unfinished(chunk, &attempts[&chunk]));
        let unfinished = unfinished.collect::<Result<Vec<_>, _>>()?;
        let cases_of = |number: u64| {
            let cases = plan.cases_of(number);
            cases.end - cases.start
        };
        let done = stored.len() as u64;
        Ok(Status {
            campaign: self.id().to_string(),
            chunks: plan.chunks(),
            done,
            cases: plan.cases,
            cases_done: stored.keys().map(|&number| cases_of(number)).sum(),
            attempts: attempts.values().map(|attempts| attempts.len() as u64).sum(),
            untouched: plan.chunks() - done - begun.len() as u64,
            unfinished,
            findings: self.store.objects(&self.path("findings"))?.len() as u64,
            disputes: self.store.objects(&self.path(Dispute::FOLDER))?.len() as u64,
            merged: self.get(&format!("merged/{}", Index::FILE))?.is_some(),
            cases_per_second: per_second(&stored, cases_of),
        })
    }

    fn unfinished(&self, chunk: u64, attempts: &[String]) -> Result<Unfinished, CampaignError> {
        let mut known = Vec::<Attempt>::new();
        for name in attempts {
            let bytes = self.get(name)?;
            known.extend(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()));
        }
        let last = known.into_iter().max_by_key(|attempt| attempt.started);
        let seconds = last.as_ref().map_or(0, |attempt| now().saturating_sub(attempt.started));
        Ok(Unfinished { chunk, attempts: attempts.len() as u64, last, seconds })
    }
}

/// Cases per second between the first chunk that was stored, which is not counted, and the last.
fn per_second(stored: &BTreeMap<u64, i64>, cases_of: impl Fn(u64) -> u64) -> Option<f64> {
    let (&first, &start) = stored.iter().min_by_key(|(_, written)| **written)?;
    let end = stored.values().max()?;
    let cases = stored.keys().filter(|&&number| number != first).map(|&number| cases_of(number)).sum::<u64>();
    (*end > start).then(|| cases as f64 / (end - start) as f64)
}
