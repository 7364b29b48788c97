//! A record says what a version of a module is, without its bytes, which are kept once under their hash.
//!
//! The record of the current version is at `/wasm_modules/{contract_id}/{module_name}`, those of all versions are at
//! `/wasm_module_versions/{contract_id}/{module_name}//{version}`, the version with 20 digits, so that keys sort as
//! versions do. No name holds an empty segment, so the versions of `a` are never taken for those of `a/b`.

use crate::error::StoreError;
use crate::hash::Sha256Hash;
use crate::module::WasmModule;
use crate::name::{ContractId, ModuleName};
use crate::store::{Snapshot, Transaction};
use modal_wasm_meter::GasLimit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version of a module, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleRecord {
    /// The contract that the module belongs to.
    pub contract_id: ContractId,
    /// The module's name in the contract.
    pub module_name: ModuleName,
    /// Which of the module's versions this is: the first is 1.
    pub version: u64,
    /// The SHA-256 of the original module.
    pub sha256_hash: Sha256Hash,
    /// How long the original module is, in bytes.
    pub wasm_size: u64,
    /// The gas that a call of the module is given.
    pub gas_limit: GasLimit,
    /// When the commit or block that uploaded the module was made, in seconds since 1970.
    pub created_at: u64,
    /// What else is to be known of the module.
    pub metadata: BTreeMap<String, serde_json::Value>,
}

impl ModuleRecord {
    /// The record of the current module of that name in a contract.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds is not what was put there.
    pub fn find(
        snapshot: &dyn Snapshot,
        contract_id: &ContractId,
        module_name: &ModuleName,
    ) -> Result<Option<Self>, StoreError> {
        let key = key(contract_id, module_name);
        snapshot.get(&key)?.map(|value| Self::read(&key, &value)).transpose()
    }

    /// The module, its bytes verified.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds is not what was put there.
    pub fn load(&self, snapshot: &dyn Snapshot) -> Result<WasmModule, StoreError> {
        let wasm_bytes = snapshot.blob(&self.sha256_hash)?.ok_or_else(|| StoreError::MissingBytes {
            key: key(&self.contract_id, &self.module_name),
            expected: self.sha256_hash,
        })?;
        Ok(WasmModule {
            contract_id: self.contract_id.clone(),
            module_name: self.module_name.clone(),
            wasm_bytes,
            sha256_hash: self.sha256_hash,
            gas_limit: self.gas_limit,
            created_at: self.created_at,
            metadata: self.metadata.clone(),
        })
    }

    /// Reads the record that stands at a key, which has to be the record's own: that of its name, or of its version.
    fn read(key: &str, value: &[u8]) -> Result<Self, StoreError> {
        let invalid = |reason: String| StoreError::InvalidRecord { key: key.to_owned(), reason };
        let record = serde_json::from_slice::<Self>(value).map_err(|error| invalid(error.to_string()))?;
        let own = [self::key(&record.contract_id, &record.module_name), record.version_key()];
        match own.iter().any(|own| own == key) {
            true => Ok(record),
            false => Err(invalid(format!("it belongs to {:?}", own[1]))),
        }
    }

    fn version_key(&self) -> String {
        format!("{}{:020}", versions_prefix(&self.contract_id, &self.module_name), self.version)
    }
}

/// The key of a module's current record.
pub(crate) fn key(contract_id: &ContractId, module_name: &ModuleName) -> String {
    format!("/wasm_modules/{contract_id}/{module_name}")
}

fn versions_prefix(contract_id: &ContractId, module_name: &ModuleName) -> String {
    format!("/wasm_module_versions/{contract_id}/{module_name}//")
}

/// Writes a module's record, after those that are there.
pub(crate) fn append(module: &WasmModule, transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    let current = ModuleRecord::find(transaction, &module.contract_id, &module.module_name)?;
    let record = ModuleRecord {
        contract_id: module.contract_id.clone(),
        module_name: module.module_name.clone(),
        // One version for each upload: the count ends long after the disk does.
        version: current.map_or(0, |current| current.version).saturating_add(1),
        sha256_hash: module.sha256_hash,
        wasm_size: module.wasm_bytes.len() as u64,
        gas_limit: module.gas_limit,
        created_at: module.created_at,
        metadata: module.metadata.clone(),
    };
    let key = module.key();
    let json = serde_json::to_vec(&record)
        .map_err(|error| StoreError::InvalidRecord { key: key.clone(), reason: error.to_string() })?;
    transaction.put(&record.version_key(), &json)?;
    transaction.put(&key, &json)?;
    Ok(record.version)
}

/// The current records of a contract.
pub(crate) fn list(snapshot: &dyn Snapshot, contract_id: &ContractId) -> Result<Vec<ModuleRecord>, StoreError> {
    read_all(snapshot, &format!("/wasm_modules/{contract_id}/"))
}

/// The records of a module's versions.
pub(crate) fn versions(
    snapshot: &dyn Snapshot,
    contract_id: &ContractId,
    module_name: &ModuleName,
) -> Result<Vec<ModuleRecord>, StoreError> {
    read_all(snapshot, &versions_prefix(contract_id, module_name))
}

fn read_all(snapshot: &dyn Snapshot, prefix: &str) -> Result<Vec<ModuleRecord>, StoreError> {
    snapshot.scan(prefix)?.iter().map(|(key, value)| ModuleRecord::read(key, value)).collect()
}
