//! A recipe makes plausible arguments for one validator: about half of what it makes is valid, and the rest breaks a rule
//! that only arguments of the right form reach.

mod claim;
mod plain;
mod record;

use crate::generate::bits::Bits;

/// An argument of a call.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    /// A string.
    Text(String),
    /// An integer.
    Integer(u64),
}

/// Makes arguments.
pub(super) type Recipe = fn(&mut Bits) -> Vec<Argument>;

/// The recipe of every validator.
pub(super) const RECIPES: &[(&str, Recipe)] = &[
    ("validate_transaction_deterministic", record::transaction),
    ("validate_post_action", record::post),
    ("validate_asset_transfer", record::transfer),
    ("signed_by", claim::signature),
    ("any_signed", claim::ballot),
    ("all_signed", claim::ballot),
    ("threshold", claim::threshold),
    ("oracle_attests", claim::attestation),
    ("amount_in_range", plain::in_range),
    ("balance_sufficient", plain::covered),
    ("has_property", record::property),
    ("post_to_path", record::commit),
    ("modifies", record::commit),
    ("timestamp_before", plain::earlier),
    ("timestamp_after", plain::later),
    ("timestamp_within", plain::in_range),
    ("timestamp_near", plain::near),
    ("timestamp_expired", plain::earlier),
    ("sha256_matches", claim::hash_of_text),
    ("hash_equals", claim::two_hashes),
    ("hash_format", claim::hash),
    ("commitment_verify", claim::commitment),
    ("text_equals", plain::same_texts),
    ("text_equals_ignore_case", plain::same_texts),
    ("text_contains", plain::text_and_part),
    ("text_starts_with", plain::text_and_part),
    ("text_ends_with", plain::text_and_part),
    ("text_is_empty", plain::maybe_empty_text),
    ("text_not_empty", plain::maybe_empty_text),
    ("text_length_eq", plain::text_and_length),
    ("text_length_gt", plain::text_and_length),
    ("text_length_lt", plain::text_and_length),
    ("num_equals", plain::two_numbers),
    ("num_gt", plain::two_numbers),
    ("num_gte", plain::two_numbers),
    ("num_lt", plain::two_numbers),
    ("num_lte", plain::two_numbers),
    ("num_between", plain::three_numbers),
    ("num_positive", plain::signed_number),
    ("num_negative", plain::signed_number),
    ("num_zero", plain::signed_number),
    ("bool_is_true", plain::boolean),
    ("bool_is_false", plain::boolean),
    ("bool_equals", plain::two_booleans),
    ("bool_not", plain::two_booleans),
    ("compute_difficulty_adjustment", record::blocks),
];

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Argument {
    fn from(integer: u64) -> Self {
        Self::Integer(integer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_validator_has_a_recipe_that_makes_as_many_arguments_as_it_takes() {
        let names = RECIPES.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names, modal_wasm_validation::NAMES);
        for (name, recipe) in RECIPES {
            let args = recipe(&mut Bits::new(1));
            let args = args.iter().map(|arg| match arg {
                Argument::Text(text) => serde_json::json!(text),
                Argument::Integer(integer) => serde_json::json!(integer),
            });
            let call = serde_json::json!({"validator": name, "args": args.collect::<Vec<_>>()}).to_string();
            let answer = modal_wasm_validation::call(&call);
            assert!(!answer.contains("Validator takes") && !answer.contains("Argument "), "{call}: {answer}");
        }
    }
}
