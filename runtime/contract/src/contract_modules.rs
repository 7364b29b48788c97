//! Contract modules are the modules of one contract, which can call each other while they run.

use modal_datastore::{ContractId, ModuleName, ModuleRecord, Snapshot, StoreError, WasmModule};
use modal_wasm_meter::Interface;
use modal_wasm_runtime::{CallableModule, GasLimit, Modules};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most modules that a contract can have for any of them to be called.
pub const MAX_CALLABLE_MODULES: u64 = 1024;

/// The most bytes that they can have in all.
pub const MAX_CALLABLE_BYTES: u64 = 64 << 20;

/// The modules of one contract, as they are at one moment.
///
/// In a call, a module has two names: its path, `/custom/logic.wasm`, and the path without the ending, `/custom/logic`.
/// A module's name never ends with `.wasm`, so no module has a name of another's. One with a `#` in its path cannot be
/// called: what is behind a `#` is the method.
///
/// ```
/// use modal_datastore::ModuleName;
/// use modal_validator::ContractModules;
/// use modal_wasm_runtime::GasLimit;
///
/// let mut modules = ContractModules::default();
/// modules.insert(ModuleName::new("custom/logic")?, b"\0asm\x01\0\0\0".to_vec(), GasLimit::default());
/// let callable = modules.callable()?;
/// assert_eq!(callable.names().collect::<Vec<_>>(), ["/custom/logic", "/custom/logic.wasm"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractModules(BTreeMap<ModuleName, CallableModule>);

/// A contract has more modules than can be held for a call, whichever of them it would be.
///
/// They are all there before a program runs, because what it calls is known only when it does. Nothing else bounds what a
/// contract stores; without this rule, one action could have every node read all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many modules: {modules} of {bytes} bytes, at most {MAX_CALLABLE_MODULES} of {MAX_CALLABLE_BYTES}")]
pub struct TooManyModules {
    /// How many modules it has.
    pub modules: u64,
    /// How many bytes they have in all.
    pub bytes: u64,
}

/// Why the modules of a contract cannot be called.
#[derive(Debug, thiserror::Error)]
pub enum ContractModulesError {
    /// There are too many.
    #[error(transparent)]
    TooMany(#[from] TooManyModules),
    /// The datastore cannot be read, or does not hold what was put there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ContractModules {
    /// Whether a module calls others: whether it imports `modal.call`.
    #[must_use]
    pub fn are_called_by(interface: &Interface) -> bool {
        interface.imports.iter().any(|import| import.module == "modal" && import.name == "call")
    }

    /// The current modules of a contract in a view of the datastore. If there are too many, none is read.
    ///
    /// # Errors
    ///
    /// If there are too many, or the datastore cannot be read.
    pub fn read(snapshot: &dyn Snapshot, contract_id: &ContractId) -> Result<Self, ContractModulesError> {
        let records = WasmModule::list(snapshot, contract_id)?;
        check(records.iter().map(|record| record.wasm_size))?;
        let load = |record: &ModuleRecord| {
            let module = record.load(snapshot)?;
            let callable = CallableModule { bytes: module.wasm_bytes.into(), gas_limit: module.gas_limit };
            Ok((module.module_name, callable))
        };
        records.iter().map(load).collect::<Result<_, _>>().map(Self)
    }

    /// Adds a module, in place of any other one of its name.
    pub fn insert(&mut self, name: ModuleName, wasm_bytes: impl Into<Arc<[u8]>>, gas_limit: GasLimit) {
        self.0.insert(name, CallableModule { bytes: wasm_bytes.into(), gas_limit });
    }

    /// The modules under the names by which they call each other.
    ///
    /// # Errors
    ///
    /// If there are too many.
    pub fn callable(&self) -> Result<Modules, TooManyModules> {
        check(self.0.values().map(|module| module.bytes.len() as u64))?;
        let named = |(name, module): (&ModuleName, &CallableModule)| {
            [name.path(), format!("/{}", name.as_str())]
                .map(|name| (name, (Arc::clone(&module.bytes), module.gas_limit)))
        };
        Ok(self.0.iter().flat_map(named).collect())
    }
}

/// Checks modules of these sizes.
fn check(sizes: impl Iterator<Item = u64>) -> Result<(), TooManyModules> {
    let (modules, bytes) =
        sizes.fold((0_u64, 0_u64), |(modules, bytes), size| (modules + 1, bytes.saturating_add(size)));
    if modules > MAX_CALLABLE_MODULES || bytes > MAX_CALLABLE_BYTES {
        return Err(TooManyModules { modules, bytes });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_can_be_held_can_be_called() {
        let check = |sizes: &[usize], expect: Result<usize, &str>| {
            let mut modules = ContractModules::default();
            for (index, size) in sizes.iter().enumerate() {
                let name = ModuleName::new(format!("m{index}")).expect("a name");
                modules.insert(name, vec![0; *size], GasLimit::default());
            }
            let names = modules.callable().map(|callable| callable.names().count()).map_err(|error| error.to_string());
            assert_eq!(names, expect.map_err(str::to_owned));
        };
        let quarter = 16 << 20;
        check(&[], Ok(0));
        check(&[8; 1024], Ok(2048));
        check(&[8; 1025], Err("too many modules: 1025 of 8200 bytes, at most 1024 of 67108864"));
        check(&[quarter; 4], Ok(8));
        check(
            &[quarter, quarter, quarter, quarter, 1],
            Err("too many modules: 5 of 67108865 bytes, at most 1024 of 67108864"),
        );
    }
}
