//! A disk that fails, fills up or loses power loses no commit that was acknowledged, and half of none.

use crate::disk::{Disk, FaultKind, Faults, INJECTED};
use crate::support::{Choices, whole};
use crate::workload;
use modal_datastore::{RedbStore, StoreError};
use std::iter;

/// How many transactions are tried while an operation of the disk may fail.
const TRANSACTIONS: u64 = 5;

/// How often the power is cut after each of them failed, each time with another part of the writes lost.
const CUTS: u64 = 10;

/// How many transactions are tried while the disk fills up.
const TRANSACTIONS_TO_FILL: u64 = 400;

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    runs: u64,
    errors: u64,
    acknowledged: u64,
    /// Runs after which the transaction that failed was there, wholly.
    arrived: u64,
}

fn open(disk: &Disk) -> Result<RedbStore, StoreError> {
    RedbStore::with_backend(disk.open(), "the disk")
}

/// A disk with a store on it that has seen as many transactions.
fn used(transactions: u64) -> Disk {
    let disk = Disk::default();
    let store = open(&disk).expect("a store");
    (0..transactions).for_each(|number| assert_eq!(workload::commit_next(&store).ok(), Some(number + 1)));
    drop(store);
    disk
}

/// Commits until the disk fails, opens the store again, and judges what is there.
fn check(disk: &Disk, faults: Faults, cut: Option<u64>, tally: &mut Tally) -> Result<(), String> {
    let store = open(disk).map_err(|error| whole(&error))?;
    let before = workload::check(&store)?;
    disk.set_faults(faults);
    let mut acknowledged = before;
    let mut failed = false;
    for _ in 0..faults.capacity.map_or(TRANSACTIONS, |_| TRANSACTIONS_TO_FILL) {
        match workload::commit_next(&store) {
            Ok(number) => acknowledged = number,
            Err(error) => {
                let text = whole(&error);
                let named = text.starts_with("failed to ") && text.contains("the disk");
                if !named || !(text.contains(INJECTED) || text.contains("no storage space")) {
                    return Err(format!("an error of the disk reads {text:?}"));
                }
                failed = true;
                break;
            }
        }
    }
    match cut {
        Some(seed) => {
            disk.cut_power(&mut Choices::new(seed));
            drop(store);
        }
        None => {
            drop(store);
            disk.set_faults(Faults::default());
        }
    }
    let store = open(disk).map_err(|error| format!("after {acknowledged} commits: {}", whole(&error)))?;
    let found = workload::check(&store)?;
    tally.runs += 1;
    tally.errors += u64::from(failed);
    tally.acknowledged += acknowledged - before;
    tally.arrived += found.saturating_sub(acknowledged);
    if found < acknowledged || found > acknowledged + u64::from(failed) {
        return Err(format!("{acknowledged} transactions were acknowledged, {found} are there"));
    }
    // What failed is over.
    workload::commit_next(&store).map_err(|error| whole(&error))?;
    workload::check(&store).map(drop)
}

#[test]
fn each_operation_of_the_disk_may_fail() {
    let disk = used(3);
    let faultless = disk.copy();
    check(&faultless, Faults::default(), None, &mut Tally::default()).expect("a disk without faults");
    let counted = disk.copy();
    let store = open(&counted).expect("a store");
    counted.set_faults(Faults::default());
    (0..TRANSACTIONS).for_each(|_| drop(workload::commit_next(&store)));
    let operations = counted.operations();
    drop(store);
    assert!(operations > TRANSACTIONS * 4, "a commit writes and waits");

    let mut tally = Tally::default();
    for at in 0..operations {
        for kind in [FaultKind::Once, FaultKind::Forever] {
            for cut in iter::once(None).chain((0..CUTS).map(|cut| Some(at * CUTS + cut))) {
                let faults = Faults { at: Some(at), kind, ..Faults::default() };
                let checked = check(&disk.copy(), faults, cut, &mut tally);
                checked.unwrap_or_else(|text| panic!("operation {at} fails {kind:?}, power cut {cut:?}: {text}"));
            }
        }
    }
    eprintln!(
        "{operations} operations of the disk, each failed in {} ways: {tally:?}, 0 lost, 0 half applied",
        2 + 2 * CUTS
    );
    assert!(tally.errors * 2 > tally.runs, "the faults are noticed: {tally:?}");
    assert!(tally.arrived > 0, "a commit may arrive whose acknowledgement does not: {tally:?}");
}

#[test]
fn opening_may_fail_and_be_tried_again() {
    let disk = used(3);
    let counted = disk.copy();
    counted.set_faults(Faults::default());
    drop(open(&counted).expect("a store"));
    let operations = counted.operations();
    let mut errors = 0;
    for at in 0..operations {
        for cut in [None, Some(at)] {
            let disk = disk.copy();
            disk.set_faults(Faults { at: Some(at), kind: FaultKind::Forever, ..Faults::default() });
            match open(&disk) {
                Ok(store) => drop(store),
                Err(error) => {
                    errors += 1;
                    let text = whole(&error);
                    assert!(text.starts_with("failed to open the disk: "), "{text}");
                }
            }
            cut.map_or_else(|| disk.set_faults(Faults::default()), |seed| disk.cut_power(&mut Choices::new(seed)));
            let store = open(&disk).unwrap_or_else(|error| panic!("operation {at}: {}", whole(&error)));
            assert_eq!(workload::check(&store), Ok(3), "operation {at}");
        }
    }
    eprintln!("{operations} operations of opening, each failed in 2 ways: {errors} errors, 0 lost");
    assert!(errors > 0, "the faults are noticed");
}

#[test]
fn a_full_disk_loses_nothing() {
    // redb takes its file's room in large steps: stop just before the next one.
    let steps: Vec<_> = (0..200).step_by(10).map(|transactions| (transactions, used(transactions).len())).collect();
    let step = steps.windows(2).find(|pair| pair[0].1 < pair[1].1 && pair[0].0 > 0).expect("the file grows");
    let (disk, growth) = (used(step[0].0), step[1].1 - step[0].1);
    let mut tally = Tally::default();
    for sixteenth in (0..48).step_by(3) {
        for cut in [None, Some(sixteenth as u64)] {
            let faults = Faults { capacity: Some(disk.len() + growth * sixteenth / 16), ..Faults::default() };
            let checked = check(&disk.copy(), faults, cut, &mut tally);
            checked.unwrap_or_else(|text| panic!("room for {sixteenth}/16, power cut {cut:?}: {text}"));
        }
    }
    eprintln!("full disks: {tally:?}, 0 lost, 0 half applied");
    assert!(tally.errors > 0 && tally.acknowledged > 0, "a disk is full at last: {tally:?}");
}

/// The same check on a disk that says it finished when it did not, as it would be told to without `fsync`.
#[test]
fn commits_that_were_not_waited_for_are_found_missing() {
    let disk = used(3);
    let faults = Faults { lies: true, ..Faults::default() };
    let lost = (0..20).filter(|seed| check(&disk.copy(), faults, Some(*seed), &mut Tally::default()).is_err());
    let lost = lost.count();
    assert!(lost >= 10, "found {lost} of 20 losses");
}
