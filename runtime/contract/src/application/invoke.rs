//! An invocation runs a program of the contract and applies the actions that it returns.

use super::Application;
use crate::change::StateChange;
use crate::contract_modules::{ContractModules, ContractModulesError};
use crate::error::ProcessError;
use crate::path::Path;
use crate::program::{MAX_INVOKE_DEPTH, Run};
use crate::refusal::Reason;
use crate::value::CanonicalJson;
use modal_datastore::WasmModule;
use modal_wasm_runtime::Modules;

impl Application<'_> {
    /// Runs the program at a path under its own gas limit or, if that is less, what is left of the commit's.
    pub(super) fn invoke(&mut self, path: &Path, args: &CanonicalJson, depth: u64) -> Result<(), ProcessError> {
        let name = path.module_name().map_err(Reason::from)?;
        let program = String::from(name.clone());
        if depth >= MAX_INVOKE_DEPTH {
            return Err(Reason::InvokedTooDeep { program }.into());
        }
        let contract = self.contract.as_contract();
        let Some(module) = WasmModule::find_by_contract_and_path(&*self.transaction, contract, &name)? else {
            return Err(Reason::ProgramNotFound { contract_id: self.contract.into(), program }.into());
        };
        let gas_before = self.gas_used;
        let gas_left = self.context.gas_limit.get().saturating_sub(gas_before);
        let (programs, input) = (self.programs, self.input(args));
        let gas_limit = module.gas_limit.get().min(gas_left);
        let Run { actions, gas_used } =
            programs.run(&program, &module.wasm_bytes, &input, gas_limit, || self.modules())?;
        self.gas_used = gas_before.saturating_add(gas_used);
        self.changes.push(StateChange::WasmExecuted {
            contract_id: self.contract.into(),
            module_name: program.clone(),
            sha256_hash: module.sha256_hash.into(),
            gas_used,
        });
        self.apply_all(&actions, depth.saturating_add(1))?;
        self.changes.push(StateChange::ProgramInvoked {
            contract_id: self.contract.into(),
            program_name: program,
            gas_used: self.gas_used.saturating_sub(gas_before),
            actions_count: actions.len() as u64,
        });
        Ok(())
    }

    /// The modules that a program can call, as the actions so far have left them: an upload counts from the next action
    /// on, as it does for what is invoked. They are read once, and kept up by uploads.
    fn modules(&mut self) -> Result<Modules, ContractModulesError> {
        let modules = match &mut self.modules {
            Some(modules) => modules,
            none => none.insert(ContractModules::read(&*self.transaction, self.contract.as_contract())?),
        };
        Ok(modules.callable()?)
    }

    /// What a program is given: `{"args": …, "context": {"block_height", "commit_id", "contract_id", "timestamp"}}`, keys
    /// in this order, without space.
    fn input(&self, args: &CanonicalJson) -> String {
        let text = |text: &str| serde_json::Value::from(text);
        format!(
            r#"{{"args":{args},"context":{{"block_height":{},"commit_id":{},"contract_id":{},"timestamp":{}}}}}"#,
            self.context.block_height,
            text(self.commit.as_str()),
            text(self.contract.as_str()),
            self.context.timestamp,
        )
    }
}
