//! The catalogue is the one list of the validators, from which calls by name and JavaScript's bindings are made.

/// Hands every validator that gives a result to the macro, with its name in JavaScript and its arguments.
macro_rules! with_catalogue {
    ($then:ident) => {
        $then! {
            validate_transaction_deterministic as validate_transaction_wasm(tx_json: &str, params_json: &str);
            validate_post_action as validate_post_action_wasm(
                contract_id: &str, path: &str, value_json: &str, state_json: &str
            );
            validate_asset_transfer as validate_asset_transfer_wasm(
                from: &str, to: &str, amount: u64, state_json: &str
            );
            signed_by as signed_by_wasm(message: &str, signer: &str, signature: &str);
            any_signed as any_signed_wasm(message: &str, signers_json: &str, signatures_json: &str);
            all_signed as all_signed_wasm(message: &str, signers_json: &str, signatures_json: &str);
            threshold as threshold_wasm(message: &str, required: u64, signers_json: &str, signatures_json: &str);
            oracle_attests as oracle_attests_wasm(attestation_json: &str, expectation_json: &str);
            amount_in_range as amount_in_range_wasm(amount: u64, minimum: u64, maximum: u64);
            balance_sufficient as balance_sufficient_wasm(balance: u64, amount: u64);
            has_property as has_property_wasm(data_json: &str, path: &str);
            post_to_path as post_to_path_wasm(commit_json: &str, path: &str);
            modifies as modifies_wasm(commit_json: &str, path: &str);
            timestamp_before as timestamp_before_wasm(timestamp: u64, deadline: u64);
            timestamp_after as timestamp_after_wasm(timestamp: u64, moment: u64);
            timestamp_within as timestamp_within_wasm(timestamp: u64, start: u64, end: u64);
            timestamp_near as timestamp_near_wasm(timestamp: u64, target: u64, tolerance: u64);
            timestamp_expired as timestamp_expired_wasm(deadline: u64, now: u64);
            sha256_matches as sha256_matches_wasm(text: &str, hash: &str);
            hash_equals as hash_equals_wasm(left: &str, right: &str);
            hash_format as hash_format_wasm(hash: &str);
            commitment_verify as commitment_verify_wasm(commitment: &str, preimage: &str, salt: &str);
            text_equals as text_equals_wasm(text: &str, expected: &str);
            text_equals_ignore_case as text_equals_ignore_case_wasm(text: &str, expected: &str);
            text_contains as text_contains_wasm(text: &str, expected: &str);
            text_starts_with as text_starts_with_wasm(text: &str, expected: &str);
            text_ends_with as text_ends_with_wasm(text: &str, expected: &str);
            text_is_empty as text_is_empty_wasm(text: &str);
            text_not_empty as text_not_empty_wasm(text: &str);
            text_length_eq as text_length_eq_wasm(text: &str, length: u64);
            text_length_gt as text_length_gt_wasm(text: &str, length: u64);
            text_length_lt as text_length_lt_wasm(text: &str, length: u64);
            num_equals as num_equals_wasm(left_json: &str, right_json: &str);
            num_gt as num_gt_wasm(left_json: &str, right_json: &str);
            num_gte as num_gte_wasm(left_json: &str, right_json: &str);
            num_lt as num_lt_wasm(left_json: &str, right_json: &str);
            num_lte as num_lte_wasm(left_json: &str, right_json: &str);
            num_between as num_between_wasm(value_json: &str, minimum_json: &str, maximum_json: &str);
            num_positive as num_positive_wasm(value_json: &str);
            num_negative as num_negative_wasm(value_json: &str);
            num_zero as num_zero_wasm(value_json: &str);
            bool_is_true as bool_is_true_wasm(value_json: &str);
            bool_is_false as bool_is_false_wasm(value_json: &str);
            bool_equals as bool_equals_wasm(left_json: &str, right_json: &str);
            bool_not as bool_not_wasm(left_json: &str, right_json: &str);
        }
    };
}

pub(crate) use with_catalogue;

macro_rules! names {
    ($($validator:ident as $binding:ident($($argument:ident: $kind:ty),* $(,)?);)*) => {
        /// The names of the validators, as [`call`](crate::call()) takes them.
        pub const NAMES: &[&str] = &[$(stringify!($validator),)* "compute_difficulty_adjustment"];
    };
}

with_catalogue!(names);
