//! `process`: processes the commits of a contract into a datastore.

use crate::arguments::ProcessArguments;
use crate::code_cache;
use crate::commit_file::CommitFile;
use crate::contract_directory::ContractDirectory;
use crate::datastore::Datastore;
use crate::error::Error;
use crate::report::{self, Report};
use modal_datastore::{Sha256Hash, Store, view};
use modal_validator::{CommitContext, ContractProcessor, Head, Identifier, ProcessError, State, StateChange};
use serde::Serialize;
use std::fmt;

/// What was processed.
#[derive(Serialize)]
struct Processed {
    contract_id: String,
    datastore: String,
    /// The last commit in the datastore.
    head: Option<String>,
    /// How many commits had been processed before.
    already_processed: u64,
    /// What was processed now, in order.
    commits: Vec<ProcessedCommit>,
}

#[derive(Serialize)]
struct ProcessedCommit {
    commit_id: String,
    changes: Vec<StateChange>,
}

pub(crate) fn run(arguments: &ProcessArguments) -> Result<Box<dyn Report>, Error> {
    let directory = ContractDirectory::find(&arguments.directory.dir)?;
    let datastore = Datastore::new(&directory, arguments.datastore.as_deref().unwrap_or_default());
    let store = datastore.open()?;
    let last = last(&*store, &directory)?;
    let waiting = waiting(&directory, last.as_ref(), &datastore)?;
    let already_processed = last.as_ref().map_or(0, |last| last.number);
    let mut processed = Processed {
        contract_id: directory.contract_id().to_string(),
        datastore: datastore.to_string(),
        head: last.map(|last| last.commit_id),
        already_processed,
        commits: Vec::new(),
    };
    let cache = code_cache::open(&arguments.cache)?;
    let processor = ContractProcessor::new(store).with_engine(arguments.engine).with_cache(cache);
    // Commits are read again one by one: all of their modules together may not fit in memory.
    for id in waiting.into_iter().rev() {
        let number = processed.commits.len() as u64;
        let context = CommitContext::new(arguments.timestamp, already_processed.saturating_add(number));
        let changes = process(&processor, &directory.contract_id().to_string(), &directory.commit(id)?, &context)
            .map_err(|error| explain(id, error))?;
        processed.head = Some(id.to_string());
        processed.commits.push(ProcessedCommit { commit_id: id.to_string(), changes });
    }
    Ok(Box::new(processed))
}

fn process(
    processor: &ContractProcessor,
    contract_id: &str,
    commit: &CommitFile,
    context: &CommitContext,
) -> Result<Vec<StateChange>, ProcessError> {
    processor.process_commit(contract_id, &commit.id().to_string(), commit.text(), context)
}

fn explain(commit_id: Sha256Hash, error: ProcessError) -> Error {
    match error {
        ProcessError::Refused(refusal) => Error::Refused { commit_id, refusal },
        ProcessError::Fault(fault) => Error::ProcessingFault { commit_id, source: Box::new(fault) },
    }
}

/// The contract's last commit in the datastore.
fn last(store: &dyn Store, directory: &ContractDirectory) -> Result<Option<Head>, Error> {
    let contract_id = directory.contract_id();
    let contract = Identifier::new(contract_id.as_str())
        .map_err(|fault| Error::ContractId { id: contract_id.to_string(), fault })?;
    view(store, |snapshot| {
        State::new(snapshot).head(&contract).map_err(|fault| match fault {
            modal_validator::Fault::Store(error) => Error::Datastore(error),
            fault => Error::State(Box::new(fault)),
        })
    })
}

/// The directory's commits after the last one in the datastore, the last one first.
fn waiting(
    directory: &ContractDirectory,
    last: Option<&Head>,
    datastore: &Datastore,
) -> Result<Vec<Sha256Hash>, Error> {
    let mut waiting = Vec::new();
    for commit in directory.history()? {
        let id = commit?.id();
        if last.is_some_and(|last| last.commit_id == id.to_string()) {
            return Ok(waiting);
        }
        waiting.push(id);
    }
    match last {
        None => Ok(waiting),
        Some(last) => Err(Error::Diverged {
            datastore: datastore.to_string(),
            contract_id: directory.contract_id().to_string(),
            last: last.commit_id.clone(),
        }),
    }
}

impl Report for Processed {
    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl fmt::Display for Processed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let commits = |number: usize| format!("{number} commit{}", if number == 1 { "" } else { "s" });
        let before = self.already_processed;
        match (self.commits.len(), before) {
            (0, _) => writeln!(f, "Nothing to process: {} has all {before} commits", self.datastore)?,
            (now, 0) => writeln!(f, "Processed {} into {}", commits(now), self.datastore)?,
            (now, _) => writeln!(f, "Processed {} into {}, after {before} before", commits(now), self.datastore)?,
        }
        for ProcessedCommit { commit_id, changes } in &self.commits {
            writeln!(f, "  {commit_id}")?;
            changes.iter().try_for_each(|change| writeln!(f, "    {}", text(change)))?;
        }
        Ok(())
    }
}

/// A change in a line.
fn text(change: &StateChange) -> String {
    match change {
        StateChange::WasmUploaded { module_name, sha256_hash, gas_limit, .. } => {
            format!("uploaded /{module_name}.wasm, sha256 {sha256_hash}, gas limit {gas_limit}")
        }
        StateChange::AssetCreated { asset_id, quantity, divisibility, .. } => {
            format!("created {quantity} of {asset_id}, in multiples of {divisibility}")
        }
        StateChange::AssetSent { asset_id, to_contract, amount, .. } => {
            format!("sent {amount} of {asset_id} to {to_contract}")
        }
        StateChange::AssetReceived { asset_id, from_contract, amount, .. } => {
            format!("received {amount} of {asset_id} from {from_contract}")
        }
        StateChange::Posted { path, .. } => format!("posted {path}"),
        StateChange::WasmExecuted { module_name, gas_used, .. } => {
            format!("ran /{module_name}.wasm for {gas_used} gas")
        }
        StateChange::ProgramInvoked { program_name, gas_used, actions_count, .. } => {
            format!("invoked /{program_name}.wasm for {gas_used} gas, {actions_count} actions")
        }
    }
}
