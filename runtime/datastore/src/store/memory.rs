//! The store in memory: the model of the others.

use crate::checked::{Checked, Row, Rows, RowsMut};
use crate::error::StoreError;
use crate::hash::Sha256Hash;
use crate::store::{Snapshot, Store, Transaction};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};

/// A store that ends with the process. Transactions take turns; a view never waits for one.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<Arc<State>>,
    /// Held by the transaction in progress.
    turn: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct State {
    rows: BTreeMap<String, Row>,
    blobs: BTreeMap<Sha256Hash, Arc<[u8]>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A transaction that panics leaves the state as it was, so there is nothing that a lock's poison would warn of.
    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let snapshot = Checked::new(Draft::of(self.state()));
        work(&snapshot)?;
        snapshot.finish().map(drop)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut transaction = Checked::new(Draft::of(self.state()));
        work(&mut transaction)?;
        let Draft { base, rows, blobs } = transaction.finish()?;
        drop(base);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = Arc::make_mut(&mut state);
        for (key, row) in rows {
            match row {
                Some(row) => state.rows.insert(key, row),
                None => state.rows.remove(&key),
            };
        }
        state.blobs.extend(blobs);
        Ok(())
    }
}

/// A state and what changes in it: `None` is a key that was removed.
struct Draft {
    base: Arc<State>,
    rows: BTreeMap<String, Option<Row>>,
    blobs: BTreeMap<Sha256Hash, Arc<[u8]>>,
}

impl Draft {
    const fn of(base: Arc<State>) -> Self {
        Self { base, rows: BTreeMap::new(), blobs: BTreeMap::new() }
    }
}

impl Rows for Draft {
    fn store(&self) -> String {
        "the store in memory".to_owned()
    }

    fn row(&self, key: &str) -> Result<Option<Row>, StoreError> {
        Ok(self.rows.get(key).cloned().unwrap_or_else(|| self.base.rows.get(key).cloned()))
    }

    fn rows(&self, start: &str, end: Option<&str>) -> Result<Vec<(String, Row)>, StoreError> {
        let range = (Bound::Included(start), end.map_or(Bound::Unbounded, Bound::Excluded));
        let mut rows: BTreeMap<_, _> =
            self.base.rows.range::<str, _>(range).map(|(key, row)| (key, Some(row))).collect();
        rows.extend(self.rows.range::<str, _>(range).map(|(key, row)| (key, row.as_ref())));
        Ok(rows.into_iter().filter_map(|(key, row)| Some((key.clone(), row?.clone()))).collect())
    }

    fn bytes(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = self.blobs.get(sha256).or_else(|| self.base.blobs.get(sha256));
        Ok(bytes.map(|bytes| bytes.to_vec()))
    }
}

impl RowsMut for Draft {
    fn set_row(&mut self, key: &str, row: Row) -> Result<(), StoreError> {
        self.rows.insert(key.to_owned(), Some(row));
        Ok(())
    }

    fn remove_row(&mut self, key: &str) -> Result<(), StoreError> {
        self.rows.insert(key.to_owned(), None);
        Ok(())
    }

    fn set_bytes(&mut self, sha256: &Sha256Hash, bytes: &[u8]) -> Result<(), StoreError> {
        self.blobs.insert(*sha256, bytes.into());
        Ok(())
    }
}
