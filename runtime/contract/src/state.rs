//! The state is what the commits so far have come to, as records in the datastore.

use crate::error::Fault;
use crate::identifier::Identifier;
use crate::key;
use crate::path::Path;
use crate::value::CanonicalJson;
use modal_datastore::{Sha256Hash, Snapshot};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Reads the state of contracts from a view of the datastore.
#[derive(Clone, Copy)]
pub struct State<'a> {
    snapshot: &'a dyn Snapshot,
}

/// The last commit of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The commit.
    pub commit_id: String,
    /// How many commits the contract has, this one included.
    pub number: u64,
}

/// A commit that was processed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitRecord {
    /// How many commits the contract had with this one.
    pub number: u64,
    /// The contract's commit before this one.
    pub previous: Option<String>,
    /// The SHA-256 of the commit's JSON text.
    pub sha256: Sha256Hash,
    /// The time of its block, in seconds since 1970.
    pub timestamp: u64,
    /// The height of its block.
    pub block_height: u64,
    /// The gas that its programs used.
    pub gas_used: u64,
}

/// An asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// How much of it there is: the balances and what is in flight add up to this.
    pub quantity: u64,
    /// What every amount that is sent is a multiple of.
    pub divisibility: u64,
    /// The commit that created it.
    pub created_in: String,
}

/// An amount that was sent. It is in flight until it is received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Which of its commit's sends this is, from 0.
    pub number: u64,
    /// The sender.
    pub from_contract: String,
    /// The recipient.
    pub to_contract: String,
    /// The contract that created the asset.
    pub asset_contract: String,
    /// The asset's name in that contract.
    pub asset_id: String,
    /// How much.
    pub amount: u64,
    /// The recipient's commit that received it, if one has.
    pub received_in: Option<String>,
}

/// What a contract has of an asset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Balance(pub(crate) u64);

impl<'a> State<'a> {
    /// The state in a view of the datastore.
    #[must_use]
    pub fn new(snapshot: &'a dyn Snapshot) -> Self {
        Self { snapshot }
    }

    /// The contract's last commit.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn head(&self, contract: &Identifier) -> Result<Option<Head>, Fault> {
        self.record(&key::head(contract))
    }

    /// A commit of the contract, if it was processed.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn commit(&self, contract: &Identifier, commit: &Identifier) -> Result<Option<CommitRecord>, Fault> {
        self.record(&key::commit(contract, commit))
    }

    /// An asset that the contract created.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn asset(&self, contract: &Identifier, asset: &Identifier) -> Result<Option<Asset>, Fault> {
        self.record(&key::asset(contract, asset))
    }

    /// What `owner` has of an asset that `contract` created: 0 if it never had any, or if there is no such asset.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn balance(&self, contract: &Identifier, asset: &Identifier, owner: &Identifier) -> Result<u64, Fault> {
        let balance: Option<Balance> = self.record(&key::balance(contract, asset, owner))?;
        Ok(balance.unwrap_or_default().0)
    }

    /// Everyone who has some of an asset, with what they have, ordered by name.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn balances(&self, contract: &Identifier, asset: &Identifier) -> Result<Vec<(String, u64)>, Fault> {
        let prefix = key::balances(contract, asset);
        let records: Vec<(String, Balance)> = self.records(&prefix)?;
        let owner = |key: &str| key.get(prefix.len()..).unwrap_or_default().to_owned();
        Ok(records.into_iter().map(|(key, Balance(amount))| (owner(&key), amount)).collect())
    }

    /// All that commits of this name sent, received or not, ordered by sender, recipient and place in the commit.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn transfers(&self, commit: &Identifier) -> Result<Vec<Transfer>, Fault> {
        let records: Vec<(String, Transfer)> = self.records(&key::transfers(commit))?;
        Ok(records.into_iter().map(|(_, transfer)| transfer).collect())
    }

    /// The latest value that the contract posted to a path.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn value(&self, contract: &Identifier, path: &Path) -> Result<Option<CanonicalJson>, Fault> {
        self.text(&key::post(contract, path))
    }

    /// The value that the contract last reposted from a path of another contract, `source`.
    ///
    /// # Errors
    ///
    /// If the datastore cannot be read.
    pub fn reposted(
        &self,
        contract: &Identifier,
        source: &Identifier,
        path: &Path,
    ) -> Result<Option<CanonicalJson>, Fault> {
        self.text(&key::repost(contract, source, path))
    }

    fn text(&self, key: &str) -> Result<Option<CanonicalJson>, Fault> {
        let Some(value) = self.snapshot.get(key)? else { return Ok(None) };
        let broken = |reason: String| Fault::State { key: key.to_owned(), reason };
        let text = String::from_utf8(value).map_err(|error| broken(error.to_string()))?;
        CanonicalJson::parse(&text).map(Some).map_err(|error| broken(error.to_string()))
    }

    fn record<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Fault> {
        self.snapshot.get(key)?.map(|value| read(key, &value)).transpose()
    }

    fn records<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<(String, T)>, Fault> {
        let records = self.snapshot.scan(prefix)?;
        records.into_iter().map(|(key, value)| read(&key, &value).map(|record| (key, record))).collect()
    }
}

fn read<T: DeserializeOwned>(key: &str, value: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(value).map_err(|error| Fault::State { key: key.to_owned(), reason: error.to_string() })
}
