//! A session is one transaction on one connection, as rows.

use crate::checked::{Row, Rows, RowsMut};
use crate::error::StoreError;
use crate::hash::Sha256Hash;
use std::cell::Cell;
use tokio_postgres::error::{Severity, SqlState};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row as SqlRow, Transaction};

const GET: &str = "SELECT key, seal, value FROM modal_datastore.entries WHERE key = $1";
const SCAN: &str = "SELECT key, seal, value FROM modal_datastore.entries WHERE key >= $1 ORDER BY key";
const SCAN_TO: &str = "SELECT key, seal, value FROM modal_datastore.entries WHERE key >= $1 AND key < $2 ORDER BY key";
const PUT: &str = "INSERT INTO modal_datastore.entries (key, seal, value) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO UPDATE SET seal = excluded.seal, value = excluded.value";
const DELETE: &str = "DELETE FROM modal_datastore.entries WHERE key = $1";
const GET_BYTES: &str = "SELECT bytes FROM modal_datastore.blobs WHERE sha256 = $1";
const PUT_BYTES: &str = "INSERT INTO modal_datastore.blobs (sha256, bytes) VALUES ($1, $2)
    ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes WHERE blobs.bytes <> excluded.bytes";

/// A value and how the server is to read it. With the types named, a statement takes one trip to the server.
type Typed<'a> = (&'a (dyn ToSql + Sync), Type);

/// What an error of the server's means for the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Other transactions came first: it did not happen, and may be tried again.
    Conflict,
    /// The connection is gone.
    Lost,
    /// The server refused: it did not happen.
    Refused,
}

impl Fate {
    pub(super) fn of(error: &Error) -> Self {
        let Some(refusal) = error.as_db_error() else { return Self::Lost };
        match refusal.code() {
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => Self::Conflict,
            // A server that shuts down says so and closes the connection.
            _ if matches!(refusal.parsed_severity(), Some(Severity::Fatal | Severity::Panic)) => Self::Lost,
            _ => Self::Refused,
        }
    }
}

/// A transaction in progress.
pub(super) struct Session<'a> {
    transaction: &'a Transaction<'a>,
    store: &'a str,
    /// What became of the transaction, if a statement failed.
    fate: Cell<Option<Fate>>,
    /// Whether there is something to commit.
    written: bool,
}

impl<'a> Session<'a> {
    pub(super) const fn new(transaction: &'a Transaction<'a>, store: &'a str) -> Self {
        Self { transaction, store, fate: Cell::new(None), written: false }
    }

    pub(super) fn fate(&self) -> Option<Fate> {
        self.fate.get()
    }

    pub(super) const fn written(&self) -> bool {
        self.written
    }

    fn note(&self, action: &'static str) -> impl Fn(Error) -> StoreError {
        move |error| {
            // The first failure decides: what follows in a failed transaction is refused because of it.
            self.fate.set(self.fate.get().or(Some(Fate::of(&error))));
            StoreError::Broken { action, store: self.store.to_owned(), source: error.into() }
        }
    }

    fn query(&self, sql: &str, values: &[Typed<'_>]) -> Result<Vec<SqlRow>, StoreError> {
        pollster::block_on(self.transaction.query_typed(sql, values)).map_err(self.note("read"))
    }

    fn execute(&mut self, sql: &str, values: &[Typed<'_>]) -> Result<(), StoreError> {
        self.written = true;
        pollster::block_on(self.transaction.execute_typed(sql, values)).map(drop).map_err(self.note("write to"))
    }

    fn row_of(&self, row: &SqlRow) -> Result<(String, Row), StoreError> {
        let read = || Ok((row.try_get(0)?, row.try_get::<_, &[u8]>(1)?, row.try_get::<_, Vec<u8>>(2)?));
        let (key, seal, value) = read().map_err(self.note("read"))?;
        let seal = seal.try_into().map_err(|_| {
            let source = format!("the seal of {key:?} has {} bytes, not 32", seal.len()).into();
            StoreError::Broken { action: "read", store: self.store.to_owned(), source }
        })?;
        Ok((key, Row { seal: Sha256Hash::from_bytes(seal), value }))
    }
}

impl Rows for Session<'_> {
    fn store(&self) -> String {
        self.store.to_owned()
    }

    fn row(&self, key: &str) -> Result<Option<Row>, StoreError> {
        let found = self.query(GET, &[(&key, Type::TEXT)])?;
        found.first().map(|row| self.row_of(row).map(|(_, row)| row)).transpose()
    }

    fn rows(&self, start: &str, end: Option<&str>) -> Result<Vec<(String, Row)>, StoreError> {
        let found = match end {
            Some(end) => self.query(SCAN_TO, &[(&start, Type::TEXT), (&end, Type::TEXT)])?,
            None => self.query(SCAN, &[(&start, Type::TEXT)])?,
        };
        found.iter().map(|row| self.row_of(row)).collect()
    }

    fn bytes(&self, sha256: &Sha256Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.query(GET_BYTES, &[(&sha256.as_bytes().as_slice(), Type::BYTEA)])?;
        found.first().map(|row| row.try_get(0)).transpose().map_err(self.note("read"))
    }
}

impl RowsMut for Session<'_> {
    fn set_row(&mut self, key: &str, row: Row) -> Result<(), StoreError> {
        let seal = row.seal.as_bytes().as_slice();
        self.execute(PUT, &[(&key, Type::TEXT), (&seal, Type::BYTEA), (&row.value, Type::BYTEA)])
    }

    fn remove_row(&mut self, key: &str) -> Result<(), StoreError> {
        self.execute(DELETE, &[(&key, Type::TEXT)])
    }

    fn set_bytes(&mut self, sha256: &Sha256Hash, bytes: &[u8]) -> Result<(), StoreError> {
        self.execute(PUT_BYTES, &[(&sha256.as_bytes().as_slice(), Type::BYTEA), (&bytes, Type::BYTEA)])
    }
}
