//! The store in a file, by redb.

use crate::checked::{Checked, Row, Rows, RowsMut};
use crate::error::StoreError;
use crate::hash::Sha256Hash;
use crate::store::{Snapshot, Store, Transaction};
use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase as _, ReadableTable, StorageBackend, StorageError,
    Table, TableDefinition, TableError,
};
use std::error::Error;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The format of the tables below, kept under the name `format`. A file of another format is refused.
const FORMAT: u64 = 1;
const FORMAT_NAME: &str = "format";

const META: TableDefinition<&str, u64> = TableDefinition::new("meta");
const ROWS: TableDefinition<&str, SealedValue> = TableDefinition::new("rows");
const BLOBS: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("blobs");

/// A seal and the value below it.
type SealedValue = (&'static [u8; 32], &'static [u8]);

/// A store in one file. Transactions take turns; a view never waits for one.
///
/// A transaction is on the disk when it returns: redb writes beside what is valid and makes it valid by one byte, with
/// the disk told to finish before and after. The bytes that contracts upload are their authors' choice, so it does not
/// rely on a checksum to find a commit that a crash cut off.
///
/// After an error of the disk, the store answers with errors only, until it is opened again.
#[derive(Debug)]
pub struct RedbStore {
    database: Database,
    name: String,
}

impl RedbStore {
    /// Opens the store in a file, and makes it if there is none. The file appears complete or not at all. Opening
    /// reads the file to its end, so that one that decayed is noticed at once.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written, is open elsewhere, is damaged, or is no store of this format.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        match fs::metadata(path) {
            Ok(metadata) if metadata.len() == 0 => {
                let reason = "the file is empty; remove it to begin a new store".to_owned();
                return Err(StoreError::Format { store: name, reason });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(path, &name).map_err(|source| broken("create", &name)(source))?;
            }
            Err(error) => return Err(broken("open", &name)(error.into())),
        }
        let database = builder().open(path).map_err(|error| failed_to_open(error, &name))?;
        check_format(&database, &name)?;
        Ok(Self { database, name })
    }

    /// Opens the store on storage other than a file, and makes it where the storage is empty. `name` is what errors
    /// call it. Unlike a file, storage that failed while the store was made may have to be emptied by its owner.
    ///
    /// # Errors
    ///
    /// If the storage cannot be read or written, is damaged, or holds no store of this format.
    pub fn with_backend(backend: impl StorageBackend, name: impl Into<String>) -> Result<Self, StoreError> {
        let name = name.into();
        let empty = backend.len().map_err(|error| broken("open", &name)(error.into()))? == 0;
        let database = builder().create_with_backend(backend).map_err(|error| failed_to_open(error, &name))?;
        if empty {
            write_format(&database).map_err(broken("create", &name))?;
        }
        check_format(&database, &name)?;
        Ok(Self { database, name })
    }
}

impl Store for RedbStore {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let begin = || {
            let transaction = self.database.begin_read()?;
            let (rows, blobs) = (transaction.open_table(ROWS)?, transaction.open_table(BLOBS)?);
            Ok(Tables { store: &self.name, rows, blobs })
        };
        let snapshot = Checked::new(begin().map_err(broken("read", &self.name))?);
        work(&snapshot)?;
        snapshot.finish().map(drop)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let begin = || {
            let mut transaction = self.database.begin_write()?;
            transaction.set_durability(Durability::Immediate)?;
            transaction.set_two_phase_commit(true);
            Ok(transaction)
        };
        let transaction = begin().map_err(broken("write to", &self.name))?;
        {
            let tables = || {
                let (rows, blobs) = (transaction.open_table(ROWS)?, transaction.open_table(BLOBS)?);
                Ok(Tables { store: &self.name, rows, blobs })
            };
            let mut checked = Checked::new(tables().map_err(broken("write to", &self.name))?);
            work(&mut checked)?;
            checked.finish()?;
        }
        // Where the disk fails, the byte that makes the commit valid may have reached it or not.
        let unknown =
            |error: redb::CommitError| StoreError::UnknownOutcome { store: self.name.clone(), source: error.into() };
        transaction.commit().map_err(unknown)
    }
}

/// Checks the checksum of every page on opening: redb may panic on a page that it trusts and should not.
fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_check_integrity_on_open(true);
    builder
}

/// Makes an empty store beside the path and moves it there: a file that redb has only begun could not be opened again.
fn create(path: &Path, name: &str) -> Result<(), Source> {
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
    };
    let mut fresh = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any other file, who may read it is up to the process' mask.
        fresh.permissions(fs::Permissions::from_mode(0o666));
    }
    let fresh = fresh.prefix(".new-store-").tempfile_in(folder)?;
    let database = builder().create(fresh.path()).map_err(|error| failed_to_open(error, name))?;
    write_format(&database)?;
    drop(database);
    match fresh.persist_noclobber(path) {
        Ok(_) => {}
        // Someone else made the store meanwhile.
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error.into()),
    }
    // The file is there for good once its folder says so.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write_format(database: &Database) -> Result<(), Source> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    transaction.set_two_phase_commit(true);
    transaction.open_table(META)?.insert(FORMAT_NAME, FORMAT)?;
    transaction.open_table(ROWS)?;
    transaction.open_table(BLOBS)?;
    Ok(transaction.commit()?)
}

fn check_format(database: &Database, name: &str) -> Result<(), StoreError> {
    let foreign = |reason: String| StoreError::Format { store: name.to_owned(), reason };
    let read = broken("open", name);
    let transaction = database.begin_read().map_err(|error| read(error.into()))?;
    let meta = match transaction.open_table(META) {
        Ok(meta) => meta,
        Err(TableError::Storage(error)) => return Err(read(error.into())),
        // It is not there, or it is something else.
        Err(error) => return Err(foreign(format!("it is another program's redb file ({error})"))),
    };
    match meta.get(FORMAT_NAME).map_err(|error| read(error.into()))?.map(|format| format.value()) {
        Some(FORMAT) => Ok(()),
        Some(other) => Err(foreign(format!("its format is {other}, and this version reads format {FORMAT}"))),
        None => Err(foreign("it is another program's redb file (it has no format)".to_owned())),
    }
}

type Source = Box<dyn Error + Send + Sync>;

fn broken(action: &'static str, name: &str) -> impl Fn(Source) -> StoreError {
    move |source| StoreError::Broken { action, store: name.to_owned(), source }
}

fn failed_to_open(error: DatabaseError, name: &str) -> StoreError {
    let foreign = |reason: &str| StoreError::Format { store: name.to_owned(), reason: reason.to_owned() };
    match error {
        DatabaseError::DatabaseAlreadyOpen => StoreError::InUse { store: name.to_owned() },
        DatabaseError::UpgradeRequired(_) => foreign("it was written by a release of redb that is too old"),
        DatabaseError::Storage(StorageError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
            foreign("it is no redb file")
        }
        // redb adds errors in minor releases: what is left over is named by its own text.
        error => broken("open", name)(error.into()),
    }
}

/// The open tables of a transaction of redb's.
struct Tables<'a, R, B> {
    store: &'a str,
    rows: R,
    blobs: B,
}

impl<R, B> Tables<'_, R, B> {
    fn unreadable(&self, error: StorageError) -> StoreError {
        broken("read", self.store)(error.into())
    }

    fn unwritable(&self, error: StorageError) -> StoreError {
        broken("write to", self.store)(error.into())
    }
}

impl<R, B> Rows for Tables<'_, R, B>
where
    R: ReadableTable<&'static str, SealedValue>,
    B: ReadableTable<&'static [u8; 32], &'static [u8]>,
{
    fn store(&self) -> String {
        self.store.to_owned()
    }

    fn row(&self, key: &str) -> Result<Option<Row>, StoreError> {
        let found = self.rows.get(key).map_err(|error| self.unreadable(error))?;
        Ok(found.map(|found| row(found.value())))
    }

    fn rows(&self, start: &str, end: Option<&str>) -> Result<Vec<(String, Row)>, StoreError> {
        let range = match end {
            Some(end) => self.rows.range(start..end),
            None => self.rows.range(start..),
        };
        let found = range.map_err(|error| self.unreadable(error))?;
        let found = found.map(|found| found.map(|(key, value)| (key.value().to_owned(), row(value.value()))));
        found.collect::<Result<_, _>>().map_err(|error| self.unreadable(error))
    }

    fn bytes(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.blobs.get(sha256.as_bytes()).map_err(|error| self.unreadable(error))?;
        Ok(found.map(|found| found.value().to_owned()))
    }
}

impl RowsMut for Tables<'_, Table<'_, &'static str, SealedValue>, Table<'_, &'static [u8; 32], &'static [u8]>> {
    fn set_row(&mut self, key: &str, row: Row) -> Result<(), StoreError> {
        let written = self.rows.insert(key, (row.seal.as_bytes(), row.value.as_slice())).map(drop);
        written.map_err(|error| self.unwritable(error))
    }

    fn remove_row(&mut self, key: &str) -> Result<(), StoreError> {
        let written = self.rows.remove(key).map(drop);
        written.map_err(|error| self.unwritable(error))
    }

    fn set_bytes(&mut self, sha256: &Sha256Hash, bytes: &[u8]) -> Result<(), StoreError> {
        let found = self.blobs.get(sha256.as_bytes()).map_err(|error| self.unreadable(error))?;
        if found.is_some_and(|found| found.value() == bytes) {
            return Ok(());
        }
        let written = self.blobs.insert(sha256.as_bytes(), bytes).map(drop);
        written.map_err(|error| self.unwritable(error))
    }
}

fn row((seal, value): (&[u8; 32], &[u8])) -> Row {
    Row { seal: Sha256Hash::from_bytes(*seal), value: value.to_owned() }
}
