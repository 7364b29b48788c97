//! Whatever is done to a store, it is what the same would be done to a map: the same suite for each store.

use crate::disk::Disk;
use crate::postgres;
use modal_datastore::{
    ContractId, MemoryStore, ModuleName, PostgresStore, RedbStore, Sha256Hash, Snapshot, Store, StoreError,
    Transaction, WasmModule, commit, view,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestError, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::thread;

/// Keys whose order differs between bytes, UTF-16 and most languages, and that begin with one another.
const KEYS: [&str; 10] = ["/a", "/a/b", "/A", "/a b", "/aé", "/b", "/a\u{10ffff}", "/\u{e000}", "/😀", "/%_\\"];
const PREFIXES: [&str; 9] = ["", "/", "/a", "/a/", "/a\u{10ffff}", "/b", "/%", "/\u{e000}", "none"];
const CONTRACTS: [&str; 3] = ["c", "c.d", "ć"];
const MODULES: [&str; 3] = ["m", "m/m", "n"];

/// Bytes to keep under their hash: nothing, a little, and more than a page of any store.
fn blob(index: usize) -> Vec<u8> {
    let length = [0, 1, 300, 70_000][index];
    (0..length).map(|position: usize| (position * (index + 7) % 251) as u8).collect()
}

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Put(usize, Vec<u8>),
    Delete(usize),
    Blob(usize),
    Save { contract: usize, module: usize, bytes: usize, created_at: u64 },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    Commit,
    /// The work refuses after it has done everything.
    Refuse,
    /// The work breaks a rule and goes on as if nothing were.
    PassOver,
    /// The work panics.
    Panic,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Transaction(Vec<Operation>, End),
    /// Someone else commits while a view is looked at.
    CommitDuringView(Vec<Operation>),
    Reopen,
}

/// What a store should hold.
#[derive(Clone, Debug, Default)]
struct Model {
    rows: BTreeMap<String, Vec<u8>>,
    blobs: BTreeSet<usize>,
    modules: BTreeMap<(usize, usize), Vec<WasmModule>>,
}

/// All that can be seen of a store.
#[derive(Clone, Debug, PartialEq)]
struct Sight {
    scans: Vec<Vec<(String, Vec<u8>)>>,
    values: Vec<Option<Vec<u8>>>,
    blobs: Vec<Option<Vec<u8>>>,
    current: Vec<Option<WasmModule>>,
    listed: Vec<Vec<String>>,
    versions: Vec<Vec<(u64, WasmModule)>>,
}

fn names(contract: usize, module: usize) -> (ContractId, ModuleName) {
    let contract = ContractId::new(CONTRACTS[contract]).expect("a contract's id");
    (contract, ModuleName::new(MODULES[module]).expect("a module's name"))
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..CONTRACTS.len()).flat_map(|contract| (0..MODULES.len()).map(move |module| (contract, module)))
}

impl Operation {
    fn module(contract: usize, module: usize, bytes: usize, created_at: u64) -> WasmModule {
        let (contract_id, module_name) = names(contract, module);
        let metadata = [("at".to_owned(), created_at.into())].into();
        WasmModule { created_at, metadata, ..WasmModule::new(contract_id, module_name, blob(bytes)) }
    }

    fn apply(&self, transaction: &mut dyn Transaction) -> Result<(), StoreError> {
        match *self {
            Self::Put(key, ref value) => transaction.put(KEYS[key], value),
            Self::Delete(key) => transaction.delete(KEYS[key]),
            Self::Blob(index) => transaction.put_blob(&blob(index)).map(drop),
            Self::Save { contract, module, bytes, created_at } => {
                Self::module(contract, module, bytes, created_at).save(transaction).map(drop)
            }
        }
    }
}

impl Model {
    fn apply(&mut self, operation: &Operation) {
        match *operation {
            Operation::Put(key, ref value) => drop(self.rows.insert(KEYS[key].to_owned(), value.clone())),
            Operation::Delete(key) => drop(self.rows.remove(KEYS[key])),
            Operation::Blob(index) => drop(self.blobs.insert(index)),
            Operation::Save { contract, module, bytes, created_at } => {
                let saved = Operation::module(contract, module, bytes, created_at);
                self.modules.entry((contract, module)).or_default().push(saved);
                self.blobs.insert(bytes);
            }
        }
    }

    fn sight(&self) -> Sight {
        let scan = |prefix: &str| {
            let rows = self.rows.iter().filter(|(key, _)| key.starts_with(prefix));
            rows.map(|(key, value)| (key.clone(), value.clone())).collect()
        };
        let versions = |pair: (usize, usize)| self.modules.get(&pair).cloned().unwrap_or_default();
        let listed = |contract: usize| {
            let names =
                self.modules.keys().filter(|(of, _)| *of == contract).map(|(_, name)| MODULES[*name].to_owned());
            names.collect::<BTreeSet<_>>().into_iter().collect()
        };
        Sight {
            scans: PREFIXES.map(scan).into(),
            values: KEYS.map(|key| self.rows.get(key).cloned()).into(),
            blobs: (0..4).map(|index| self.blobs.contains(&index).then(|| blob(index))).collect(),
            current: pairs().map(|pair| versions(pair).pop()).collect(),
            listed: (0..CONTRACTS.len()).map(listed).collect(),
            versions: pairs().map(|pair| (1..).zip(versions(pair)).collect()).collect(),
        }
    }
}

fn look(snapshot: &dyn Snapshot) -> Result<Sight, StoreError> {
    let scan = |prefix: &&str| {
        let mut rows = snapshot.scan(prefix)?;
        rows.retain(|(key, _)| !key.starts_with("/wasm_module"));
        Ok::<_, StoreError>(rows)
    };
    let listed = |contract| {
        let records = WasmModule::list(snapshot, &names(contract, 0).0)?;
        Ok::<_, StoreError>(records.into_iter().map(|record| record.module_name.to_string()).collect())
    };
    let versions = |(contract, module)| {
        let (contract, module) = names(contract, module);
        let records = WasmModule::versions(snapshot, &contract, &module)?;
        records.iter().map(|record| Ok((record.version, record.load(snapshot)?))).collect::<Result<_, StoreError>>()
    };
    let current = |(contract, module)| {
        let (contract, module) = names(contract, module);
        WasmModule::find_by_contract_and_path(snapshot, &contract, &module)
    };
    Ok(Sight {
        scans: PREFIXES.iter().map(scan).collect::<Result<_, _>>()?,
        values: KEYS.iter().map(|key| snapshot.get(key)).collect::<Result<_, _>>()?,
        blobs: (0..4).map(|index| snapshot.blob(&Sha256Hash::of(&blob(index)))).collect::<Result<_, _>>()?,
        current: pairs().map(current).collect::<Result<_, _>>()?,
        listed: (0..CONTRACTS.len()).map(listed).collect::<Result<_, _>>()?,
        versions: pairs().map(versions).collect::<Result<_, _>>()?,
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let value = prop_oneof![9 => vec(any::<u8>(), 0..20), 1 => vec(any::<u8>(), 9_000..9_001)];
    prop_oneof![
        4 => (0..KEYS.len(), value).prop_map(|(key, value)| Operation::Put(key, value)),
        2 => (0..KEYS.len()).prop_map(Operation::Delete),
        1 => (0..4_usize).prop_map(Operation::Blob),
        3 => (0..CONTRACTS.len(), 0..MODULES.len(), 0..4_usize, 0..1_000_u64)
            .prop_map(|(contract, module, bytes, created_at)| Operation::Save { contract, module, bytes, created_at }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let end =
        prop_oneof![6 => Just(End::Commit), 2 => Just(End::Refuse), 1 => Just(End::PassOver), 1 => Just(End::Panic)];
    let step = prop_oneof![
        6 => (vec(operation(), 0..6), end).prop_map(|(operations, end)| Step::Transaction(operations, end)),
        2 => vec(operation(), 0..4).prop_map(Step::CommitDuringView),
        1 => Just(Step::Reopen),
    ];
    vec(step, 1..10)
}

/// A store that can be closed and opened again.
pub(crate) struct Subject {
    store: Option<Box<dyn Store>>,
    open: Box<dyn Fn() -> Box<dyn Store>>,
}

impl Subject {
    pub(crate) fn new(open: impl Fn() -> Box<dyn Store> + 'static) -> Self {
        Self { store: Some(open()), open: Box::new(open) }
    }

    fn store(&self) -> &dyn Store {
        self.store.as_deref().expect("it is only closed to be opened again")
    }

    fn reopen(&mut self) {
        drop(self.store.take());
        self.store = Some((self.open)());
    }
}

fn run(subject: &mut Subject, steps: &[Step]) -> Result<(), TestCaseError> {
    let fail = |error: StoreError| TestCaseError::fail(crate::support::whole(&error));
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Transaction(operations, end) => {
                let mut draft = model.clone();
                operations.iter().for_each(|operation| draft.apply(operation));
                let result = thread::scope(|scope| {
                    let store = subject.store();
                    let draft = &draft;
                    scope.spawn(move || transact(store, operations, *end, draft)).join()
                });
                match (end, result) {
                    (End::Commit, Ok(Ok(true))) => model = draft,
                    (End::Refuse, Ok(Err(StoreError::Aborted)))
                    | (End::PassOver, Ok(Err(StoreError::FailedBefore { .. })))
                    | (End::Panic, Err(_)) => {}
                    (_, Ok(Ok(false))) => return Err(TestCaseError::fail("a transaction does not see what it wrote")),
                    (end, result) => return Err(TestCaseError::fail(format!("{end:?} ended in {result:?}"))),
                }
            }
            Step::CommitDuringView(operations) => {
                let mut then = model.clone();
                operations.iter().for_each(|operation| then.apply(operation));
                let mut committed = false;
                let store = subject.store();
                let steady = view(store, |snapshot| {
                    let before = look(snapshot)?;
                    let expect = if committed { &then } else { &model };
                    if !committed {
                        committed = true;
                        let work = || commit(store, |transaction| apply_all(operations, transaction));
                        thread::scope(|scope| scope.spawn(work).join()).expect("a commit does not panic")?;
                    }
                    Ok::<_, StoreError>(before == expect.sight() && look(snapshot)? == before)
                });
                prop_assert!(steady.map_err(fail)?, "a view changes while it is looked at");
                model = then;
            }
            Step::Reopen => subject.reopen(),
        }
        prop_assert_eq!(view(subject.store(), look).map_err(fail)?, model.sight());
    }
    Ok(())
}

fn apply_all(operations: &[Operation], transaction: &mut dyn Transaction) -> Result<(), StoreError> {
    operations.iter().try_for_each(|operation| operation.apply(transaction))
}

/// Whether the transaction saw what it wrote, if it was committed.
fn transact(store: &dyn Store, operations: &[Operation], end: End, draft: &Model) -> Result<bool, StoreError> {
    commit(store, |transaction| {
        apply_all(operations, transaction)?;
        let seen = look(transaction)? == draft.sight();
        match end {
            End::Commit => Ok(seen),
            End::Refuse => Err(StoreError::Aborted),
            End::PassOver => {
                let _ = transaction.put("", b"no key");
                Ok(seen)
            }
            // Without the message that a panic prints: it is meant.
            End::Panic => std::panic::resume_unwind(Box::new("the work panics")),
        }
    })
}

/// Runs the suite on stores that a function makes, each of them empty.
pub(crate) fn check(cases: u32, make: impl Fn() -> Subject) -> Result<(), TestError<Vec<Step>>> {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config).run(&steps(), |steps| run(&mut make(), &steps))
}

/// A store in memory that outlives its users.
pub(crate) struct Shared<S>(pub(crate) Arc<S>);

impl<S: Store> Store for Shared<S> {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.read(work)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.transact(work)
    }
}

#[test]
fn the_store_in_memory_is_the_model() {
    let checked = check(256, || {
        let store = Arc::new(MemoryStore::new());
        Subject::new(move || Box::new(Shared(Arc::clone(&store))))
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn redb_is_the_model() {
    let checked = check(256, || {
        let disk = Disk::default();
        Subject::new(move || Box::new(RedbStore::with_backend(disk.open(), "the disk").expect("a store")))
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn postgres_is_the_model() {
    let Some(address) = postgres::database() else { return };
    let checked = check(24, || {
        let address = address.clone();
        postgres::execute(&address, "DROP SCHEMA IF EXISTS modal_datastore CASCADE");
        Subject::new(move || Box::new(PostgresStore::connect(&address).expect("a store")))
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}
