//! Results are what a run says of its cases: a [`Row`] for each, [`Counts`] of what was compared, and one [root](Merkle)
//! over all rows.
//!
//! They are a pure function of the campaign's seed and of what ran: they hold no clocks, no hosts and no order of work, so
//! two runs of the same cases have the same bytes, wherever and in how many pieces they ran.

mod counts;
mod merkle;
mod row;
mod sum;
mod table;

pub use counts::{Check, Count, Counts};
pub use merkle::{Merkle, NotAligned};
pub use row::{NotAVerdict, Row, RowVerdict, observation_sum};
pub use sum::{NotASum, Sha256Sum};
pub use table::{TableError, read_table, write_table};

use serde::{Deserialize, Serialize};

/// The rows of a run, by index, and its counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// A row for each case, by index.
    pub rows: Vec<Row>,
    /// What was compared.
    pub counts: Counts,
}

/// The Merkle root of rows, and how many there are: what a certificate says of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// How many rows.
    pub rows: u64,
    /// The root of the Merkle tree over them.
    pub sha256: Sha256Sum,
}

impl Results {
    /// The root over all rows.
    #[must_use]
    pub fn root(&self) -> Root {
        Merkle::of(&self.rows).root()
    }
}
