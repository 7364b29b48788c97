//! A history is a list of commits of a few contracts, read from an input.
//!
//! An input that begins with `{` or a digit is text: each line is a commit, of the contract that a digit before it names. Any
//! other input is choices: few of them make a commit that has the right form, and names what there is, as a rule.

use super::program::PROGRAMS;
use arbitrary::Unstructured;
use serde_json::{Value, json};

/// The contracts of every history.
const CONTRACTS: [&str; 3] = ["mint", "bank", "shop"];

/// The most commits of a history.
const COMMITS: usize = 16;

/// How deep programs' actions invoke programs.
const DEPTH: u32 = 3;

/// A commit of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) contract: String,
    pub(super) id: String,
    pub(super) commit: String,
}

/// The history of an input.
pub(super) fn read(data: &[u8]) -> Vec<Entry> {
    match data {
        [b'{' | b'0'..=b'9', ..] => of_text(&String::from_utf8_lossy(data)),
        _ => of_choices(&mut Unstructured::new(data)),
    }
}

/// A history of commits, each with the number of its contract, as the text of an input.
pub(crate) fn written(commits: &[(usize, String)]) -> Vec<u8> {
    commits.iter().map(|(contract, commit)| format!("{contract}{commit}\n")).collect::<String>().into_bytes()
}

fn entry(number: usize, contract: usize, commit: String) -> Entry {
    let contract = CONTRACTS[contract % CONTRACTS.len()].to_owned();
    Entry { contract, id: format!("c{number}"), commit }
}

fn of_text(text: &str) -> Vec<Entry> {
    let line = |(number, line): (usize, &str)| {
        let digit = line.chars().next().and_then(|first| first.to_digit(10));
        let commit = if digit.is_some() { line.get(1..).unwrap_or_default() } else { line };
        entry(number, digit.map_or(0, |digit| digit as usize), commit.to_owned())
    };
    text.lines().take(COMMITS).enumerate().map(line).collect()
}

fn of_choices(choices: &mut Unstructured<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !choices.is_empty() && entries.len() < COMMITS {
        let contract = pick(choices, &[0, 1, 2]);
        let count = 1 + usize::from(pick(choices, &[0_u8, 0, 1, 2, 3]));
        let body = (0..count).map(|_| action(choices, entries.len(), DEPTH)).collect::<Vec<_>>();
        let head = match choices.arbitrary::<u8>().unwrap_or_default() % 8 {
            6 => json!({"parent": format!("c{}", entries.len().saturating_sub(1))}),
            7 => Value::Null,
            _ => json!({}),
        };
        entries.push(entry(entries.len(), contract, json!({"body": body, "head": head}).to_string()));
    }
    entries
}

fn pick<T: Copy + Default>(choices: &mut Unstructured<'_>, of: &[T]) -> T {
    let choice = usize::from(choices.arbitrary::<u8>().unwrap_or_default());
    of.get(choice % of.len().max(1)).copied().unwrap_or_default()
}

/// An action of the commit of this number.
fn action(choices: &mut Unstructured<'_>, number: usize, depth: u32) -> Value {
    const ASSETS: [&str; 3] = ["gold", "silver", ""];
    const AMOUNTS: [u64; 8] = [10, 20, 50, 100, 1, 0, 1000, u64::MAX];
    const PATHS: [&str; 5] = ["/rates/gold", "/a", "/a/b", "a", "/"];
    const MODULES: [&str; 4] = ["/relay.wasm", "/other.wasm", "/a/relay.wasm", "/.wasm"];
    let earlier = |choices: &mut Unstructured<'_>| {
        let back = usize::from(choices.arbitrary::<u8>().unwrap_or_default() % 4);
        format!("c{}", number.saturating_sub(back))
    };
    let mut odd = || choices.arbitrary::<u8>().unwrap_or_default() % 16 == 15;
    let [no_asset_contract, no_sender] = [!odd(), !odd()];
    let kind = choices.arbitrary::<u8>().unwrap_or_default() % 16;
    match kind {
        0..=2 => json!({"method": "create", "value": {
            "asset_id": pick(choices, &ASSETS),
            "quantity": pick(choices, &AMOUNTS),
            "divisibility": pick(choices, &[1_u64, 10, 5, 0]),
        }}),
        3..=6 => json!({"method": "send", "value": {
            "asset_id": pick(choices, &ASSETS[..2]),
            "asset_contract": if no_asset_contract { Value::Null } else { pick(choices, &CONTRACTS).into() },
            "to_contract": pick(choices, &CONTRACTS),
            "amount": pick(choices, &AMOUNTS),
        }}),
        7..=9 => json!({"method": "recv", "value": {
            "send_commit_id": earlier(choices),
            "from_contract": if no_sender { Value::Null } else { pick(choices, &CONTRACTS).into() },
        }}),
        10 => json!({"method": "post", "path": pick(choices, &PATHS), "value": pick(choices, &AMOUNTS)}),
        11 => {
            let path = format!("${}:{}", pick(choices, &CONTRACTS), pick(choices, &PATHS));
            json!({"method": "repost", "path": path, "value": pick(choices, &AMOUNTS)})
        }
        12 | 13 => {
            let which = usize::from(pick(choices, &[0_u8, 0, 0, 1, 2, 3, 4]));
            let bytes = PROGRAMS.get(which).cloned().unwrap_or_default();
            let path = pick(choices, &MODULES);
            match choices.arbitrary::<u8>().unwrap_or_default() % 4 {
                3 => json!({"method": "post", "path": path, "value": {
                    "wasm_bytes": bytes, "gas_limit": pick(choices, &[100_000_u64, 2_000, 0]),
                }}),
                _ => json!({"method": "post", "path": path, "value": bytes}),
            }
        }
        _ => {
            let count = if depth == 0 { 0 } else { choices.arbitrary::<u8>().unwrap_or_default() % 3 };
            let actions = (0..count).map(|_| action(choices, number, depth - 1)).collect::<Vec<_>>();
            let path = pick(choices, &MODULES);
            json!({"method": "invoke", "path": path, "value": {"args": {"actions": actions, "errors": []}}})
        }
    }
}
