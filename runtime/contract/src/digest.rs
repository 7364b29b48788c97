//! A state digest is one hash of all that a datastore holds, by which two nodes compare their states.

use crate::error::Fault;
use modal_datastore::{Sha256Hash, Store, view};
use sha2::{Digest, Sha256};

/// The SHA-256 over every key and its value, in the order of the keys' bytes, each with its length before it as a
/// little-endian u64. Modules count through their records, which hold the hashes of their bytes.
///
/// # Errors
///
/// If the datastore cannot be read, or does not keep the order.
pub fn state_digest(store: &(impl Store + ?Sized)) -> Result<Sha256Hash, Fault> {
    let entries = view(store, |snapshot| snapshot.scan(""))?;
    let mut hash = Sha256::new();
    let mut last: Option<&str> = None;
    for (key, value) in &entries {
        if last.is_some_and(|last| last >= key.as_str()) {
            return Err(Fault::State { key: key.clone(), reason: "the datastore gave it out of order".to_owned() });
        }
        last = Some(key);
        for bytes in [key.as_bytes(), value] {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(Sha256Hash::from_bytes(hash.finalize().into()))
}
