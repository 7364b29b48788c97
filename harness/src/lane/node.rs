//! A node is a contract processor on a datastore and an engine.
//!
//! A case's modules are uploaded to it by a commit and read back from the datastore, and each run is an invocation, which
//! is undone after it.

use super::LaneFault;
use super::engine::{kind, violated};
use crate::case::Upload;
use crate::observation::Outcome;
use crate::{Case, Run, digest};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modal_datastore::{
    ContractId, MemoryStore, ModuleName, RedbStore, Snapshot, Store, StoreError, Transaction, WasmModule, view,
};
use modal_validator::{CommitContext, ContractProcessor, ProcessError, ProgramFailure, Reason, Refusal, StateChange};
use modal_wasm_runtime::{Engine, GasLimit};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a node made of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeReading {
    /// The datastore and the engine.
    pub node: &'static str,
    /// What became of the upload.
    pub uploaded: Uploaded,
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Uploaded {
    /// The commit was refused, with this text.
    Refused(String),
    /// The modules were stored.
    Stored {
        /// The modules that were read back, by name.
        modules: BTreeMap<String, StoredModule>,
        /// What became of each of the case's runs.
        invocations: Vec<Invocation>,
    },
}

/// A module as it was read back from a datastore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredModule {
    /// The SHA-256 of its bytes, in lower hex.
    pub sha256: String,
    /// Its gas limit.
    pub gas: u64,
}

/// What became of an invocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Invocation {
    /// How the program itself ended, in an observation's words, without what it returned.
    pub ended: String,
    /// The gas that it used, where the processor says so.
    pub gas_used: Option<u64>,
    /// How many actions it returned, if all of them were applied.
    pub actions: Option<u64>,
    /// The refusal's text, or the changes in JSON.
    pub answer: String,
}

impl NodeReading {
    /// How a program ended that returned something, whatever that was.
    pub(crate) const RETURNED: &str = "output";

    /// What nodes make of a case that is uploaded.
    pub(crate) fn of_nodes(case: &Case, upload: Upload) -> Result<Vec<Self>, LaneFault> {
        if !upload.fits(case) {
            return Err(LaneFault::new(
                "Usage",
                "a run is no invocation of the upload, or has more gas than its module",
            ));
        }
        let folder = tempfile::tempdir().map_err(|error| LaneFault::new("Folder", error.to_string()))?;
        let file = folder.path().join("store.redb");
        let on_disk = || -> Result<Arc<dyn Store>, LaneFault> { Ok(Arc::new(RedbStore::open(&file).map_err(fault)?)) };
        let memory: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let in_memory = || Ok(Arc::clone(&memory));
        let wasmtime = Node { name: "redb and wasmtime", engine: Engine::Wasmtime, open: &on_disk };
        let wasmi = Node { name: "memory and wasmi", engine: Engine::Wasmi, open: &in_memory };
        [wasmtime, wasmi].into_iter().map(|node| node.read(case, upload)).collect()
    }
}

/// A datastore and an engine.
struct Node<'a> {
    name: &'static str,
    engine: Engine,
    /// Opens the datastore, as often as it is asked to.
    open: &'a dyn Fn() -> Result<Arc<dyn Store>, LaneFault>,
}

impl Node<'_> {
    fn read(&self, case: &Case, upload: Upload) -> Result<NodeReading, LaneFault> {
        let context = CommitContext::new(Upload::TIME, Upload::HEIGHT);
        let processor = ContractProcessor::new((self.open)()?).with_engine(self.engine);
        let stored = processor.process_commit(Upload::CONTRACT, "upload", &commit(uploads(case, upload)), &context);
        if let Err(error) = stored {
            return Ok(NodeReading { node: self.name, uploaded: Uploaded::Refused(refusal(error)?.to_string()) });
        }
        // What is read back comes from a datastore that was closed and opened.
        drop(processor);
        let store = (self.open)()?;
        let modules = read_back(&*store, case)?;
        let processor = ContractProcessor::new(Arc::new(Undone(store))).with_engine(self.engine);
        let invocations = case.runs.iter().map(|run| invoke(&processor, run, upload, context));
        let uploaded = Uploaded::Stored { modules, invocations: invocations.collect::<Result<_, _>>()? };
        Ok(NodeReading { node: self.name, uploaded })
    }
}

/// A store on which nothing that a transaction writes stays, so that each invocation finds what was uploaded.
struct Undone(Arc<dyn Store>);

impl Store for Undone {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.read(work)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.0.transact(&mut |transaction| work(transaction).and(Err(StoreError::Aborted)))
    }
}

/// The actions that upload a case's modules, its own first.
fn uploads(case: &Case, upload: Upload) -> Vec<serde_json::Value> {
    let post = |path: &str, bytes: &[u8], gas: u64| {
        let value = json!({"wasm_bytes": BASE64_STANDARD.encode(bytes), "gas_limit": gas});
        json!({"method": "post", "path": path, "value": value})
    };
    let others = case.modules.iter().map(|(name, module)| post(&format!("{name}.wasm"), &module.bytes, module.gas));
    std::iter::once(post(Upload::PROGRAM, &case.module, upload.gas)).chain(others).collect()
}

fn commit(actions: Vec<serde_json::Value>) -> String {
    json!({"body": actions}).to_string()
}

/// The contract's modules as the datastore has them. It verifies their hashes; they are taken again here.
fn read_back(store: &dyn Store, case: &Case) -> Result<BTreeMap<String, StoredModule>, LaneFault> {
    let names = case.modules.keys().map(|name| format!("{name}.wasm")).chain([Upload::PROGRAM.to_owned()]);
    let contract = ContractId::new(Upload::CONTRACT).map_err(usage)?;
    let mut modules = BTreeMap::new();
    for path in names {
        let name = ModuleName::from_path(&path).map_err(usage)?;
        let found = view(store, |snapshot| WasmModule::find_by_contract_and_path(snapshot, &contract, &name));
        if let Some(module) = found.map_err(fault)? {
            let stored = StoredModule { sha256: digest::hex(&module.wasm_bytes), gas: module.gas_limit.get() };
            modules.insert(path, stored);
        }
    }
    Ok(modules)
}

fn invoke(
    processor: &ContractProcessor,
    run: &Run,
    upload: Upload,
    context: CommitContext,
) -> Result<Invocation, LaneFault> {
    let args = Upload::arguments(run).unwrap_or_default();
    let limit = run.last_limit();
    // The module's own limit, or else the commit's.
    let context =
        if limit == upload.gas { context } else { context.with_gas_limit(GasLimit::new(limit).map_err(usage)?) };
    let action =
        format!(r#"{{"body":[{{"method":"invoke","path":"{}","value":{{"args":{args}}}}}]}}"#, Upload::PROGRAM);
    match processor.process_commit(Upload::CONTRACT, Upload::COMMIT, &action, &context) {
        Ok(changes) => Ok(accepted(&changes)),
        Err(error) => Ok(refused(&*refusal(error)?)),
    }
}

fn accepted(changes: &[StateChange]) -> Invocation {
    let gas_used = changes.iter().find_map(|change| match change {
        StateChange::WasmExecuted { gas_used, .. } => Some(*gas_used),
        _ => None,
    });
    let actions = changes.iter().next_back().and_then(|change| match change {
        StateChange::ProgramInvoked { actions_count, .. } => Some(*actions_count),
        _ => None,
    });
    let answer = serde_json::to_string(changes).expect("changes have only text keys and integers");
    Invocation { ended: NodeReading::RETURNED.into(), gas_used, actions, answer }
}

fn refused(refusal: &Refusal) -> Invocation {
    let answer = refusal.to_string();
    let returned = |gas_used| (NodeReading::RETURNED.to_owned(), gas_used);
    // What a program that this one invoked did, or its actions, says that this one returned.
    let (ended, gas_used) = match (&refusal.at[..], &refusal.reason) {
        ([_], Reason::Program { failure, gas_used, .. }) => match failure {
            ProgramFailure::Trapped(trap) => (Outcome::Trapped(kind(*trap)).to_string(), Some(*gas_used)),
            ProgramFailure::Violated(violation) => {
                (Outcome::Violated(violated(violation.clone())).to_string(), Some(*gas_used))
            }
            ProgramFailure::Output(_) | ProgramFailure::Errors(_) => returned(Some(*gas_used)),
            ProgramFailure::Rejected(_) | ProgramFailure::InputTooLong { .. } | ProgramFailure::TooManyModules(_) => {
                (answer.clone(), None)
            }
        },
        _ => returned(None),
    };
    Invocation { ended, gas_used, actions: None, answer }
}

/// A refusal is an answer; all else is a fault.
fn refusal(error: ProcessError) -> Result<Box<Refusal>, LaneFault> {
    match error {
        ProcessError::Refused(refusal) => Ok(refusal),
        ProcessError::Fault(fault) => Err(LaneFault::new("Node", fault.to_string())),
    }
}

fn fault(error: StoreError) -> LaneFault {
    LaneFault::new("Datastore", error.to_string())
}

fn usage(error: impl ToString) -> LaneFault {
    LaneFault::new("Usage", error.to_string())
}
