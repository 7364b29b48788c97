//! The harness, tested from outside. One program, because each one links the engines.

mod agreement;
mod arrows;
mod campaign;
mod certificate;
mod cli;
mod common;
mod composition;
mod contracts;
mod corpus;
mod coverage;
mod examples;
mod generators;
mod guests;
mod isolation;
mod lanes;
mod limits;
mod metered_bytes;
mod mutation;
mod planted;
mod protocol;
mod reduction;
mod report;
mod results;
#[path = "../score/lib.rs"]
mod score;
mod specification;
mod strength;
mod trends;
mod uploads;
mod validators;
