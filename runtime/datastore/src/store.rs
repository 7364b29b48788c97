//! A store keeps values by key and bytes by hash, and changes by transactions only.

pub(crate) mod memory;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod redb;

use crate::error::StoreError;
use crate::hash::Sha256Hash;

/// Keeps values by key and bytes by hash.
///
/// [`commit`] and [`view`] are the two ways to use one; these methods are what they are made of. The work that is
/// passed in must not use the store itself: a store that takes one transaction at a time would wait for ever.
pub trait Store: Send + Sync {
    /// Shows a consistent view to `work`: nothing that is committed meanwhile is seen in it.
    ///
    /// `work` may be called again, with another view, where that is what it takes to show a consistent one.
    ///
    /// # Errors
    ///
    /// What `work` returns, or why the store could not be read.
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError>;

    /// Runs one transaction. If this returns without an error, all that `work` wrote is there and stays there, whatever
    /// happens to the process or the machine. If it returns an error, nothing of it is, except where the error is
    /// [`StoreError::UnknownOutcome`].
    ///
    /// `work` may be called again if other transactions came first, so it must be a function of what it reads. It sees
    /// what it wrote itself.
    ///
    /// # Errors
    ///
    /// What `work` returns, or why the store could not be read or written.
    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError>;
}

/// A consistent view of a store.
pub trait Snapshot {
    /// The value of a key.
    ///
    /// # Errors
    ///
    /// If the key is none, the store cannot be read, or what it holds is not what was put there.
    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// The keys that begin with `prefix` and their values, ordered by the keys' bytes.
    ///
    /// # Errors
    ///
    /// If no key can begin like that, the store cannot be read, or what it holds is not what was put there.
    fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// The bytes that have this hash, if the store has them. They are hashed again each time.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or what it holds has another hash.
    fn blob(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError>;
}

/// A transaction in progress. After an error of any of its methods it cannot be committed any more.
pub trait Transaction: Snapshot {
    /// Gives a key a value, in place of any other one.
    ///
    /// # Errors
    ///
    /// If the key is none, the value is too long, or the store cannot be written.
    fn put(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError>;

    /// Removes a key and its value, if it is there.
    ///
    /// # Errors
    ///
    /// If the key is none, or the store cannot be written.
    fn delete(&mut self, key: &str) -> Result<(), StoreError>;

    /// Keeps bytes under their hash, once, however often they are put. They stay for good.
    ///
    /// # Errors
    ///
    /// If they are too long, or the store cannot be written.
    fn put_blob(&mut self, bytes: &[u8]) -> Result<Sha256Hash, StoreError>;
}

/// Opens the store at an address: `postgres://user:password@host:5432/database` is a
/// [`PostgresStore`](crate::PostgresStore), and anything else the path of a [`RedbStore`](crate::RedbStore)'s file.
///
/// # Errors
///
/// If the store cannot be opened, or this program was built without the feature that it needs.
pub fn open(address: &str) -> Result<Box<dyn Store>, StoreError> {
    let is_server = ["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme));
    if !is_server {
        return Ok(Box::new(redb::RedbStore::open(address)?));
    }
    #[cfg(feature = "postgres")]
    return Ok(Box::new(postgres::PostgresStore::connect(address)?));
    #[cfg(not(feature = "postgres"))]
    return Err(StoreError::Format {
        store: "PostgreSQL".to_owned(),
        reason: "this program was built without the feature `postgres`".to_owned(),
    });
}

/// Runs `work` as one transaction and returns what it returns. An error of any type undoes all of it.
///
/// # Errors
///
/// What `work` returns, or why the store could not be read or written.
pub fn commit<T, E: From<StoreError>>(
    store: &(impl Store + ?Sized),
    mut work: impl FnMut(&mut dyn Transaction) -> Result<T, E>,
) -> Result<T, E> {
    let mut outcome = None;
    let committed = store.transact(&mut |transaction| settle(work(transaction), &mut outcome));
    conclude(committed, outcome)
}

/// Shows `work` a consistent view and returns what it returns.
///
/// # Errors
///
/// What `work` returns, or why the store could not be read.
pub fn view<T, E: From<StoreError>>(
    store: &(impl Store + ?Sized),
    mut work: impl FnMut(&dyn Snapshot) -> Result<T, E>,
) -> Result<T, E> {
    let mut outcome = None;
    let read = store.read(&mut |snapshot| settle(work(snapshot), &mut outcome));
    conclude(read, outcome)
}

/// Puts what the work returned aside, and tells the store no more than whether to go on.
fn settle<T, E>(returned: Result<T, E>, outcome: &mut Option<Result<T, E>>) -> Result<(), StoreError> {
    let settled = returned.as_ref().map(drop).map_err(|_| StoreError::Aborted);
    *outcome = Some(returned);
    settled
}

fn conclude<T, E: From<StoreError>>(done: Result<(), StoreError>, outcome: Option<Result<T, E>>) -> Result<T, E> {
    match (done, outcome) {
        (Ok(()) | Err(StoreError::Aborted), Some(outcome)) => outcome,
        (Err(error), _) => Err(error.into()),
        // A store that reports success without having called the work committed nothing of it.
        (Ok(()), None) => Err(StoreError::Aborted.into()),
    }
}
