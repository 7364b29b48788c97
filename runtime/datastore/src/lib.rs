//! Keeps what contracts are made of: their modules, every version of them, and their state.
//!
//! A [`Store`] maps keys to values and hashes to bytes. It changes by transactions only, each of which happens wholly
//! and durably or not at all, and whatever it returns was verified against a SHA-256 on the way out. There are three,
//! with one contract: [`RedbStore`] is a file and needs no set-up, [`PostgresStore`] is shared by several machines, and
//! [`MemoryStore`] is the model that the other two are held against, and serves tests and simulations.
//!
//! A [`WasmModule`] is what a contract uploads. Its functions work on a [`Snapshot`] or in a [`Transaction`], beside
//! whatever else the caller does there:
//!
//! ```
//! use modal_datastore::{ContractId, MemoryStore, ModuleName, StoreError, WasmModule, commit, view};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = MemoryStore::new();
//! let contract_id = ContractId::new("contract-1")?;
//! let module_name = ModuleName::from_path("/custom/logic.wasm")?;
//! let module = WasmModule::new(contract_id.clone(), module_name.clone(), b"\0asm\x01\0\0\0".to_vec());
//!
//! let version = commit(&store, |transaction| {
//!     transaction.put("/contracts/contract-1/head", b"commit 7")?;
//!     module.save(transaction)
//! })?;
//! assert_eq!(version, 1);
//!
//! let found = view(&store, |snapshot| WasmModule::find_by_contract_and_path(snapshot, &contract_id, &module_name))?;
//! assert_eq!(found, Some(module));
//! # Ok(())
//! # }
//! ```

mod checked;
mod error;
mod hash;
mod key;
mod module;
mod name;
mod record;
mod store;

pub use error::{KeyFault, StoreError, Stored};
pub use hash::{ParseHashError, Sha256Hash};
pub use key::{MAX_KEY_BYTES, MAX_VALUE_BYTES};
pub use module::WasmModule;
pub use name::{ContractId, ModuleName, NameError, NameFault, NameKind};
pub use record::ModuleRecord;
pub use store::memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use store::postgres::{PostgresOptions, PostgresStore};
pub use store::redb::RedbStore;
pub use store::{Snapshot, Store, Transaction, commit, open, view};

/// What a [`RedbStore`] can be kept on, other than a file.
pub use ::redb::StorageBackend;
