//! A cost is what one step of a validator adds to its validation gas.
//!
//! Validation gas is a price list of its own. It has nothing to do with the gas that a metered module uses.

/// Calling a validator at all.
pub const BASE: u64 = 100;

/// Parsing one JSON document, whatever its length.
pub const PARSE_JSON: u64 = 50;

/// Checking one rule.
pub const CHECK: u64 = 10;

/// Computing one hash. Verifying a signature computes one.
pub const HASH: u64 = 20;
