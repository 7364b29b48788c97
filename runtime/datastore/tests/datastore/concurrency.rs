//! Transactions that run at once come to what they would come to one after the other.

use crate::disk::Disk;
use crate::postgres;
use crate::support::{Choices, whole};
use modal_datastore::{
    MemoryStore, PostgresOptions, PostgresStore, RedbStore, Snapshot, Store, StoreError, Transaction, commit, view,
};
use std::thread;

const THREADS: u64 = 6;
const TRANSFERS: u64 = 40;
const ACCOUNTS: u64 = 4;
const BALANCE: u64 = 50;

fn account(index: u64) -> String {
    format!("/accounts/{index}")
}

fn amount(snapshot: &dyn Snapshot, key: &str) -> Result<u64, StoreError> {
    let value = snapshot.get(key)?.unwrap_or_default();
    Ok(String::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or_default())
}

fn set(transaction: &mut dyn Transaction, key: &str, amount: u64) -> Result<(), StoreError> {
    transaction.put(key, amount.to_string().as_bytes())
}

/// Moves an amount if the balance suffices, and counts the transfer.
fn transfer(store: &dyn Store, from: u64, to: u64, moved: u64) -> Result<bool, StoreError> {
    commit(store, |transaction| {
        let transfers = amount(transaction, "/transfers")?;
        let balance = amount(transaction, &account(from))?;
        if balance < moved {
            return Ok(false);
        }
        set(transaction, &account(from), balance - moved)?;
        let balance = amount(transaction, &account(to))?;
        set(transaction, &account(to), balance + moved)?;
        set(transaction, "/transfers", transfers + 1)?;
        Ok(true)
    })
}

fn check(store: &dyn Store) -> Result<(), String> {
    let whole = |error: StoreError| whole(&error);
    let open =
        |transaction: &mut dyn Transaction| (0..ACCOUNTS).try_for_each(|i| set(transaction, &account(i), BALANCE));
    commit(store, open).map_err(whole)?;
    let worker = |seed: u64| {
        let mut choices = Choices::new(seed);
        let mut next = || transfer(store, choices.below(ACCOUNTS), choices.below(ACCOUNTS), choices.below(BALANCE));
        (0..TRANSFERS).try_fold(0, |done, _| Ok::<u64, StoreError>(done + u64::from(next()?)))
    };
    let done: Result<Vec<u64>, _> = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS).map(|seed| scope.spawn(move || worker(seed))).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).collect()
    });
    let done = done.map_err(whole)?.iter().sum::<u64>();
    let (sum, counted) = view(store, |snapshot| {
        let sum = (0..ACCOUNTS).try_fold(0, |sum, i| Ok::<u64, StoreError>(sum + amount(snapshot, &account(i))?))?;
        Ok((sum, amount(snapshot, "/transfers")?))
    })
    .map_err(whole)?;
    match (sum, counted) == (ACCOUNTS * BALANCE, done) && done > 0 {
        true => Ok(()),
        false => Err(format!("{done} transfers left {sum} on the accounts, and {counted} were counted")),
    }
}

#[test]
fn transfers_in_memory_conserve_the_sum() {
    assert_eq!(check(&MemoryStore::new()), Ok(()));
}

#[test]
fn transfers_in_redb_conserve_the_sum() {
    assert_eq!(check(&RedbStore::with_backend(Disk::default().open(), "the disk").expect("a store")), Ok(()));
}

#[test]
fn transfers_in_postgres_conserve_the_sum() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresOptions::default().connections(4).attempts(1_000).connect(&address).expect("a store");
    assert_eq!(check(&store), Ok(()));
    eprintln!("{} transfers by {THREADS} threads: {} tried again, sum conserved", THREADS * TRANSFERS, store.retries());
}

/// Runs a transaction that reads two numbers and raises the first one, during whose first attempt another one reads
/// both and raises the one named.
fn interrupt(store: &PostgresStore, raised: &str) -> Result<u32, StoreError> {
    let mut attempts = 0;
    commit(store, |transaction| {
        attempts += 1;
        let sum = amount(transaction, "/x")? + amount(transaction, "/y")?;
        if attempts == 1 {
            let other = || {
                commit(store, |transaction| {
                    let sum = amount(transaction, "/x")? + amount(transaction, "/y")?;
                    set(transaction, raised, sum + 1)
                })
            };
            thread::scope(|scope| scope.spawn(other).join()).expect("a commit does not panic")?;
        }
        set(transaction, "/x", sum + 1)
    })?;
    Ok(attempts)
}

#[test]
fn a_transaction_that_lost_is_tried_again() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresStore::connect(&address).expect("a store");
    let check = |raised: &str, expect: (u64, u64)| {
        commit(&store, |transaction| {
            transaction.delete("/x")?;
            transaction.delete("/y")
        })
        .map_err(|error: StoreError| whole(&error))
        .expect("a commit");
        let retries = store.retries();
        assert_eq!(interrupt(&store, raised).map_err(|error| whole(&error)), Ok(2), "{raised}");
        assert_eq!(store.retries() - retries, 1);
        let found = view(&store, |snapshot| Ok::<_, StoreError>((amount(snapshot, "/x")?, amount(snapshot, "/y")?)));
        assert_eq!(found.map_err(|error| whole(&error)), Ok(expect), "{raised}");
    };
    // The same number: neither update is lost.
    check("/x", (2, 0));
    // Another one: each would be right alone, and both read what the other one changed.
    check("/y", (2, 1));
}

#[test]
fn a_transaction_that_always_loses_gives_up() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresOptions::default().attempts(3).connect(&address).expect("a store");
    let increment = |store: &PostgresStore| {
        commit(store, |transaction| {
            let sum = amount(transaction, "/x")?;
            set(transaction, "/x", sum + 1)
        })
    };
    let lost: Result<(), StoreError> = commit(&store, |transaction| {
        let sum = amount(transaction, "/x")?;
        thread::scope(|scope| scope.spawn(|| increment(&store)).join()).expect("a commit does not panic")?;
        set(transaction, "/x", sum + 100)
    });
    let text = lost.expect_err("others always come first").to_string();
    assert!(text.starts_with("failed to commit to the PostgreSQL database \"test_"), "{text}");
    assert!(text.ends_with(": other transactions came first, 3 times"), "{text}");
    assert_eq!(view(&store, |snapshot| amount(snapshot, "/x")).ok(), Some(3));
}
