//! Descriptions of guests of the ABI's edges, drawn until every way in which an execution can end was met several times.

use super::Inputs;
use crate::abi::foretold;
use modal_harness::Seed;
use rand::Rng as _;
use std::collections::BTreeMap;

/// Draws.
const DRAWS: u64 = 4_000;

/// Inputs that are kept of each ending.
const OF_EACH: usize = 6;

/// A few inputs of each ending, the first ones that were drawn.
pub(super) fn all() -> Inputs {
    let mut kept = BTreeMap::<String, Inputs>::new();
    for draw in 0..DRAWS {
        let mut input = vec![0; 48];
        Seed(draw).stream("guest").fill_bytes(&mut input);
        let Some(ending) = foretold(&input) else { continue };
        let of_ending = kept.entry(ending).or_default();
        if of_ending.len() < OF_EACH {
            of_ending.insert(input);
        }
    }
    kept.into_values().flatten().collect()
}
