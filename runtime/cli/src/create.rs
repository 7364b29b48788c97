//! `create`: makes a contract.

use crate::arguments::CreateArguments;
use crate::commit_file::CommitFile;
use crate::contract_directory::{ContractDirectory, absolute, named};
use crate::error::Error;
use crate::hint;
use crate::report::{self, Report, Table};
use serde::Serialize;
use serde_json::json;
use std::fmt;
use std::path::Path;

/// The path that a contract's first commit posts the contract's name to.
const NAME_PATH: &str = "/name.text";

/// What was made.
#[derive(Debug, Serialize)]
struct Created {
    contract_id: String,
    name: String,
    directory: String,
    commit_id: String,
}

pub(crate) fn run(arguments: &CreateArguments) -> Result<Box<dyn Report>, Error> {
    let contract_id = arguments.id.as_deref().map(named).transpose()?;
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => name_of(&arguments.directory.dir)?,
    };
    let genesis = CommitFile::new(vec![json!({ "method": "post", "path": NAME_PATH, "value": name })], None)
        .map_err(|source| Error::NoCommit { source })?;
    let directory = ContractDirectory::create(&arguments.directory.dir, &genesis, contract_id)?;
    Ok(Box::new(Created {
        contract_id: directory.contract_id().to_string(),
        name,
        directory: directory.path().display().to_string(),
        commit_id: genesis.id().to_string(),
    }))
}

/// The name of the directory.
fn name_of(directory: &Path) -> Result<String, Error> {
    let directory = absolute(directory)?;
    let name = directory.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    name.ok_or(Error::NoContractName { directory })
}

impl Report for Created {
    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl fmt::Display for Created {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Created the contract {}", self.name)?;
        let rows = [
            ("contract", self.contract_id.clone()),
            ("directory", self.directory.clone()),
            ("commit", self.commit_id.clone()),
        ];
        Table(&rows).fmt(f)?;
        let directory = hint::command([self.directory.as_str()]);
        writeln!(f, "Next, upload a module:")?;
        writeln!(f, "  modal contract wasm-upload --dir {directory} --wasm-file FILE --module-name NAME")
    }
}
