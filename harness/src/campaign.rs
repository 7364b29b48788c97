//! A campaign is a set of cases that many machines judge and that one certificate speaks for.
//!
//! It is a pure function from a [`Plan`] to bytes. The plan cuts the cases in chunks of a fixed size, and a chunk is what is
//! run, stored and compared. A shard is a worker's [`Share`] of the chunks: which worker ran what, in which order, how often
//! and after how many crashes leaves no trace in what is stored, so that one machine or a hundred leave the same bytes.
//!
//! ```text
//! campaigns/<SHA-256 of campaign.json>/
//!   campaign.json                        the plan
//!   chunks/<number>/results.parquet      a row for each case
//!   chunks/<number>/chunk.json           counts, lanes, Merkle root; written last: a chunk that has it is done
//!   chunks/<number>/attempts/<id>.json   times, host and worker of each attempt; in no digest
//!   findings/<bucket>/<case>.zip         module, text, inputs, observations, how to replay
//!   disputes/<number>-<digest>.parquet   results that differ from those that were there
//!   merged/                              the index, and what is made of it
//! ```

mod archive;
mod attempt;
mod chunk;
mod dispute;
mod error;
mod index;
mod merge;
mod plan;
mod share;
mod status;
mod store;
mod work;

pub use archive::archive;
pub use attempt::{Attempt, Ending};
pub use chunk::{Chunk, FindingNote};
pub use dispute::Dispute;
pub use error::{CampaignError, PlanError};
pub use index::{ChunkEntry, Index};
pub use merge::{Resample, add_up, merge};
pub use plan::{GENERATOR, Pinned, Plan, PlannedLane};
pub use share::{NotAShare, Share};
pub use status::{Status, Unfinished};
pub use store::Store;
pub use work::{Work, WorkListener, work};

use crate::results::Sha256Sum;
use bytes::Bytes;

/// A campaign in its store.
#[derive(Debug)]
pub struct Campaign {
    store: Store,
    plan: Plan,
    id: Sha256Sum,
}

/// The folder of all campaigns of a store.
const CAMPAIGNS: &str = "campaigns";

impl Campaign {
    /// Puts a plan into a store. One that is there already stays, and is the same.
    ///
    /// # Errors
    ///
    /// If the plan is none, or the store fails.
    pub fn create(store: Store, plan: Plan) -> Result<Self, CampaignError> {
        plan.check()?;
        let bytes = plan.to_json();
        let campaign = Self { id: Sha256Sum::of(&bytes), plan, store };
        campaign.store.create(&campaign.path("campaign.json"), bytes.into())?;
        Ok(campaign)
    }

    /// Opens the campaign whose name begins so, or the only one of a store.
    ///
    /// # Errors
    ///
    /// If there is none, or more than one, or the plan is not what its folder says.
    pub fn open(store: Store, name: Option<&str>) -> Result<Self, CampaignError> {
        let ids = Self::list(&store)?;
        let mut named = ids.iter().filter(|id| name.is_none_or(|name| id.starts_with(name)));
        let id = match (named.next(), named.next()) {
            (Some(id), None) => id.clone(),
            (None, _) => {
                return Err(CampaignError::Unknown { name: name.map(str::to_owned), place: store.place().to_owned() });
            }
            (Some(_), Some(_)) => return Err(CampaignError::Ambiguous { ids }),
        };
        let wrong = |reason: String| CampaignError::NotThePlan { id: id.clone(), reason };
        let path = format!("{CAMPAIGNS}/{id}/campaign.json");
        let bytes = store.get(&path)?.ok_or_else(|| wrong("it is not there".into()))?;
        let plan: Plan = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        plan.check().map_err(|error| wrong(error.to_string()))?;
        let sum = Sha256Sum::of(&bytes);
        if sum.to_string() != id || bytes != plan.to_json() {
            return Err(wrong(format!("its digest is {sum}")));
        }
        Ok(Self { store, plan, id: sum })
    }

    /// The names of the campaigns of a store.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn list(store: &Store) -> Result<Vec<String>, CampaignError> {
        store.folders(CAMPAIGNS)
    }

    /// What the campaign is.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// SHA-256 of the plan, which names the campaign.
    #[must_use]
    pub fn id(&self) -> Sha256Sum {
        self.id
    }

    /// Where the campaign is.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}/{CAMPAIGNS}/{}", self.store.place().trim_end_matches('/'), self.id)
    }

    /// A file of the campaign's folder, if it is there.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn get(&self, name: &str) -> Result<Option<Bytes>, CampaignError> {
        self.store.get(&self.path(name))
    }

    /// Puts a file into `merged/`, beside the index: a certificate, a report. If one is there, it has to be the same, since all
    /// that is made of a campaign follows from its bytes.
    ///
    /// # Errors
    ///
    /// If another one is there, or the store fails.
    pub fn publish(&self, name: &str, bytes: Vec<u8>) -> Result<(), CampaignError> {
        let name = format!("merged/{name}");
        match self.store.create(&self.path(&name), bytes.clone().into())? {
            Some(there) if there != bytes => Err(CampaignError::Another { name }),
            Some(_) | None => Ok(()),
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{CAMPAIGNS}/{}/{name}", self.id)
    }
}
