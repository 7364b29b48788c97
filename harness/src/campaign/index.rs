//! An index is what all chunks of a campaign come to: `merged/index.json`. Whatever else is made of a campaign, a certificate
//! or a report, is made of it.

use super::{FindingNote, Plan};
use crate::results::{Counts, Root, Sha256Sum};
use crate::run::Summary;
use serde::{Deserialize, Serialize};

/// What all chunks of a campaign come to. It holds no times and no hosts, and follows from the campaign's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// SHA-256 of the plan, which names the campaign.
    pub campaign: Sha256Sum,
    /// The plan.
    pub plan: Plan,
    /// The Merkle root of all rows.
    pub root: Root,
    /// What was compared, by lane and check.
    pub counts: Counts,
    /// What was done.
    pub summary: Summary,
    /// What did not end in agreement, by number.
    pub findings: Vec<FindingNote>,
    /// What is left open although every case was judged: each line is a reason not to call it agreement.
    pub gaps: Vec<String>,
    /// The cases that were judged again when the index was made, and came to the same.
    pub judged_again: Vec<u64>,
    /// The chunks, by number.
    pub chunks: Vec<ChunkEntry>,
}

/// A chunk of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChunkEntry {
    /// The Merkle root of its rows.
    pub root: Root,
    /// SHA-256 of its `results.parquet`.
    pub results_sha256: Sha256Sum,
}

impl Index {
    /// Where the index is, in `merged/`.
    pub const FILE: &str = "index.json";

    /// The index as canonical JSON (RFC 8785).
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        super::plan::canonical(self)
    }

    /// Whether a certificate may be made of it: every case judged, every check that was demanded made, no finding, and nothing
    /// left open.
    #[must_use]
    pub fn is_agreement(&self) -> bool {
        self.findings.is_empty() && self.gaps.is_empty() && self.summary.diverged == 0
    }
}
