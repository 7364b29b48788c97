//! What a run did with nodes: what they stored and refused, and how invocations ended.

use super::Tally;
use crate::Case;
use crate::lane::{NodeReading, Uploaded};
use crate::oracle::Evidence;
use serde::{Deserialize, Serialize};

/// Fewer invocations than this say nothing of how they end.
const ENOUGH: u64 = 300;

/// The least share of invocations, in percent, whose actions are applied.
const APPLIED_PERCENT: u64 = 5;

/// What a run did with nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeSummary {
    /// Cases that were uploaded to every node.
    pub uploads: u64,
    /// Those of them that every node refused.
    pub refused: u64,
    /// Modules that were read back, on one node.
    pub modules: u64,
    /// Invocations that were compared with what lanes observe, by how they ended.
    pub invocations: Tally,
}

/// An invocation whose actions were all applied.
const APPLIED: &str = "applied";

impl NodeSummary {
    /// Counts what nodes made of a case that was compared.
    pub(super) fn record(&mut self, case: &Case, evidence: &Evidence) {
        let (Some(_), Some(Ok(readings))) = (case.upload, &evidence.nodes) else { return };
        self.uploads += 1;
        match readings.first().map(|reading| &reading.uploaded) {
            Some(Uploaded::Refused(_)) => self.refused += 1,
            Some(Uploaded::Stored { modules, invocations }) => {
                self.modules += modules.len() as u64;
                for invocation in invocations {
                    self.invocations.count(match (invocation.actions, invocation.ended.as_str()) {
                        (Some(_), _) => APPLIED,
                        (None, NodeReading::RETURNED) => "returned, and was refused",
                        (None, ended) => ended,
                    });
                }
            }
            None => {}
        }
    }

    /// What is left open.
    pub(super) fn gaps(&self) -> Vec<String> {
        let all = self.invocations.0.values().sum::<u64>();
        let applied = self.invocations.of(APPLIED);
        let too_few = all >= ENOUGH && applied * 100 < all * APPLIED_PERCENT;
        too_few
            .then(|| format!("{applied} of {all} invocations applied, {APPLIED_PERCENT} % are demanded"))
            .into_iter()
            .collect()
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.uploads += other.uploads;
        self.refused += other.refused;
        self.modules += other.modules;
        self.invocations.add(&other.invocations);
    }
}
