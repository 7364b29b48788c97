//! A module source is where a module comes from: the commits of a contract, or a datastore that they were processed into.

use crate::contract_directory::ContractDirectory;
use crate::datastore::Datastore;
use crate::error::Error;
use crate::hint;
use crate::wasm_file;
use modal_datastore::{ModuleName, ModuleRecord, Sha256Hash, Store, WasmModule, view};
use modal_validator::{Action, ContractModules, ContractModulesError};
use modal_wasm_runtime::{GasLimit, Modules};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the modules of a contract are looked for.
pub(crate) enum ModuleSource<'a> {
    /// The commits of a contract directory.
    Commits(&'a ContractDirectory),
    /// A datastore.
    Datastore(&'a ContractDirectory, Datastore, Arc<dyn Store>),
}

/// An upload of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Version {
    /// Which of the module's uploads this is, from 1.
    pub(crate) version: u64,
    /// The SHA-256 of the module.
    pub(crate) sha256: String,
    /// How long the module is, in bytes.
    pub(crate) wasm_size: u64,
    /// The gas that a run of it is given.
    pub(crate) gas_limit: u64,
    /// The commit that uploaded it. A datastore does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit_id: Option<String>,
    /// When the commit was processed. Commits do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<u64>,
}

/// A module with all of its uploads.
pub(crate) struct FoundModule {
    pub(crate) name: ModuleName,
    pub(crate) wasm_bytes: Vec<u8>,
    /// The uploads, the current one last.
    pub(crate) versions: Vec<Version>,
}

/// A module to run.
pub(crate) struct Runnable {
    pub(crate) wasm_bytes: Vec<u8>,
    pub(crate) gas_limit: GasLimit,
    /// The contract's modules as they were when this one was found, if it calls any.
    pub(crate) modules: Modules,
}

impl<'a> ModuleSource<'a> {
    /// The commits of a directory or, if there is a `datastore` argument, that datastore.
    pub(crate) fn new(directory: &'a ContractDirectory, datastore: Option<&str>) -> Result<Self, Error> {
        let Some(argument) = datastore else { return Ok(Self::Commits(directory)) };
        let datastore = Datastore::new(directory, argument);
        let store = datastore.open_existing(directory)?;
        Ok(Self::Datastore(directory, datastore, store))
    }

    /// The word for the source in JSON.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Commits(_) => "commits",
            Self::Datastore(..) => "datastore",
        }
    }

    /// The source as a person knows it.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Commits(directory) => format!("the commits of {}", directory.path().display()),
            Self::Datastore(_, datastore, _) => format!("the datastore {datastore}"),
        }
    }

    /// The current upload of every module, by its name.
    pub(crate) fn list(&self) -> Result<BTreeMap<ModuleName, Version>, Error> {
        match self {
            Self::Commits(directory) => {
                let mut modules = BTreeMap::<_, Vec<_>>::new();
                uploads(directory, |upload| modules.entry(upload.name.clone()).or_default().push(upload.version()))?;
                let current = |(name, mut versions): (_, Vec<_>)| {
                    number(&mut versions);
                    versions.pop().map(|current| (name, current))
                };
                Ok(modules.into_iter().filter_map(current).collect())
            }
            Self::Datastore(directory, _, store) => {
                let records = view(&**store, |snapshot| WasmModule::list(snapshot, directory.contract_id()))?;
                Ok(records.into_iter().map(|record| (record.module_name.clone(), record.into())).collect())
            }
        }
    }

    /// The module of this name.
    pub(crate) fn find(&self, name: &ModuleName) -> Result<FoundModule, Error> {
        let found = match self {
            Self::Commits(directory) => find_in_commits(directory, name)?,
            Self::Datastore(directory, _, store) => find_in_datastore(directory, &**store, name)?,
        };
        found.ok_or_else(|| self.not_found(name))
    }

    /// The module of this name, and what it can call.
    pub(crate) fn runnable(&self, name: &ModuleName) -> Result<Runnable, Error> {
        let found = match self {
            Self::Commits(directory) => runnable_in_commits(directory, name)?,
            Self::Datastore(directory, _, store) => runnable_in_datastore(directory, &**store, name)?,
        };
        found.ok_or_else(|| self.not_found(name))
    }

    fn not_found(&self, name: &ModuleName) -> Error {
        let dir = match self {
            Self::Commits(directory) | Self::Datastore(directory, ..) => hint::path(directory.path()),
        };
        let help = match self {
            Self::Commits(_) => format!("modal contract wasm-list --dir {dir} shows which there are"),
            Self::Datastore(..) => {
                format!("was the upload processed? modal contract wasm-list --dir {dir} --datastore shows which were")
            }
        };
        Error::ModuleNotFound { path: name.path(), place: self.place(), help }
    }
}

fn find_in_commits(directory: &ContractDirectory, name: &ModuleName) -> Result<Option<FoundModule>, Error> {
    let mut current = None;
    let mut versions = Vec::new();
    uploads(directory, |upload| {
        if upload.name == *name {
            versions.push(upload.version());
            current.get_or_insert(upload.wasm_bytes);
        }
    })?;
    number(&mut versions);
    Ok(current.map(|wasm_bytes| FoundModule { name: name.clone(), wasm_bytes, versions }))
}

fn find_in_datastore(
    directory: &ContractDirectory,
    store: &dyn Store,
    name: &ModuleName,
) -> Result<Option<FoundModule>, Error> {
    view(store, |snapshot| {
        let contract_id = directory.contract_id();
        let Some(module) = WasmModule::find_by_contract_and_path(snapshot, contract_id, name)? else { return Ok(None) };
        let versions = WasmModule::versions(snapshot, contract_id, name)?.into_iter().map(Version::from).collect();
        Ok(Some(FoundModule { name: name.clone(), wasm_bytes: module.wasm_bytes, versions }))
    })
}

fn runnable_in_commits(directory: &ContractDirectory, name: &ModuleName) -> Result<Option<Runnable>, Error> {
    let mut current = BTreeMap::new();
    uploads(directory, |upload| {
        current.entry(upload.name).or_insert((upload.wasm_bytes, upload.gas_limit));
    })?;
    let Some((wasm_bytes, gas_limit)) = current.get(name).cloned() else { return Ok(None) };
    let modules = if wasm_file::calls_modules(&wasm_bytes) {
        let mut modules = ContractModules::default();
        for (name, (wasm_bytes, gas_limit)) in current {
            modules.insert(name, wasm_bytes, gas_limit);
        }
        modules.callable().map_err(|source| Error::TooManyModules { module: name.path(), source })?
    } else {
        Modules::new()
    };
    Ok(Some(Runnable { wasm_bytes, gas_limit, modules }))
}

fn runnable_in_datastore(
    directory: &ContractDirectory,
    store: &dyn Store,
    name: &ModuleName,
) -> Result<Option<Runnable>, Error> {
    view(store, |snapshot| {
        let contract_id = directory.contract_id();
        let Some(module) = WasmModule::find_by_contract_and_path(snapshot, contract_id, name)? else { return Ok(None) };
        let modules = if wasm_file::calls_modules(&module.wasm_bytes) {
            let modules = ContractModules::read(snapshot, contract_id);
            modules.and_then(|modules| Ok(modules.callable()?)).map_err(|error| match error {
                ContractModulesError::TooMany(source) => Error::TooManyModules { module: name.path(), source },
                ContractModulesError::Store(error) => Error::Datastore(error),
            })?
        } else {
            Modules::new()
        };
        Ok(Some(Runnable { wasm_bytes: module.wasm_bytes, gas_limit: module.gas_limit, modules }))
    })
}

/// A module that a commit uploads.
struct Upload {
    name: ModuleName,
    wasm_bytes: Vec<u8>,
    gas_limit: GasLimit,
    commit_id: Sha256Hash,
}

impl Upload {
    /// The upload, to be numbered once the ones before it are known.
    fn version(&self) -> Version {
        Version {
            version: 0,
            sha256: Sha256Hash::of(&self.wasm_bytes).to_string(),
            wasm_size: self.wasm_bytes.len() as u64,
            gas_limit: self.gas_limit.get(),
            commit_id: Some(self.commit_id.to_string()),
            created_at: None,
        }
    }
}

/// Shows the uploads of a directory's commits, the last one first.
fn uploads(directory: &ContractDirectory, mut show: impl FnMut(Upload)) -> Result<(), Error> {
    for commit in directory.history()? {
        let commit = commit?;
        let commit_id = commit.id();
        let actions = commit.actions();
        let actions = actions.map_err(|refusal| Error::Refused { commit_id, refusal: Box::new(refusal) })?;
        for action in actions.into_iter().rev() {
            match action {
                Action::Upload { path, wasm_bytes, gas_limit } => {
                    let name = path.module_name().expect("an upload is read only if its path names a module");
                    show(Upload { name, wasm_bytes, gas_limit, commit_id });
                }
                Action::Create { .. }
                | Action::Send { .. }
                | Action::Recv { .. }
                | Action::Post { .. }
                | Action::Repost { .. }
                | Action::Invoke { .. } => {}
            }
        }
    }
    Ok(())
}

/// Puts uploads that were found last one first in order, and numbers them.
fn number(versions: &mut [Version]) {
    versions.reverse();
    for (version, number) in versions.iter_mut().zip(1..) {
        version.version = number;
    }
}

impl From<ModuleRecord> for Version {
    fn from(record: ModuleRecord) -> Self {
        Self {
            version: record.version,
            sha256: record.sha256_hash.to_string(),
            wasm_size: record.wasm_size,
            gas_limit: record.gas_limit.get(),
            commit_id: None,
            created_at: Some(record.created_at),
        }
    }
}
