//! The validators, each with its rules in order and its gas.
//!
//! A validator that reads JSON takes it as text; amounts, times and lengths are `u64`. "CHECK x 3" is three times
//! [`cost::CHECK`](crate::cost::CHECK). What follows "then" is charged only if it is reached, everything else always.
//! Hashes, keys and signatures are in hex, of either case, and compare as bytes. Lengths are of UTF-8 bytes.

mod amount;
mod boolean;
mod difficulty;
mod hash;
mod number;
mod oracle;
mod path;
mod post;
mod property;
mod signature;
mod text;
mod timestamp;
mod transaction;
mod transfer;

pub use amount::{amount_in_range, balance_sufficient};
pub use boolean::{bool_equals, bool_is_false, bool_is_true, bool_not};
pub use difficulty::compute_difficulty_adjustment;
pub use hash::{commitment_verify, hash_equals, hash_format, sha256_matches};
pub use number::{num_between, num_equals, num_gt, num_gte, num_lt, num_lte, num_negative, num_positive, num_zero};
pub use oracle::oracle_attests;
pub use path::{modifies, post_to_path};
pub use post::validate_post_action;
pub use property::has_property;
pub use signature::{all_signed, any_signed, signed_by, threshold};
pub use text::{
    text_contains, text_ends_with, text_equals, text_equals_ignore_case, text_is_empty, text_length_eq, text_length_gt,
    text_length_lt, text_not_empty, text_starts_with,
};
pub use timestamp::{timestamp_after, timestamp_before, timestamp_expired, timestamp_near, timestamp_within};
pub use transaction::validate_transaction_deterministic;
pub use transfer::validate_asset_transfer;
