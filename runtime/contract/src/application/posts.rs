//! Posts set the values of a contract's paths, and store its modules.

use super::Application;
use crate::change::StateChange;
use crate::error::ProcessError;
use crate::identifier::Identifier;
use crate::key;
use crate::path::Path;
use crate::refusal::Reason;
use crate::value::CanonicalJson;
use modal_datastore::WasmModule;
use modal_wasm_runtime::GasLimit;

impl Application<'_> {
    /// Sets the value of a path.
    pub(super) fn post(&mut self, path: &Path, value: &CanonicalJson) -> Result<(), ProcessError> {
        self.transaction.put(&key::post(self.contract, path), value.as_str().as_bytes())?;
        self.posted(path.as_str().to_owned(), value);
        Ok(())
    }

    /// Copies the value of another contract's path, if this is it.
    pub(super) fn repost(
        &mut self,
        source: &Identifier,
        path: &Path,
        value: &CanonicalJson,
    ) -> Result<(), ProcessError> {
        match self.state().value(source, path)? {
            None => return Err(Reason::RepostNotFound { contract_id: source.into(), path: path.to_string() }.into()),
            Some(latest) if latest != *value => {
                return Err(Reason::RepostDiffers { contract_id: source.into(), path: path.to_string() }.into());
            }
            Some(_) => {}
        }
        self.transaction.put(&key::repost(self.contract, source, path), value.as_str().as_bytes())?;
        self.posted(format!("${source}:{path}"), value);
        Ok(())
    }

    /// Stores a module that the meter admits.
    pub(super) fn upload(&mut self, path: &Path, wasm_bytes: &[u8], gas_limit: GasLimit) -> Result<(), ProcessError> {
        let name = path.module_name().map_err(Reason::from)?;
        let module = WasmModule {
            gas_limit,
            created_at: self.context.timestamp,
            ..WasmModule::new(self.contract.as_contract().clone(), name, wasm_bytes.to_vec())
        };
        module.save(self.transaction)?;
        if let Some(modules) = &mut self.modules {
            modules.insert(module.module_name.clone(), module.wasm_bytes, gas_limit);
        }
        self.changes.push(StateChange::WasmUploaded {
            contract_id: self.contract.into(),
            module_name: module.module_name.into(),
            sha256_hash: module.sha256_hash.into(),
            gas_limit: gas_limit.get(),
        });
        Ok(())
    }

    fn posted(&mut self, path: String, value: &CanonicalJson) {
        self.changes.push(StateChange::Posted { contract_id: self.contract.into(), path, value: value.clone() });
    }
}
