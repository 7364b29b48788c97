//! A key is where a piece of state stands in the datastore.
//!
//! ```text
//! /contracts/{contract}/head                            the contract's last commit
//! /commits/{contract}/{commit}                          a commit that was processed
//! /assets/{contract}/{asset}                            an asset
//! /balances/{contract}/{asset}/{owner}                  what a contract has of it, if that is not 0
//! /transfers/{commit}/{sender}/{recipient}/{number}     what a commit sent
//! /posts/{contract}{path}                               the value of a path
//! /reposts/{contract}/{source}{path}                    the value that was reposted from a path of another contract
//! ```
//!
//! Identifiers hold no `/`, and of the parts that may, each key has one, at its end: no two keys are the same text. The
//! modules of contracts stand beside these, under keys of the datastore's own.

use crate::identifier::Identifier;
use crate::path::Path;

pub(crate) fn head(contract: &Identifier) -> String {
    format!("/contracts/{contract}/head")
}

pub(crate) fn commit(contract: &Identifier, commit: &Identifier) -> String {
    format!("/commits/{contract}/{commit}")
}

pub(crate) fn asset(contract: &Identifier, asset: &Identifier) -> String {
    format!("/assets/{contract}/{asset}")
}

pub(crate) fn balance(contract: &Identifier, asset: &Identifier, owner: &Identifier) -> String {
    format!("{}{owner}", balances(contract, asset))
}

pub(crate) fn balances(contract: &Identifier, asset: &Identifier) -> String {
    format!("/balances/{contract}/{asset}/")
}

/// Numbers have 20 digits, so that keys sort as they do.
pub(crate) fn transfer(commit: &Identifier, sender: &Identifier, recipient: &Identifier, number: u64) -> String {
    format!("{}{sender}/{recipient}/{number:020}", transfers(commit))
}

pub(crate) fn transfers(commit: &Identifier) -> String {
    format!("/transfers/{commit}/")
}

pub(crate) fn post(contract: &Identifier, path: &Path) -> String {
    format!("/posts/{contract}{path}")
}

pub(crate) fn repost(contract: &Identifier, source: &Identifier, path: &Path) -> String {
    format!("/reposts/{contract}/{source}{path}")
}
