//! A lane is one engine in one configuration that observes cases.
//!
//! A lane knows nothing of the judge: it takes a case and answers what it saw. A lane that cannot answer has a
//! [`LaneFault`], which is the harness's, the engine's or the machine's trouble and never a result.

mod backlog;
mod catalogue;
mod engine;
mod feature;
mod node;
mod opening;
mod process;
pub(crate) mod recent;
mod reference;
mod set;
mod smoke;
mod supervised;

pub use catalogue::{Catalogue, CatalogueError, LaneDescription, Places};
pub use engine::EngineLane;
pub use feature::Feature;
pub use node::{Invocation, NodeReading, StoredModule, Uploaded};
pub(crate) use opening::Opening;
pub use process::{Breakage, Hello, PROTOCOL, ProcessLane, WorkerCommand, WorkerLimits, serve};
pub use reference::ReferenceLane;
pub(crate) use reference::Spectator;
pub(crate) use set::Seen;
pub use set::{ForeignLane, LaneKind, LaneSet};
pub use supervised::SupervisedLane;

use crate::{Case, Observation};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a lane is: the part of a record that says who observed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LaneId {
    /// The lane's name, as `--lanes` takes it.
    pub name: String,
    /// The engine's version and configuration.
    pub version: String,
}

/// One engine in one configuration.
///
/// Cases are submitted and collected in order, so that a lane in another process works while this one does.
pub trait Lane: Send {
    /// What the lane is.
    fn id(&self) -> &LaneId;

    /// The features that the lane lacks. It is not sent a case that needs one of them.
    fn lacks(&self) -> &BTreeSet<Feature> {
        static NOTHING: BTreeSet<Feature> = BTreeSet::new();
        &NOTHING
    }

    /// Whether the lane has validators of its own, outside of any guest.
    fn has_validators(&self) -> bool {
        false
    }

    /// How often the lane's worker was replaced by a fresh one, by cause; nothing for a lane in this process.
    fn replaced(&self) -> BTreeMap<&'static str, u64> {
        BTreeMap::new()
    }

    /// Hands a case over. Its observation is collected later.
    fn submit(&mut self, case: &Arc<Case>);

    /// The observation of the oldest case not yet collected.
    fn collect(&mut self) -> Result<Observation, LaneFault>;

    /// Observes one case.
    fn observe(&mut self, case: &Arc<Case>) -> Result<Observation, LaneFault> {
        self.submit(case);
        self.collect()
    }
}

/// What an observer answers, or a fault if it panics: it has broken then, and a run of many cases goes on to say so.
pub(crate) fn guard<T>(kind: &str, observe: impl FnOnce() -> Result<T, LaneFault>) -> Result<T, LaneFault> {
    catch_unwind(AssertUnwindSafe(observe)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
        Err(LaneFault::new(kind, text.unwrap_or("the panic has no text")))
    })
}

/// Why a lane has no observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct LaneFault {
    /// A short name, by which faults are counted.
    pub kind: String,
    /// What happened.
    pub detail: String,
}

impl LaneFault {
    /// A fault of this kind.
    pub fn new(kind: &str, detail: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), detail: detail.into() }
    }
}
