//! A commit is done wholly or leaves nothing behind, and no history makes or loses assets.

mod history;
mod ledger;
mod program;

use crate::{Depth, Finding};
use history::Entry;
pub(crate) use history::written;
use modal_datastore::{MemoryStore, Store, view};
use modal_validator::{CommitContext, ContractProcessor, Identifier, ProcessError, State, StateChange, state_digest};
use modal_wasm_runtime::{Engine, GasLimit, ModuleCache};
use std::cell::RefCell;
use std::sync::Arc;

/// Gas for all the programs of a commit.
const GAS: u64 = 300_000;

/// Processes a history of commits of several contracts.
///
/// # Panics
///
/// If a commit is a fault, leaves something behind although it was refused, is not there although it was accepted, is
/// accepted twice; if an asset's amounts do not add up; or if the history comes to another state without what was refused.
pub fn upload(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<Uploads>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(|| Ok(Uploads::sound()), target, |it| it.judge(data)));
}

/// A contract processor on stores of which each input has new ones.
pub struct Uploads {
    store: fn() -> Arc<dyn Store>,
    cache: Arc<ModuleCache>,
}

impl Uploads {
    /// A processor on stores in memory.
    #[must_use]
    pub fn sound() -> Self {
        Self::on(|| Arc::new(MemoryStore::new()))
    }

    /// A processor on such stores, which may be broken on purpose.
    #[must_use]
    pub fn on(store: fn() -> Arc<dyn Store>) -> Self {
        Self { store, cache: Arc::default() }
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// Which law is broken.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let entries = history::read(data);
        let first = self.processor();
        let mut accepted = Vec::new();
        for entry in &entries {
            if process(&first, entry)? {
                accepted.push(entry);
            }
        }
        let Some(last) = accepted.last() else { return Ok(Depth::Refused) };
        if process(&first, last)? {
            return Err(Finding::new(format!("a commit is accepted twice: {last:?}")));
        }
        let second = self.processor();
        for entry in accepted {
            if !process(&second, entry)? {
                return Err(Finding::new(format!("accepted after a refused commit, and refused without: {entry:?}")));
            }
        }
        if digest(&first)? != digest(&second)? {
            return Err(Finding::new("refused commits changed what accepted ones came to"));
        }
        Ok(Depth::Judged)
    }

    fn processor(&self) -> ContractProcessor {
        ContractProcessor::new((self.store)()).with_engine(Engine::Wasmi).with_cache(Arc::clone(&self.cache))
    }
}

/// Processes a commit and holds the laws against what it left. Whether it was accepted.
fn process(processor: &ContractProcessor, entry: &Entry) -> Result<bool, Finding> {
    let Entry { contract, id, commit } = entry;
    let context = CommitContext::new(1_700_000_000, 7);
    let context = context.with_gas_limit(GasLimit::new(GAS).map_err(|error| Finding::new(error.to_string()))?);
    let before = digest(processor)?;
    let processed = processor.process_commit(contract, id, commit, &context);
    let after = digest(processor)?;
    match processed {
        Ok(changes) => {
            whole(processor, entry, &changes)?;
            ledger::balanced(&**processor.store())?;
            Ok(true)
        }
        Err(ProcessError::Refused(refusal)) if before != after => {
            Err(Finding::new(format!("a refused commit changed the state ({refusal}): {entry:?}")))
        }
        Err(ProcessError::Refused(_)) => Ok(false),
        Err(ProcessError::Fault(fault)) => Err(Finding::new(format!("a commit is a fault ({fault}): {entry:?}"))),
    }
}

/// An accepted commit is its contract's last, and each of its actions changed something.
fn whole(processor: &ContractProcessor, entry: &Entry, changes: &[StateChange]) -> Result<(), Finding> {
    let not_whole = |what: &str| Finding::new(format!("an accepted commit {what}: {entry:?}"));
    let (Ok(contract), Ok(id)) = (Identifier::new(&entry.contract), Identifier::new(&entry.id)) else {
        return Err(not_whole("has names that are none"));
    };
    let kept = view(&**processor.store(), |snapshot| {
        let state = State::new(snapshot);
        Ok::<_, modal_validator::Fault>((state.head(&contract)?, state.commit(&contract, &id)?))
    });
    let (head, record) = kept.map_err(|fault| Finding::new(fault.to_string()))?;
    let (Some(head), Some(record)) = (head, record) else { return Err(not_whole("is not kept")) };
    if head.commit_id != entry.id || head.number != record.number {
        return Err(not_whole("is not its contract's last"));
    }
    let parsed = serde_json::from_str::<serde_json::Value>(&entry.commit).ok();
    let actions = parsed.as_ref().and_then(|commit| commit.get("body")?.as_array()).map_or(0, Vec::len);
    if changes.len() < actions {
        return Err(not_whole("has fewer changes than actions"));
    }
    Ok(())
}

fn digest(processor: &ContractProcessor) -> Result<String, Finding> {
    let digest = state_digest(&**processor.store());
    Ok(digest.map_err(|fault| Finding::new(format!("the state cannot be read: {fault}")))?.to_string())
}
