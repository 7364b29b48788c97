//! A contract processor does the commits of contracts, one after the other, each wholly or not at all.

use crate::application::Application;
use crate::change::StateChange;
use crate::commit::Commit;
use crate::context::CommitContext;
use crate::error::ProcessError;
use crate::identifier::Identifier;
use crate::program::Programs;
use crate::refusal::Reason;
use modal_datastore::{Store, commit};
use modal_wasm_runtime::{EngineConfig, ModuleCache};
use std::fmt;
use std::sync::Arc;

/// Does the commits of contracts in a datastore.
///
/// What comes of a commit is a function of the state before it, the contract, the commit and the context: the same on
/// every machine, every datastore and every engine.
///
/// A processor may be shared between threads. Commits that touch the same state come one after the other, in an order
/// that the datastore chooses; a node that needs a certain order processes them in that order.
pub struct ContractProcessor {
    store: Arc<dyn Store>,
    programs: Programs,
}

impl ContractProcessor {
    /// A processor that runs programs on the default engine.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, programs: Programs::default() }
    }

    /// The same processor on another engine.
    #[must_use]
    pub fn with_engine(mut self, engine: impl Into<EngineConfig>) -> Self {
        self.programs.engine = engine.into();
        self
    }

    /// The same processor with a cache of compiled modules that others use too.
    #[must_use]
    pub fn with_cache(mut self, cache: Arc<ModuleCache>) -> Self {
        self.programs.cache = cache;
        self
    }

    /// Does a commit of a contract: reads it, checks its modules, then applies its actions in order, in one transaction.
    /// The changes are in the order in which they were made.
    ///
    /// A refusal names the first rule that was broken, and these are checked in this order: the names of contract and
    /// commit; the form of the commit ([`Commit::read`]); the modules that it uploads; that the commit was not processed
    /// before; its parent; its actions, in order.
    ///
    /// # Errors
    ///
    /// [`ProcessError::Refused`] if the commit broke a rule, [`ProcessError::Fault`] if something else broke. Either way
    /// nothing of it happened. After a fault it can be processed again; if the datastore could not tell whether it had
    /// kept the commit, that second time may find it processed.
    pub fn process_commit(
        &self,
        contract_id: &str,
        commit_id: &str,
        commit_json: &str,
        context: &CommitContext,
    ) -> Result<Vec<StateChange>, ProcessError> {
        let contract = identifier("contract ID", contract_id)?;
        let id = identifier("commit ID", commit_id)?;
        let read = Commit::read(commit_json)?;
        self.programs.admit(&read.actions)?;
        commit(&*self.store, |transaction| {
            Application::new(transaction, &self.programs, &contract, &id, context).apply(&read, commit_json)
        })
    }

    /// The datastore.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }
}

impl fmt::Debug for ContractProcessor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContractProcessor").field("programs", &self.programs).finish_non_exhaustive()
    }
}

fn identifier(what: &'static str, text: &str) -> Result<Identifier, Reason> {
    Identifier::new(text).map_err(|fault| Reason::Identifier { what, fault })
}
