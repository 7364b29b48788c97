//! A workload whose transactions are numbered and leave their number in many places, so that half of one would show.

use crate::support::{Choices, whole};
use modal_datastore::{ContractId, ModuleName, Sha256Hash, Snapshot, Store, StoreError, WasmModule, commit, view};

const LAST: &str = "/numbered/last";
const PARTS: u64 = 5;

fn part(index: u64) -> String {
    format!("/numbered/part/{index}")
}

fn log(number: u64) -> String {
    format!("/numbered/log/{number:020}")
}

/// Written by a transaction, and removed by the next one.
fn passing(number: u64) -> String {
    format!("/numbered/passing/{number:020}")
}

fn module(number: u64) -> WasmModule {
    let mut choices = Choices::new(number);
    let bytes = (0..choices.below(9_000)).map(|_| choices.below(256) as u8).collect();
    let contract_id = ContractId::new("numbered").expect("a contract's id");
    WasmModule::new(contract_id, ModuleName::new("module").expect("a module's name"), bytes)
}

fn number_at(snapshot: &dyn Snapshot, key: &str) -> Result<u64, StoreError> {
    let value = snapshot.get(key)?.unwrap_or_else(|| b"0".to_vec());
    Ok(String::from_utf8(value).ok().and_then(|text| text.parse().ok()).expect("a number was put there"))
}

/// Commits the transaction after the last one, and returns its number.
pub(crate) fn commit_next(store: &dyn Store) -> Result<u64, StoreError> {
    commit(store, |transaction| {
        let number = number_at(transaction, LAST)? + 1;
        let value = number.to_string();
        transaction.put(LAST, value.as_bytes())?;
        (0..PARTS).try_for_each(|index| transaction.put(&part(index), value.as_bytes()))?;
        transaction.put(&log(number), value.as_bytes())?;
        transaction.delete(&passing(number - 1))?;
        transaction.put(&passing(number), value.as_bytes())?;
        module(number).save(transaction)?;
        Ok(number)
    })
}

/// The number of the last transaction, if all of the transactions up to it are there and nothing else is.
pub(crate) fn check(store: &dyn Store) -> Result<u64, String> {
    let last = view(store, |snapshot| {
        let last = number_at(snapshot, LAST)?;
        let expect = |what: &str, found: &[String], expect: Vec<String>| match found == expect {
            true => Ok(()),
            false => Err(Half(format!("after transaction {last}, {what} is {found:?}"))),
        };
        let parts = (0..PARTS).map(|index| number_at(snapshot, &part(index)).map(|number| number.to_string()));
        expect("part", &parts.collect::<Result<Vec<_>, _>>()?, vec![last.to_string(); PARTS as usize])?;
        let keys = |prefix: &str| Ok::<_, StoreError>(snapshot.scan(prefix)?.into_iter().map(|(key, _)| key).collect());
        let logged: Vec<_> = keys("/numbered/log/")?;
        expect("the log", &logged, (1..=last).map(log).collect())?;
        let passed: Vec<_> = keys("/numbered/passing/")?;
        expect("what is passing", &passed, (last..=last).filter(|last| *last > 0).map(passing).collect())?;
        let model = module(1);
        let versions = WasmModule::versions(snapshot, &model.contract_id, &model.module_name)?;
        let found = versions.iter().map(|record| record.version.to_string()).collect::<Vec<_>>();
        expect("the history", &found, (1..=last).map(|number| number.to_string()).collect())?;
        for record in &versions {
            let found = Sha256Hash::of(&record.load(snapshot)?.wasm_bytes);
            let meant = module(record.version).sha256_hash;
            expect("a module", &[found.to_string()], vec![meant.to_string()])?;
        }
        Ok(last)
    });
    last.map_err(|Half(text)| text)
}

/// What is wrong with what is there.
struct Half(String);

impl From<StoreError> for Half {
    fn from(error: StoreError) -> Self {
        Self(whole(&error))
    }
}
