//! Stores with a bug, each of which the suites have to find.

use crate::model::{Shared, Subject, check};
use crate::tampering::{Reading, Specimen};
use crate::workload;
use modal_datastore::{MemoryStore, Sha256Hash, Snapshot, Store, StoreError, Transaction, commit, view};
use std::sync::Arc;

/// What is wrong with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    /// Nothing: the suites find fault with bugs, not with the wrapper.
    None,
    /// Each write is a transaction of its own, which nothing undoes.
    WritesAtOnce,
    /// Each read of a view sees the newest state.
    ViewsMove,
    /// A new version of a module takes the place of the first one.
    HistoryOverwritten,
    /// What a transaction removes stays.
    DeletesForgotten,
    /// Bytes are returned whatever their hash is.
    Unverified,
}

struct Planted<S> {
    inner: Arc<S>,
    bug: Bug,
}

/// Single reads and writes, each one a transaction of its own.
struct Single<'a, S>(&'a S);

/// A view or a transaction of the store below.
struct Wrapped<T> {
    inner: T,
    bug: Bug,
}

impl<S: Store> Store for Planted<S> {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        match self.bug {
            Bug::ViewsMove => work(&Single(&*self.inner)),
            bug @ Bug::Unverified => work(&Wrapped { inner: &Single(&*self.inner), bug }),
            bug => self.inner.read(&mut |inner| work(&Wrapped { inner, bug })),
        }
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        match self.bug {
            Bug::WritesAtOnce => work(&mut Single(&*self.inner)),
            bug => self.inner.transact(&mut |inner| work(&mut Wrapped { inner, bug })),
        }
    }
}

impl<S: Store> Snapshot for Single<'_, S> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        view(self.0, |snapshot| snapshot.get(key))
    }

    fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        view(self.0, |snapshot| snapshot.scan(prefix))
    }

    fn blob(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        view(self.0, |snapshot| snapshot.blob(sha256))
    }
}

impl<S: Store> Transaction for Single<'_, S> {
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        commit(self.0, |transaction| transaction.put(key, value))
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        commit(self.0, |transaction| transaction.delete(key))
    }

    fn put_blob(&mut self, bytes: &[u8]) -> Result<Sha256Hash, StoreError> {
        commit(self.0, |transaction| transaction.put_blob(bytes))
    }
}

impl<T: std::ops::Deref<Target: Snapshot>> Snapshot for Wrapped<T> {
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(key)
    }

    fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.inner.scan(prefix)
    }

    fn blob(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        match self.inner.blob(sha256) {
            Err(StoreError::HashMismatch { .. }) if self.bug == Bug::Unverified => Ok(Some(b"what is there".to_vec())),
            read => read,
        }
    }
}

impl Transaction for Wrapped<&mut dyn Transaction> {
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        match key.rsplit_once("//") {
            Some((module, _)) if self.bug == Bug::HistoryOverwritten => {
                self.inner.put(&format!("{module}//{:020}", 1), value)
            }
            _ => self.inner.put(key, value),
        }
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        match self.bug {
            Bug::DeletesForgotten => Ok(()),
            _ => self.inner.delete(key),
        }
    }

    fn put_blob(&mut self, bytes: &[u8]) -> Result<Sha256Hash, StoreError> {
        self.inner.put_blob(bytes)
    }
}

#[test]
fn the_suite_finds_planted_bugs() {
    let found = |bug: Bug| {
        let checked = check(400, || {
            let inner = Arc::new(MemoryStore::new());
            let store = Arc::new(Planted { inner, bug });
            Subject::new(move || Box::new(Shared(Arc::clone(&store))))
        });
        checked.is_err()
    };
    assert!(!found(Bug::None));
    for bug in [Bug::WritesAtOnce, Bug::ViewsMove, Bug::HistoryOverwritten, Bug::DeletesForgotten] {
        assert!(found(bug), "{bug:?}");
    }
}

#[test]
fn tampering_is_found_where_it_is_not_verified() {
    let found = |bug: Bug| {
        let specimen = Specimen::new();
        let disk = crate::disk::Disk::default();
        let open = || modal_datastore::RedbStore::with_backend(disk.open(), "the disk").expect("a store");
        specimen.store(&open());
        let store = Planted { inner: Arc::new(open()), bug };
        disk.flip(disk.find(&specimen.bytes).expect("it is stored as it is"), 1);
        specimen.read(&store)
    };
    assert_eq!(found(Bug::None), Ok(Reading::Mismatch));
    assert_eq!(found(Bug::Unverified), Err("read Some(13) bytes that are not what was put".to_owned()));
}

/// What a transaction of the crash tests leaves if half of it is lost, or comes twice, is never taken for whole.
#[test]
fn half_a_transaction_is_found() {
    type Damage = fn(&mut dyn Transaction) -> Result<(), StoreError>;
    let found = |damage: Damage| {
        let store = MemoryStore::new();
        (1..=3).for_each(|number| assert_eq!(workload::commit_next(&store).ok(), Some(number)));
        commit(&store, damage).unwrap_or_else(|error| panic!("{error}"));
        workload::check(&store)
    };
    assert_eq!(found(|_| Ok(())), Ok(3));
    let damages: [Damage; 7] = [
        |transaction| transaction.put("/numbered/last", b"2"),
        |transaction| transaction.put("/numbered/last", b"4"),
        |transaction| transaction.put("/numbered/part/4", b"2"),
        |transaction| transaction.delete("/numbered/log/00000000000000000002"),
        |transaction| transaction.put("/numbered/passing/00000000000000000002", b"2"),
        |transaction| transaction.delete("/numbered/passing/00000000000000000003"),
        |transaction| transaction.delete("/wasm_module_versions/numbered/module//00000000000000000003"),
    ];
    for (index, damage) in damages.into_iter().enumerate() {
        assert!(found(damage).is_err(), "damage {index}");
    }
}
