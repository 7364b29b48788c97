//! Measures the runtime side by side with what it could be compared to.
//!
//! A [`Guest`] of the corpus is run in several ways, each of them a [`Variant`] of one [`Comparison`]: their samples are
//! taken in turns, so that whatever else the machine does falls on all of them alike, and what is reported is the
//! ratio of their medians. [`Bare`] is the way without this project: Wasmtime alone.

mod bare;
mod comparison;
mod guest;
mod plan;
mod report;

pub use bare::Bare;
pub use comparison::{Comparison, Measured, Variant};
pub use guest::Guest;
pub use plan::Plan;
pub use report::{Report, Table};
