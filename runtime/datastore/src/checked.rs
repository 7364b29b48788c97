//! What every store has in common: keys and lengths are checked on the way in, and everything is verified on the way
//! out.
//!
//! A store below keeps *rows*. A row is a value and a seal, the SHA-256 of the key and the value, so that a value that
//! decayed, or that turned up at another key, is noticed as bytes under a wrong hash are.

use crate::error::{StoreError, Stored};
use crate::hash::Sha256Hash;
use crate::key::{self, MAX_VALUE_BYTES};
use crate::store::{Snapshot, Transaction};
use sha2::{Digest, Sha256};
use std::cell::Cell;

/// A value as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The SHA-256 of the key, a zero byte and the value, as they were put.
    pub(crate) seal: Sha256Hash,
    pub(crate) value: Vec<u8>,
}

/// What a store reads, as it is stored.
pub(crate) trait Rows {
    /// The store, for people.
    fn store(&self) -> String;
    fn row(&self, key: &str) -> Result<Option<Row>, StoreError>;
    /// The rows of keys from `start` and, if there is an end, before `end`, in order.
    fn rows(&self, start: &str, end: Option<&str>) -> Result<Vec<(String, Row)>, StoreError>;
    fn bytes(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError>;
}

/// What a store writes in one transaction. What was written is read.
pub(crate) trait RowsMut: Rows {
    fn set_row(&mut self, key: &str, row: Row) -> Result<(), StoreError>;
    fn remove_row(&mut self, key: &str) -> Result<(), StoreError>;
    /// Keeps bytes; whatever is under the hash already is the same bytes or has decayed.
    fn set_bytes(&mut self, sha256: &Sha256Hash, bytes: &[u8]) -> Result<(), StoreError>;
}

/// Rows behind the checks.
pub(crate) struct Checked<R> {
    rows: R,
    /// Whether an operation has failed: what was done may not be what was meant then.
    failed: Cell<bool>,
}

impl<R: Rows> Checked<R> {
    pub(crate) const fn new(rows: R) -> Self {
        Self { rows, failed: Cell::new(false) }
    }

    #[cfg(feature = "postgres")]
    pub(crate) const fn rows(&self) -> &R {
        &self.rows
    }

    /// The rows, if all went well.
    pub(crate) fn finish(self) -> Result<R, StoreError> {
        match self.failed.get() {
            false => Ok(self.rows),
            true => Err(StoreError::FailedBefore { store: self.rows.store() }),
        }
    }

    fn noting<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        result.inspect_err(|_| self.failed.set(true))
    }

    fn verify(stored: Stored, expected: Sha256Hash, found: Sha256Hash) -> Result<(), StoreError> {
        match expected == found {
            true => Ok(()),
            false => Err(StoreError::HashMismatch { stored, expected, found }),
        }
    }

    fn open(key: &str, row: Row) -> Result<Vec<u8>, StoreError> {
        let found = seal(key, &row.value);
        Self::verify(Stored::Value { key: key.to_owned() }, row.seal, found)?;
        Ok(row.value)
    }
}

impl<R: Rows> Snapshot for Checked<R> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.noting(key::check(key).and_then(|()| self.rows.row(key)?.map(|row| Self::open(key, row)).transpose()))
    }

    fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.noting(key::check_prefix(prefix).and_then(|()| {
            let rows = self.rows.rows(prefix, key::end_of_prefix(prefix).as_deref())?;
            let open = |(key, row): (String, Row)| Self::open(&key, row).map(|value| (key, value));
            rows.into_iter().map(open).collect()
        }))
    }

    fn blob(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        self.noting(self.rows.bytes(sha256).and_then(|bytes| {
            if let Some(bytes) = &bytes {
                Self::verify(Stored::Bytes { sha256: *sha256 }, *sha256, Sha256Hash::of(bytes))?;
            }
            Ok(bytes)
        }))
    }
}

impl<R: RowsMut> Transaction for Checked<R> {
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        let checked = key::check(key)
            .and_then(|()| check_length(value, || Stored::Value { key: key.to_owned() }))
            .and_then(|()| self.rows.set_row(key, Row { seal: seal(key, value), value: value.to_owned() }));
        self.noting(checked)
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        let checked = key::check(key).and_then(|()| self.rows.remove_row(key));
        self.noting(checked)
    }

    fn put_blob(&mut self, bytes: &[u8]) -> Result<Sha256Hash, StoreError> {
        let sha256 = Sha256Hash::of(bytes);
        let checked =
            check_length(bytes, || Stored::Bytes { sha256 }).and_then(|()| self.rows.set_bytes(&sha256, bytes));
        self.noting(checked.map(|()| sha256))
    }
}

fn check_length(value: &[u8], stored: impl FnOnce() -> Stored) -> Result<(), StoreError> {
    match value.len() <= MAX_VALUE_BYTES {
        true => Ok(()),
        false => Err(StoreError::TooLarge { stored: stored(), bytes: value.len() }),
    }
}

/// Keys hold no zero byte, so no two pairs of key and value make the same bytes here.
fn seal(key: &str, value: &[u8]) -> Sha256Hash {
    let hash = Sha256::new().chain_update(key).chain_update([0]).chain_update(value);
    Sha256Hash::from_bytes(hash.finalize().into())
}
