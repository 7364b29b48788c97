//! The determinism conformance harness.
//!
//! `Seed` → [`Case`] → an [`Observation`] per [`Lane`] → [`Verdict`] → [`Divergence`]: a generated module and its runs
//! go through every engine in its metered form and through the reference interpreter in its original form, and the
//! oracles of [`oracle`] say whether all of them saw the same.

mod base64_bytes;
pub mod campaign;
mod case;
pub mod certificate;
pub mod corpus;
pub mod coverage;
pub mod digest;
mod divergence;
mod explain;
pub mod generate;
mod lane;
mod listing;
pub mod observation;
pub mod oracle;
mod panel;
mod reduce;
pub mod report;
mod repro;
pub mod results;
mod run;
mod seed;
mod slot;
pub mod specification;
pub mod sweep;
mod verdict;

pub use case::{Call, CallableModule, Case, Parent, Relation, Run, Upload, Validation};
pub use divergence::{Bucket, CallKind, Divergence, Property};
pub use explain::{Explanation, FunctionGas, Seen, TraceLine, explain};
pub use lane::{
    Breakage, Catalogue, CatalogueError, EngineLane, Feature, ForeignLane, Hello, Invocation, Lane, LaneDescription,
    LaneFault, LaneId, LaneKind, LaneSet, NodeReading, PROTOCOL, Places, ProcessLane, ReferenceLane, StoredModule,
    SupervisedLane, Uploaded, WorkerCommand, WorkerLimits, serve,
};
pub use listing::{Line, Listing};
pub use observation::Observation;
pub use oracle::judge;
pub use panel::Panel;
pub use reduce::{CaseSize, DEFAULT_ATTEMPTS, NotWanted, Reducer, Reduction, ReductionProgress};
pub use repro::Repro;
pub use run::{
    Finding, Listener, MutantSummary, NodeSummary, Ran, RunConfig, Summary, THREAD_STACK, Tally, ValidatorSummary, run,
};
pub use seed::Seed;
pub use verdict::{Cause, Symptom, Verdict};
