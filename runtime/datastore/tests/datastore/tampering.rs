//! What decayed, or was changed behind the store's back, is reported and never returned.

use crate::disk::Disk;
use crate::postgres;
use crate::support::{Choices, whole};
use modal_datastore::{PostgresStore, RedbStore, Sha256Hash, Store, StoreError, commit, view};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is stored, and read again.
pub(crate) struct Specimen {
    pub(crate) bytes: Vec<u8>,
    pub(crate) value: Vec<u8>,
}

const KEY: &str = "/specimen";

/// How reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Right,
    /// By a hash that is another one.
    Mismatch,
    /// By redb or the server.
    Reported,
}

impl Specimen {
    /// Bytes that are like nothing else on a disk.
    pub(crate) fn new() -> Self {
        let mut choices = Choices::new(1);
        let mut random = |length: usize| (0..length).map(|_| choices.below(256) as u8).collect::<Vec<_>>();
        Self { bytes: random(20_000), value: random(600) }
    }

    pub(crate) fn store(&self, store: &dyn Store) {
        let stored = commit(store, |transaction| {
            transaction.put_blob(&self.bytes)?;
            transaction.put(KEY, &self.value)
        });
        stored.map_err(|error: StoreError| whole(&error)).expect("a commit");
    }

    /// Reads everything. Anything else than what was put there, or an error, is what must not be.
    pub(crate) fn read(&self, store: &dyn Store) -> Result<Reading, String> {
        let sha256 = Sha256Hash::of(&self.bytes);
        let bytes = view(store, |snapshot| snapshot.blob(&sha256));
        let value = view(store, |snapshot| snapshot.get(KEY));
        let mut reading = Reading::Right;
        for (read, meant) in [(bytes, &self.bytes), (value, &self.value)] {
            match read {
                Ok(Some(found)) if found == *meant => {}
                Ok(found) => return Err(format!("read {:?} bytes that are not what was put", found.map(|f| f.len()))),
                Err(StoreError::HashMismatch { expected, found, .. }) if expected == found => {
                    return Err(format!("reported {expected} where {found} was expected"));
                }
                Err(StoreError::HashMismatch { .. }) => reading = Reading::Mismatch,
                Err(_) => reading = Reading::Reported,
            }
        }
        Ok(reading)
    }
}

fn open(disk: &Disk) -> Result<RedbStore, StoreError> {
    RedbStore::with_backend(disk.open(), "the disk")
}

#[test]
fn a_changed_byte_in_an_open_redb_file_is_reported() {
    let specimen = Specimen::new();
    let disk = Disk::default();
    specimen.store(&open(&disk).expect("a store"));
    // Runs of zero are redb's own; the specimen has none.
    let places: Vec<_> = [&specimen.bytes, &specimen.value]
        .iter()
        .flat_map(|part| {
            let start = disk.find(part).expect("it is stored as it is");
            (start..start + part.len()).step_by(97)
        })
        .collect();
    for place in &places {
        let disk = disk.copy();
        let store = open(&disk).expect("a store");
        disk.flip(*place, 1 << (place % 8));
        assert_eq!(specimen.read(&store), Ok(Reading::Mismatch), "byte {place}");
    }
    eprintln!("{} bytes changed below an open redb file: each one reported", places.len());
}

#[test]
fn a_changed_byte_in_a_closed_redb_file_is_reported_or_harmless() {
    let specimen = Specimen::new();
    let disk = Disk::default();
    specimen.store(&open(&disk).expect("a store"));
    let (mut harmless, mut reported, mut panicked) = (0, 0, 0);
    let step = if disk.len() > 4_000_000 { 4_099 } else { 1_021 };
    let places = (0..600).chain((600..disk.len()).step_by(step));
    for place in places {
        let disk = disk.copy();
        disk.flip(place, 1 << (place % 8));
        let read = || open(&disk).map_or(Ok(Reading::Reported), |store| specimen.read(&store));
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(Reading::Right)) => harmless += 1,
            Ok(Ok(Reading::Mismatch | Reading::Reported)) => reported += 1,
            Ok(Err(text)) => panic!("byte {place}: {text}"),
            Err(_) => panicked += 1,
        }
    }
    eprintln!("bytes changed in a closed redb file: {reported} reported, {harmless} harmless, {panicked} panics");
    assert_eq!(panicked, 0);
    assert!(reported > 0);
}

#[test]
fn a_changed_byte_in_postgres_is_reported() {
    let Some(address) = postgres::database() else { return };
    let specimen = Specimen::new();
    let store = PostgresStore::connect(&address).expect("a store");
    specimen.store(&store);
    assert_eq!(specimen.read(&store), Ok(Reading::Right));

    let flip = |table: &str, column: &str, place: usize| {
        let flip = format!("set_byte({column}, {place}, get_byte({column}, {place}) # 16)");
        format!("UPDATE modal_datastore.{table} SET {column} = {flip}")
    };
    // The server itself refuses, as long as it is allowed to.
    let refused = |sql: &str, check: &str| {
        let sql = format!(
            "DO $$ BEGIN {sql}; RAISE 'not refused'; EXCEPTION WHEN check_violation THEN
            ASSERT SQLERRM LIKE '%{check}%'; END $$"
        );
        postgres::execute(&address, &sql);
    };
    refused(&flip("blobs", "bytes", 7), "blobs_sha256");
    refused(&flip("entries", "value", 7), "entries_seal");
    refused("UPDATE modal_datastore.entries SET key = '/elsewhere'", "entries_seal");
    postgres::execute(
        &address,
        "ALTER TABLE modal_datastore.blobs DROP CONSTRAINT blobs_sha256;
        ALTER TABLE modal_datastore.entries DROP CONSTRAINT entries_seal",
    );
    let mut places = 0;
    let mut check = |table: &str, column: &str, length: usize, step: usize| {
        for place in (0..length).step_by(step) {
            postgres::execute(&address, &flip(table, column, place));
            assert_eq!(specimen.read(&store), Ok(Reading::Mismatch), "byte {place} of {table}");
            postgres::execute(&address, &flip(table, column, place));
            places += 1;
        }
    };
    check("blobs", "bytes", specimen.bytes.len(), 1_999);
    check("entries", "value", specimen.value.len(), 97);
    check("entries", "seal", 32, 13);
    assert_eq!(specimen.read(&store), Ok(Reading::Right));
    eprintln!("{places} bytes changed in PostgreSQL: each one reported");
}

#[test]
fn an_error_names_both_hashes() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresStore::connect(&address).expect("a store");
    let sha256 = commit(&store, |transaction| transaction.put_blob(b"meant")).expect("a commit");
    postgres::execute(
        &address,
        "ALTER TABLE modal_datastore.blobs DROP CONSTRAINT blobs_sha256;
        UPDATE modal_datastore.blobs SET bytes = 'found'",
    );
    let error = view(&store, |snapshot| snapshot.blob(&sha256)).expect_err("other bytes").to_string();
    let found = Sha256Hash::of(b"found");
    assert_eq!(error, format!("failed to verify the bytes {sha256}: the SHA-256 is {found}, expected {sha256}"));
    // Whoever has the right bytes puts them back.
    commit(&store, |transaction| transaction.put_blob(b"meant")).expect("a commit");
    assert_eq!(view(&store, |snapshot| snapshot.blob(&sha256)).ok(), Some(Some(b"meant".to_vec())));
}
