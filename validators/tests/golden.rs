//! What the validators answer, as text: in each file of `tests/golden`, `>` is a call and `<` below it the answer.
//!
//! The same calls hold for the JavaScript bindings and for the guest on every engine.
//! `VALIDATORS_BLESS=1 cargo test -p modal-wasm-validation --test golden` rewrites the answers for a person to review.

use modal_wasm_validation::{NAMES, call};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn calls_are_answered_as_written_down() {
    let bless = std::env::var_os("VALIDATORS_BLESS").is_some();
    for file in files() {
        let text = fs::read_to_string(&file).expect("readable");
        let mut found = String::new();
        for line in text.lines().filter(|line| !line.starts_with("< ")) {
            found.push_str(line);
            found.push('\n');
            if let Some(input) = line.strip_prefix("> ") {
                found.push_str(&format!("< {}\n", call(input)));
            }
        }
        if bless {
            fs::write(&file, found).expect("writable");
        } else {
            assert_eq!(text, found, "{}", file.display());
        }
    }
}

#[test]
fn every_validator_is_called_with_each_of_its_gas_values() {
    let mut gas_values: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for file in files() {
        let text = fs::read_to_string(&file).expect("readable");
        for (input, answer) in calls(&text) {
            let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text);
            let Ok(input) = parse(input) else { continue };
            let answer = parse(answer).expect("answers are JSON");
            let (Some(name), Some(gas)) = (input["validator"].as_str(), answer["gas_used"].as_u64()) else { continue };
            gas_values.entry(name.to_owned()).or_default().insert(gas);
        }
    }
    let found: BTreeMap<_, _> =
        gas_values.iter().map(|(name, values)| (name.as_str(), values.iter().copied().collect::<Vec<_>>())).collect();
    let expected: BTreeMap<_, _> = GAS.iter().map(|(name, values)| (*name, values.to_vec())).collect();
    assert_eq!(found, expected);
    let named: BTreeSet<_> = NAMES.iter().copied().filter(|name| *name != "compute_difficulty_adjustment").collect();
    assert_eq!(named, expected.into_keys().collect());
}

/// All that a validator can cost. Those that read signatures cost more with each: here there are up to three.
const GAS: &[(&str, &[u64])] = &[
    ("validate_transaction_deterministic", &[220]),
    ("validate_post_action", &[180]),
    ("validate_asset_transfer", &[200, 220]),
    ("signed_by", &[130, 160]),
    ("any_signed", &[230, 240, 260, 300]),
    ("all_signed", &[230, 260, 270, 290, 300]),
    ("threshold", &[240, 260, 280, 300, 320]),
    ("oracle_attests", &[220, 310]),
    ("amount_in_range", &[130]),
    ("balance_sufficient", &[110]),
    ("has_property", &[160, 170]),
    ("post_to_path", &[170, 180]),
    ("modifies", &[170, 180]),
    ("timestamp_before", &[110]),
    ("timestamp_after", &[110]),
    ("timestamp_within", &[130]),
    ("timestamp_near", &[110]),
    ("timestamp_expired", &[110]),
    ("sha256_matches", &[110, 140]),
    ("hash_equals", &[120, 130]),
    ("hash_format", &[110]),
    ("commitment_verify", &[110, 140]),
    ("text_equals", &[110]),
    ("text_equals_ignore_case", &[110]),
    ("text_contains", &[110]),
    ("text_starts_with", &[110]),
    ("text_ends_with", &[110]),
    ("text_is_empty", &[110]),
    ("text_not_empty", &[110]),
    ("text_length_eq", &[110]),
    ("text_length_gt", &[110]),
    ("text_length_lt", &[110]),
    ("num_equals", &[220, 230]),
    ("num_gt", &[220, 230]),
    ("num_gte", &[220, 230]),
    ("num_lt", &[220, 230]),
    ("num_lte", &[220, 230]),
    ("num_between", &[280, 310]),
    ("num_positive", &[160, 170]),
    ("num_negative", &[160, 170]),
    ("num_zero", &[160, 170]),
    ("bool_is_true", &[160, 170]),
    ("bool_is_false", &[160, 170]),
    ("bool_equals", &[220, 230]),
    ("bool_not", &[220, 230]),
];

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder exists").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    assert!(files.len() >= 13, "only {} golden files were found", files.len());
    files
}

fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        let input = lines.find_map(|line| line.strip_prefix("> "))?;
        Some((input, lines.next().and_then(|line| line.strip_prefix("< ")).expect("a call has an answer")))
    })
}
