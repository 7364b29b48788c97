//! `wasm-list`: lists the modules of a contract.

use crate::arguments::ListArguments;
use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use crate::hint;
use crate::module_source::{ModuleSource, Version};
use crate::report::{self, Report};
use serde::Serialize;
use std::fmt;

/// The modules of a contract, ordered by path.
#[derive(Serialize)]
struct Listed {
    contract_id: String,
    source: &'static str,
    modules: Vec<Module>,
    #[serde(skip)]
    place: String,
    #[serde(skip)]
    dir: String,
}

#[derive(Serialize)]
struct Module {
    path: String,
    #[serde(flatten)]
    current: Version,
}

pub(crate) fn run(arguments: &ListArguments) -> Result<Box<dyn Report>, Error> {
    let directory = ContractDirectory::find(&arguments.directory.dir)?;
    let source = ModuleSource::new(&directory, arguments.datastore.datastore.as_deref())?;
    let module = |(name, current): (modal_datastore::ModuleName, _)| Module { path: name.path(), current };
    Ok(Box::new(Listed {
        contract_id: directory.contract_id().to_string(),
        source: source.word(),
        modules: source.list()?.into_iter().map(module).collect(),
        place: source.place(),
        dir: hint::path(&arguments.directory.dir),
    }))
}

impl Report for Listed {
    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modules.is_empty() {
            writeln!(f, "There are no modules in {}", self.place)?;
            writeln!(f, "Upload one:")?;
            let dir = &self.dir;
            return writeln!(f, "  modal contract wasm-upload --dir {dir} --wasm-file FILE --module-name NAME");
        }
        let width = self.modules.iter().map(|module| module.path.chars().count()).max().unwrap_or(0).max(4);
        writeln!(f, "Modules in {}", self.place)?;
        writeln!(f, "  {:width$}  version     size  gas limit  sha256", "path")?;
        self.modules.iter().try_for_each(|Module { path, current }| {
            let Version { version, wasm_size, gas_limit, sha256, .. } = current;
            writeln!(f, "  {path:width$}  {version:>7}  {wasm_size:>7}  {gas_limit:>9}  {sha256}")
        })
    }
}
