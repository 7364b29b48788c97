//! `wasm-show`: shows what a module is.

use crate::arguments::ShowArguments;
use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use crate::module_argument::module_name;
use crate::module_source::{ModuleSource, Version};
use crate::report::{self, Report, Table};
use crate::wasm_file;
use modal_wasm_meter::{Export, ExportItem, Import, ValueType};
use modal_wasm_runtime::abi;
use serde::Serialize;
use std::fmt;

/// A module of a contract.
#[derive(Serialize)]
struct Shown {
    contract_id: String,
    source: &'static str,
    path: String,
    /// The members of the current upload.
    #[serde(flatten)]
    current: Option<Version>,
    metered_size: usize,
    metered_sha256: String,
    /// The functions that `wasm-run` can call.
    methods: Vec<String>,
    exports: Vec<Export>,
    imports: Vec<Import>,
    versions: Vec<Version>,
    #[serde(skip)]
    place: String,
}

pub(crate) fn run(arguments: &ShowArguments) -> Result<Box<dyn Report>, Error> {
    let name = module_name(&arguments.module_name)?;
    let directory = ContractDirectory::find(&arguments.directory.dir)?;
    let source = ModuleSource::new(&directory, arguments.datastore.datastore.as_deref())?;
    let found = source.find(&name)?;
    let metered = wasm_file::meter(&name.path(), &found.wasm_bytes)?;
    let interface = metered.interface;
    let is_method = |export: &&Export| export.name != "alloc" && abi::check(&interface, &export.name).is_ok();
    let methods = interface.exports.iter().filter(is_method).map(|export| export.name.clone()).collect();
    Ok(Box::new(Shown {
        contract_id: directory.contract_id().to_string(),
        source: source.word(),
        path: found.name.path(),
        current: found.versions.last().cloned(),
        metered_size: metered.bytes.len(),
        metered_sha256: metered.sha256,
        methods,
        exports: interface.exports,
        imports: interface.imports,
        versions: found.versions,
        place: source.place(),
    }))
}

impl Report for Shown {
    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} in {}", self.path, self.place)?;
        let mut rows = vec![("contract", self.contract_id.clone())];
        if let Some(current) = &self.current {
            rows.extend([
                ("sha256", current.sha256.clone()),
                ("metered sha256", self.metered_sha256.clone()),
                ("size", format!("{} bytes, {} metered", current.wasm_size, self.metered_size)),
                ("gas limit", current.gas_limit.to_string()),
            ]);
        }
        rows.push(("methods", list(&self.methods)));
        rows.push(("exports", list(&self.exports.iter().map(export_text).collect::<Vec<_>>())));
        rows.push(("imports", list(&self.imports.iter().map(import_text).collect::<Vec<_>>())));
        Table(&rows).fmt(f)?;
        writeln!(f, "Uploads")?;
        self.versions.iter().try_for_each(|version| {
            let Version { version, sha256, wasm_size, gas_limit, commit_id, created_at } = version;
            write!(f, "  {version}  sha256 {sha256}, {wasm_size} bytes, gas limit {gas_limit}")?;
            if let Some(commit_id) = commit_id {
                write!(f, ", commit {commit_id}")?;
            }
            if let Some(created_at) = created_at {
                write!(f, ", created at {created_at}")?;
            }
            writeln!(f)
        })
    }
}

fn list(items: &[String]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn export_text(export: &Export) -> String {
    let name = &export.name;
    match &export.item {
        ExportItem::Function { params, results, .. } => format!("{name}{}", signature(params, results)),
        ExportItem::Memory => format!("{name} (memory)"),
        ExportItem::Table { .. } => format!("{name} (table)"),
        ExportItem::Global { .. } => format!("{name} (global)"),
    }
}

fn import_text(import: &Import) -> String {
    format!("{}.{}{}", import.module, import.name, signature(&import.params, &import.results))
}

fn signature(params: &[ValueType], results: &[ValueType]) -> String {
    let types = |types: &[ValueType]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    format!("({}) -> ({})", types(params), types(results))
}
