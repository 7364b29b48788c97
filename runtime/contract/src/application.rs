//! An application is one commit being applied in one transaction.

mod assets;
mod invoke;
mod posts;

use crate::action::Action;
use crate::change::StateChange;
use crate::commit::{Commit, MAX_ACTIONS};
use crate::context::CommitContext;
use crate::contract_modules::ContractModules;
use crate::error::{Fault, ProcessError};
use crate::identifier::Identifier;
use crate::key;
use crate::program::Programs;
use crate::refusal::{ActionPlace, Reason};
use crate::state::{CommitRecord, Head, State};
use modal_datastore::{Sha256Hash, Transaction};
use serde::Serialize;

/// What is known while a commit is applied. A transaction that is tried again begins a new one.
pub(crate) struct Application<'a> {
    transaction: &'a mut dyn Transaction,
    programs: &'a Programs,
    contract: &'a Identifier,
    commit: &'a Identifier,
    context: &'a CommitContext,
    /// Actions so far, of the commit and of its programs.
    actions: u64,
    /// Sends so far.
    sends: u64,
    /// Gas that programs have used so far.
    gas_used: u64,
    /// The contract's modules as they are now, once a program that calls modules has run.
    modules: Option<ContractModules>,
    changes: Vec<StateChange>,
}

impl<'a> Application<'a> {
    pub(crate) fn new(
        transaction: &'a mut dyn Transaction,
        programs: &'a Programs,
        contract: &'a Identifier,
        commit: &'a Identifier,
        context: &'a CommitContext,
    ) -> Self {
        Self {
            transaction,
            programs,
            contract,
            commit,
            context,
            actions: 0,
            sends: 0,
            gas_used: 0,
            modules: None,
            changes: Vec::new(),
        }
    }

    /// Applies the commit whose JSON text this is.
    pub(crate) fn apply(mut self, commit: &Commit, commit_json: &str) -> Result<Vec<StateChange>, ProcessError> {
        let head = self.check_order(commit)?;
        self.apply_all(&commit.actions, 0)?;
        let number = head.as_ref().map_or(0, |head| head.number).saturating_add(1);
        let record = CommitRecord {
            number,
            previous: head.map(|head| head.commit_id),
            sha256: Sha256Hash::of(commit_json.as_bytes()),
            timestamp: self.context.timestamp,
            block_height: self.context.block_height,
            gas_used: self.gas_used,
        };
        self.put(&key::commit(self.contract, self.commit), &record)?;
        self.put(&key::head(self.contract), &Head { commit_id: self.commit.into(), number })?;
        Ok(self.changes)
    }

    /// Checks that the commit is new and stands on top of the ones before, whose last one it gives.
    fn check_order(&self, commit: &Commit) -> Result<Option<Head>, ProcessError> {
        if self.state().commit(self.contract, self.commit)?.is_some() {
            return Err(Reason::AlreadyProcessed { commit_id: self.commit.into() }.into());
        }
        let head = self.state().head(self.contract)?;
        if let Some(parent) = &commit.parent {
            let last = head.as_ref().map(|head| head.commit_id.clone());
            if last.as_deref() != Some(parent.as_str()) {
                return Err(Reason::NotOnTop { parent: parent.into(), last }.into());
            }
        }
        Ok(head)
    }

    /// Applies the actions of the commit (`depth` 0), or of a program that `depth` programs led to, itself included.
    fn apply_all(&mut self, actions: &[Action], depth: u64) -> Result<(), ProcessError> {
        self.actions = self.actions.saturating_add(actions.len() as u64);
        if self.actions > MAX_ACTIONS {
            return Err(Reason::TooManyActions.into());
        }
        for (index, action) in (0..).zip(actions) {
            let place = ActionPlace { index, method: Some(action.method()) };
            self.apply_one(action, depth).map_err(|error| error.within(place))?;
        }
        Ok(())
    }

    fn apply_one(&mut self, action: &Action, depth: u64) -> Result<(), ProcessError> {
        match action {
            Action::Create { asset_id, quantity, divisibility } => self.create(asset_id, *quantity, *divisibility),
            Action::Send { asset_contract, asset_id, to_contract, amount } => {
                self.send(asset_contract.as_ref().unwrap_or(self.contract), asset_id, to_contract, *amount)
            }
            Action::Recv { send_commit_id, from_contract } => self.receive(send_commit_id, from_contract.as_ref()),
            Action::Post { path, value } => self.post(path, value),
            Action::Upload { path, wasm_bytes, gas_limit } => self.upload(path, wasm_bytes, *gas_limit),
            Action::Repost { source, path, value } => self.repost(source, path, value),
            Action::Invoke { path, args } => self.invoke(path, args, depth),
        }
    }

    fn state(&self) -> State<'_> {
        State::new(&*self.transaction)
    }

    fn put(&mut self, key: &str, record: &impl Serialize) -> Result<(), Fault> {
        let json = serde_json::to_vec(record)
            .map_err(|error| Fault::State { key: key.to_owned(), reason: error.to_string() })?;
        Ok(self.transaction.put(key, &json)?)
    }
}
