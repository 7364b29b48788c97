//! `wasm-upload`: commits a module to a contract.

use crate::arguments::UploadArguments;
use crate::commit_file::CommitFile;
use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use crate::hint;
use crate::module_argument::module_name;
use crate::report::{self, Output, Report, Table};
use crate::upload_action::upload_action;
use crate::wasm_file;
use modal_datastore::Sha256Hash;
use modal_wasm_runtime::GasLimit;
use serde::Serialize;
use std::fmt;
use std::path::PathBuf;

/// What was uploaded. The JSON form has these members and no others.
#[derive(Debug, Serialize)]
struct Uploaded {
    commit_id: String,
    path: String,
    wasm_size: u64,
    sha256: String,
    gas_limit: u64,
    #[serde(skip)]
    contract_id: String,
    #[serde(skip)]
    metered_size: usize,
    #[serde(skip)]
    dir: PathBuf,
}

pub(crate) fn run(arguments: &UploadArguments) -> Result<Box<dyn Report>, Error> {
    let name = module_name(&arguments.module_name)?;
    let gas_limit = GasLimit::new(arguments.gas_limit)?;
    let dir = &arguments.directory.dir;
    let directory = ContractDirectory::find(dir)?;
    let wasm_bytes = wasm_file::read(&arguments.wasm_file)?;
    let metered = wasm_file::meter(&arguments.wasm_file.display().to_string(), &wasm_bytes)?;
    let action = upload_action(&name, &wasm_bytes, gas_limit);
    // In JSON, standard error is for one document.
    let waits = || {
        if arguments.output.output == Output::Text {
            report::notice(&format!("waiting for another program to change {}", directory.path().display()));
        }
    };
    let commit = directory.append(waits, |parent| CommitFile::new(vec![action], parent))?;
    Ok(Box::new(Uploaded {
        commit_id: commit.id().to_string(),
        path: name.path(),
        wasm_size: wasm_bytes.len() as u64,
        sha256: Sha256Hash::of(&wasm_bytes).to_string(),
        gas_limit: gas_limit.get(),
        contract_id: directory.contract_id().to_string(),
        metered_size: metered.bytes.len(),
        dir: dir.clone(),
    }))
}

impl Report for Uploaded {
    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl fmt::Display for Uploaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Uploaded {} to the contract {}", self.path, self.contract_id)?;
        let rows = [
            ("commit", self.commit_id.clone()),
            ("sha256", self.sha256.clone()),
            ("size", format!("{} bytes, {} metered", self.wasm_size, self.metered_size)),
            ("gas limit", self.gas_limit.to_string()),
        ];
        Table(&rows).fmt(f)?;
        let (dir, module) = (hint::path(&self.dir), hint::command([self.path.as_str()]));
        writeln!(f, "Next, try it, then process it into the datastore:")?;
        writeln!(f, "  modal contract wasm-run --dir {dir} --module-name {module} --method METHOD --args JSON")?;
        writeln!(f, "  modal contract process --dir {dir}")
    }
}
