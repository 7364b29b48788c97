//! The ledger of all assets, added up from the records of a datastore.

use crate::Finding;
use modal_datastore::{Store, StoreError, view};
use modal_validator::{Asset, Transfer};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Balances and what is in flight add up to the quantity, for every asset.
pub(super) fn balanced(store: &dyn Store) -> Result<(), Finding> {
    let records = view(store, |snapshot| snapshot.scan("/"))
        .map_err(|error: StoreError| Finding::new(format!("the records cannot be read: {error}")))?;
    let mut quantities = BTreeMap::new();
    let mut held = BTreeMap::<(String, String), u128>::new();
    for (key, value) in &records {
        let mut add = |contract: &str, asset: &str, amount: u64| {
            *held.entry((contract.to_owned(), asset.to_owned())).or_default() += u128::from(amount);
        };
        match key.split('/').collect::<Vec<_>>()[..] {
            ["", "assets", contract, asset] => {
                let Asset { quantity, .. } = read(key, value)?;
                quantities.insert((contract.to_owned(), asset.to_owned()), u128::from(quantity));
            }
            ["", "balances", contract, asset, _] => add(contract, asset, read(key, value)?),
            ["", "transfers", ..] => {
                let Transfer { asset_contract, asset_id, amount, received_in, .. } = read(key, value)?;
                if received_in.is_none() {
                    add(&asset_contract, &asset_id, amount);
                }
            }
            _ => {}
        }
    }
    if quantities == held {
        return Ok(());
    }
    Err(Finding::new(format!("assets are not conserved: there are {quantities:?}, and {held:?} are held or in flight")))
}

fn read<T: DeserializeOwned>(key: &str, value: &[u8]) -> Result<T, Finding> {
    serde_json::from_slice(value).map_err(|error| Finding::new(format!("the record {key} cannot be read: {error}")))
}
