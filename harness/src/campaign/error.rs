//! What stops a campaign, and what to do about it.

use super::Dispute;
use crate::lane::LaneFault;
use crate::results::TableError;

/// Why a plan cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// It is of another form.
    #[error("the plan is of form {format}, which this program does not know")]
    Format {
        /// The form.
        format: u32,
    },
    /// A number is larger than JSON numbers are exact.
    #[error("{name} {number} is more than {largest}, up to which JSON numbers are exact")]
    TooLarge {
        /// The number's name.
        name: &'static str,
        /// The number.
        number: u64,
        /// The largest.
        largest: u64,
    },
    /// There is nothing to do.
    #[error("the plan has no cases")]
    NoCases,
    /// The chunk's size is none.
    #[error("a chunk of {chunk} cases is none: its size is a power of two up to {largest}")]
    Chunk {
        /// The size.
        chunk: u64,
        /// The largest.
        largest: u64,
    },
    /// Not every chunk would repeat a case.
    #[error("one case in {sample_every} cannot be repeated: it must be 1 to {chunk}, the size of a chunk")]
    SampleEvery {
        /// One in so many.
        sample_every: u64,
        /// The size of a chunk.
        chunk: u64,
    },
    /// It was made for another release.
    #[error(
        "the plan's {name} is {planned}, and this program's is {here}: work on it with the release that planned it"
    )]
    Another {
        /// What.
        name: &'static str,
        /// As planned.
        planned: String,
        /// As it is here.
        here: String,
    },
}

/// What stops a campaign.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// The store cannot be opened.
    #[error("failed to open {place} as a store: {reason}")]
    NoStore {
        /// What was named.
        place: String,
        /// Why.
        reason: String,
    },
    /// The store does not do what it is asked.
    #[error("failed to {what} {path} of {place}")]
    Store {
        /// What was tried.
        what: &'static str,
        /// The object.
        path: String,
        /// The store.
        place: String,
        /// Why.
        source: Box<object_store::Error>,
    },
    /// There is no such campaign.
    #[error("failed to find {} in {place}; `cargo conform campaign plan` makes one", named(name.as_deref()))]
    Unknown {
        /// What was asked for.
        name: Option<String>,
        /// The store.
        place: String,
    },
    /// There is more than one.
    #[error("failed to choose among campaigns; --campaign takes the beginning of one of {}", ids.join(", "))]
    Ambiguous {
        /// Those that there are.
        ids: Vec<String>,
    },
    /// The plan is not that of its folder.
    #[error("failed to use campaign {id}: campaign.json is not its plan: {reason}")]
    NotThePlan {
        /// The folder.
        id: String,
        /// Why.
        reason: String,
    },
    /// The plan cannot be carried out.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// What is here is not what was planned.
    #[error("failed to work on the campaign: {name} was planned as {planned} and is {here}")]
    NotAsPlanned {
        /// What differs.
        name: String,
        /// As planned.
        planned: String,
        /// As it is here.
        here: String,
    },
    /// A lane cannot be opened.
    #[error(transparent)]
    Lane(#[from] LaneFault),
    /// Rows cannot be written.
    #[error("failed to write the results of chunk {chunk}")]
    Table {
        /// The chunk.
        chunk: u64,
        /// Why.
        source: TableError,
    },
    /// A finding cannot be packed.
    #[error("failed to pack a finding")]
    Archive(#[source] std::io::Error),
    /// The machine has no random numbers.
    #[error("failed to name an attempt: {0}")]
    Random(getrandom::Error),
    /// The same cases gave other bytes.
    #[error(transparent)]
    Dispute(Box<Dispute>),
    /// Something is missing or is not what it says.
    #[error("failed to merge: {}", gaps.join("; "))]
    Incomplete {
        /// What, one line each.
        gaps: Vec<String>,
    },
    /// Another file is where one is to be put.
    #[error("failed to publish {name}: another one is there, though all of it follows from the campaign's bytes")]
    Another {
        /// The file.
        name: String,
    },
}

fn named(name: Option<&str>) -> String {
    name.map_or_else(|| "a campaign".into(), |name| format!("a campaign whose name begins with {name:?}"))
}
