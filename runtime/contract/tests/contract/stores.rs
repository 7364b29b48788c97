//! Stores that break, or keep what they should not.

use modal_datastore::{MemoryStore, Sha256Hash, Snapshot, Store, StoreError, Transaction};
use std::sync::atomic::{AtomicU64, Ordering};

type Work<'a> = dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError> + 'a;

/// A store that keeps what a transaction wrote before it gave up.
#[derive(Default)]
pub(crate) struct WithoutRollback(MemoryStore);

impl Store for WithoutRollback {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.read(work)
    }

    fn transact(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let mut outcome = Ok(());
        self.0.transact(&mut |transaction| {
            outcome = work(transaction);
            Ok(())
        })?;
        outcome
    }
}

/// A store that runs each transaction twice, as one does after another transaction came first.
#[derive(Default)]
pub(crate) struct Repeating(MemoryStore);

impl Store for Repeating {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.read(work)
    }

    fn transact(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let first = self.0.transact(&mut |transaction| {
            let _ = work(transaction);
            Err(StoreError::Aborted)
        });
        debug_assert!(matches!(first, Err(StoreError::Aborted)), "the first try is given up");
        self.0.transact(work)
    }
}

/// A store one of whose operations, counted over all transactions, fails.
pub(crate) struct FailingAt {
    store: MemoryStore,
    operations: AtomicU64,
    at: u64,
}

impl FailingAt {
    pub(crate) fn new(at: u64) -> Self {
        Self { store: MemoryStore::new(), operations: AtomicU64::new(0), at }
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.operations() > self.at
    }

    /// How many operations there were, in all transactions.
    pub(crate) fn operations(&self) -> u64 {
        self.operations.load(Ordering::Relaxed)
    }
}

impl Store for FailingAt {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.store.read(work)
    }

    fn transact(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        self.store.transact(&mut |transaction| work(&mut Counted { transaction, store: self }))
    }
}

struct Counted<'a> {
    transaction: &'a mut dyn Transaction,
    store: &'a FailingAt,
}

impl Counted<'_> {
    fn count(&self) -> Result<(), StoreError> {
        let store = "a failing store".to_owned();
        match self.store.operations.fetch_add(1, Ordering::Relaxed) == self.store.at {
            true => Err(StoreError::Broken { action: "use", store, source: "it is planted".into() }),
            false => Ok(()),
        }
    }
}

impl Snapshot for Counted<'_> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.count()?;
        self.transaction.get(key)
    }

    fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.count()?;
        self.transaction.scan(prefix)
    }

    fn blob(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        self.count()?;
        self.transaction.blob(sha256)
    }
}

impl Transaction for Counted<'_> {
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.count()?;
        self.transaction.put(key, value)
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.count()?;
        self.transaction.delete(key)
    }

    fn put_blob(&mut self, bytes: &[u8]) -> Result<Sha256Hash, StoreError> {
        self.count()?;
        self.transaction.put_blob(bytes)
    }
}
