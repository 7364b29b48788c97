//! An attempt is one worker's go at one chunk: who, where and when. It is for people, and in no digest.

use super::{Campaign, CampaignError, Share};
use crate::certificate::machine;
use crate::run::Tally;
use serde::{Deserialize, Serialize};

/// One worker's go at one chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The shard that the worker had.
    pub share: String,
    /// The machine.
    pub host: String,
    /// The process.
    pub process: u32,
    /// How many threads.
    pub jobs: usize,
    /// When it began, in seconds since 1970.
    pub started: u64,
    /// When it ended; none while it goes on, or if it was killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<u64>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// How often a lane's worker was replaced, by lane and cause.
    #[serde(default)]
    pub replaced: Tally,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It stored the chunk.
    Stored,
    /// The chunk was there, and is the same.
    Same,
    /// The chunk was there, and is another.
    Disputed,
    /// Something broke in some of the cases, so that there is no result to store.
    Faulted,
}

/// An attempt under way, and its file.
pub(super) struct Going<'a> {
    campaign: &'a Campaign,
    path: String,
    attempt: Attempt,
}

impl<'a> Going<'a> {
    /// Begins an attempt.
    pub(super) fn begin(campaign: &'a Campaign, chunk: u64, share: Share, jobs: usize) -> Result<Self, CampaignError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(CampaignError::Random)?;
        let attempt = Attempt {
            share: share.to_string(),
            host: host(),
            process: std::process::id(),
            jobs,
            started: now(),
            ended: None,
            ending: None,
            replaced: Tally::default(),
        };
        let path = campaign.path(&format!("chunks/{chunk}/attempts/{}.json", hex::encode(id)));
        let going = Self { campaign, path, attempt };
        going.write()?;
        Ok(going)
    }

    /// Ends the attempt.
    pub(super) fn end(mut self, ending: Ending, replaced: Tally) -> Result<(), CampaignError> {
        self.attempt.ended = Some(now());
        self.attempt.ending = Some(ending);
        self.attempt.replaced = replaced;
        self.write()
    }

    fn write(&self) -> Result<(), CampaignError> {
        let json = serde_json::to_vec_pretty(&self.attempt).expect("an attempt has only text keys");
        self.campaign.store.replace(&self.path, json.into())
    }
}

/// The machine's name, or `unknown`.
fn host() -> String {
    // A task of Slurm knows its node, of which a machine may have several.
    std::env::var("SLURMD_NODENAME").unwrap_or_else(|_| machine())
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    u64::try_from(chrono::Utc::now().timestamp()).unwrap_or_default()
}
