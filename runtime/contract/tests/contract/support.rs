//! A processor, and what is asked of it in every test.

use modal_datastore::{MemoryStore, Store};
use modal_validator::{CommitContext, ContractProcessor, StateChange, state_digest};
use modal_wasm_runtime::{Engine, ModuleCache};
use std::sync::{Arc, LazyLock};

/// The tests of this program compile each guest once.
static CACHE: LazyLock<Arc<ModuleCache>> = LazyLock::new(Arc::default);

pub(crate) const CONTEXT: CommitContext = CommitContext::new(1_700_000_000, 7);

/// A contract that commits are processed for, under names that count up.
pub(crate) struct Chain {
    pub(crate) processor: ContractProcessor,
    commits: u64,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new()), Engine::Wasmtime)
    }

    pub(crate) fn on(store: Arc<dyn Store>, engine: Engine) -> Self {
        Self { processor: processor(store, engine), commits: 0 }
    }

    /// Processes a commit of these actions, which must be accepted.
    pub(crate) fn accept(&mut self, contract: &str, actions: &str) -> Vec<StateChange> {
        self.commits += 1;
        let id = format!("{contract}-{}", self.commits);
        self.accept_as(contract, &id, actions)
    }

    /// The same under a name of its own.
    pub(crate) fn accept_as(&mut self, contract: &str, id: &str, actions: &str) -> Vec<StateChange> {
        let commit = format!(r#"{{"body":[{actions}]}}"#);
        let processed = self.processor.process_commit(contract, id, &commit, &CONTEXT);
        processed.unwrap_or_else(|error| panic!("{error}: {commit:.2000}"))
    }

    /// Processes a commit of these actions, which must be refused with this text and change nothing.
    pub(crate) fn refuse(&self, contract: &str, actions: &str, expect: &str) {
        self.refuse_commit(contract, "refused", &format!(r#"{{"body":[{actions}]}}"#), expect);
    }

    pub(crate) fn refuse_commit(&self, contract: &str, id: &str, commit: &str, expect: &str) {
        self.refuse_in(contract, id, commit, &CONTEXT, expect);
    }

    pub(crate) fn refuse_in(&self, contract: &str, id: &str, commit: &str, context: &CommitContext, expect: &str) {
        let before = state_digest(&**self.processor.store()).expect("a digest");
        let error = self.processor.process_commit(contract, id, commit, context).expect_err(expect);
        let refusal = error.refusal().unwrap_or_else(|| panic!("{error}: no refusal"));
        assert_eq!(refusal.to_string(), expect, "{commit:.2000}");
        assert_eq!(state_digest(&**self.processor.store()).expect("a digest"), before, "{expect}");
    }
}

pub(crate) fn processor(store: Arc<dyn Store>, engine: Engine) -> ContractProcessor {
    ContractProcessor::new(store).with_engine(engine).with_cache(Arc::clone(&CACHE))
}

/// The post that uploads a guest.
pub(crate) fn upload(path: &str, base64: &str) -> String {
    format!(r#"{{"method":"post","path":"{path}","value":"{base64}"}}"#)
}

pub(crate) fn invoke(path: &str, args: &str) -> String {
    format!(r#"{{"method":"invoke","path":"{path}","value":{{"args":{args}}}}}"#)
}
