//! A module is WebAssembly that a contract uploaded, under a name of the contract's own.

use crate::error::StoreError;
use crate::hash::Sha256Hash;
use crate::name::{ContractId, ModuleName};
use crate::record::{self, ModuleRecord};
use crate::store::{Snapshot, Transaction};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_wasm_meter::GasLimit;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;

/// A module of a contract.
///
/// In JSON, `wasm_bytes` is base64 and `sha256_hash` lower hex. Reading JSON does not compare the two:
/// [`verify_hash`](Self::verify_hash) does, and so do saving and finding a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WasmModule {
    /// The contract that the module belongs to.
    pub contract_id: ContractId,
    /// The module's name in the contract.
    pub module_name: ModuleName,
    /// The original module.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub wasm_bytes: Vec<u8>,
    /// The SHA-256 of the original module.
    pub sha256_hash: Sha256Hash,
    /// The gas that a call of the module is given.
    pub gas_limit: GasLimit,
    /// When the commit or block that uploaded the module was made, in seconds since 1970: what it says, no clock's
    /// word.
    pub created_at: u64,
    /// What else is to be known of the module.
    pub metadata: BTreeMap<String, serde_json::Value>,
}

impl WasmModule {
    /// A module with its hash, the default gas limit, made at 0, without metadata.
    #[must_use]
    pub fn new(contract_id: ContractId, module_name: ModuleName, wasm_bytes: Vec<u8>) -> Self {
        Self {
            contract_id,
            module_name,
            sha256_hash: Self::compute_hash(&wasm_bytes),
            wasm_bytes,
            gas_limit: GasLimit::default(),
            created_at: 0,
            metadata: BTreeMap::new(),
        }
    }

    /// The hash of a module's bytes.
    #[must_use]
    pub fn compute_hash(wasm_bytes: &[u8]) -> Sha256Hash {
        Sha256Hash::of(wasm_bytes)
    }

    /// Whether the bytes have the hash.
    #[must_use]
    pub fn verify_hash(&self) -> bool {
        Self::compute_hash(&self.wasm_bytes) == self.sha256_hash
    }

    /// The key of the module's record: `/wasm_modules/{contract_id}/{module_name}`.
    #[must_use]
    pub fn key(&self) -> String {
        record::key(&self.contract_id, &self.module_name)
    }

    /// Saves the module as the current one of its name, keeps the ones before, and returns its version: 1 for the first
    /// one.
    ///
    /// # Errors
    ///
    /// If the bytes do not have the hash, or the store cannot be read or written.
    pub fn save(&self, transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
        let found = Self::compute_hash(&self.wasm_bytes);
        if found != self.sha256_hash {
            return Err(StoreError::WrongHash { key: self.key(), claimed: self.sha256_hash, found });
        }
        transaction.put_blob(&self.wasm_bytes)?;
        record::append(self, transaction)
    }

    /// The current module of that name in a contract, its bytes verified.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds is not what was put there.
    pub fn find_by_contract_and_path(
        snapshot: &dyn Snapshot,
        contract_id: &ContractId,
        path: &ModuleName,
    ) -> Result<Option<Self>, StoreError> {
        let record = ModuleRecord::find(snapshot, contract_id, path)?;
        record.map(|record| record.load(snapshot)).transpose()
    }

    /// The records of a contract's current modules, ordered by name.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds is not what was put there.
    pub fn list(snapshot: &dyn Snapshot, contract_id: &ContractId) -> Result<Vec<ModuleRecord>, StoreError> {
        record::list(snapshot, contract_id)
    }

    /// The records of all versions of a module, from the first to the current one.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds is not what was put there.
    pub fn versions(
        snapshot: &dyn Snapshot,
        contract_id: &ContractId,
        module_name: &ModuleName,
    ) -> Result<Vec<ModuleRecord>, StoreError> {
        record::versions(snapshot, contract_id, module_name)
    }
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(|error| de::Error::custom(format!("failed to read base64: {error}")))
}
