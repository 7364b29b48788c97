//! A dispute is two results of the same cases: something is not deterministic. It is a finding of its own.

use super::{Campaign, CampaignError, Chunk};
use crate::results::{Row, Sha256Sum, read_table};
use serde::{Deserialize, Serialize};

/// Two results of the same cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("chunk {chunk} is not deterministic: {what}: stored {stored}, now {now}{}", kept_where(kept))]
pub struct Dispute {
    /// The chunk.
    pub chunk: u64,
    /// The first case, and the first of its columns, in which the results differ.
    pub what: String,
    /// What is stored.
    pub stored: String,
    /// What was found now.
    pub now: String,
    /// Where the results that were not stored are kept, in the campaign's folder.
    pub kept: Option<String>,
}

fn kept_where(kept: &Option<String>) -> String {
    kept.as_ref().map_or_else(String::new, |kept| format!("; {kept} has what was found now"))
}

impl From<Dispute> for CampaignError {
    fn from(dispute: Dispute) -> Self {
        Self::Dispute(Box::new(dispute))
    }
}

impl Dispute {
    /// The folder of disputes in a campaign's.
    pub(super) const FOLDER: &str = "disputes";

    /// The first difference between the rows of a chunk, if there is one.
    #[must_use]
    pub fn between(chunk: u64, stored: &[Row], now: &[Row]) -> Option<Self> {
        let (stored_row, now_row) = stored.iter().zip(now).find(|(stored, now)| stored != now)?;
        let (column, stored, now) = first_difference(stored_row, now_row);
        let Row { index, seed, .. } = now_row;
        Some(Self { chunk, what: format!("case {index}, seed {seed}, {column}"), stored, now, kept: None })
    }

    /// Two records of the same rows that differ.
    pub(super) fn of_records(chunk: u64, now: &[u8], stored: &[u8]) -> Self {
        let text = |bytes: &[u8]| Sha256Sum::of(bytes).to_string();
        Self { chunk, what: "chunk.json".into(), stored: text(stored), now: text(now), kept: None }
    }
}

impl Campaign {
    /// What there is to say of a table that is not the one that is stored. It is kept beside.
    pub(super) fn dispute(
        &self,
        chunk: u64,
        rows: &[Row],
        table: Vec<u8>,
        stored: &[u8],
    ) -> Result<CampaignError, CampaignError> {
        let stored_rows = match read_table(stored.to_vec()) {
            Ok(rows) => rows,
            Err(error) => {
                let folder = Chunk::folder(chunk);
                let gap = format!(
                    "{folder}/results.parquet cannot be read ({error}); remove it and {folder}/chunk.json, and run the chunk again"
                );
                return Ok(CampaignError::Incomplete { gaps: vec![gap] });
            }
        };
        let sum = Sha256Sum::of(&table);
        let kept = format!("{}/{chunk}-{sum}.parquet", Dispute::FOLDER);
        self.store.create(&self.path(&kept), table.into())?;
        let of_sizes = || Dispute {
            chunk,
            what: "the number of rows, or how they are written".into(),
            stored: format!("{} rows", stored_rows.len()),
            now: format!("{} rows", rows.len()),
            kept: None,
        };
        let found = Dispute::between(chunk, &stored_rows, rows).unwrap_or_else(of_sizes);
        Ok(Dispute { kept: Some(kept), ..found }.into())
    }
}

/// The first column in which rows differ, and what is there.
fn first_difference(stored: &Row, now: &Row) -> (&'static str, String, String) {
    let mut pairs = stored.columns().into_iter().zip(now.columns());
    let different = pairs.find(|((_, stored), (_, now))| stored != now);
    different.map_or(("row", String::new(), String::new()), |((column, stored), (_, now))| (column, stored, now))
}
