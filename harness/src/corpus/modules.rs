//! The modules that a corpus case's guests can call, each behind a `;;@` line or in a file that the line names.

use super::CorpusError;
use super::header::quoted;
use super::module::{self, ModuleFile};
use crate::CallableModule;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const MARK: &str = ";;@";

/// The most gas that a call may use where a file names none.
const GAS: u64 = 1_000_000;

/// The modules as a file has them, behind the case's own.
pub(super) fn write(modules: &BTreeMap<String, CallableModule>) -> String {
    let module = |(name, module): (&String, &CallableModule)| {
        let gas = if module.gas == GAS { String::new() } else { format!(", gas = {}", module.gas) };
        format!("{MARK} {{ name = {}{gas} }}\n{}", quoted(name), module::write(&module.bytes))
    };
    modules.iter().map(module).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    module: About,
}

/// What a mark says of the module behind it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    name: String,
    gas: Option<u64>,
    /// The module's file, as it is written; without it, the module is the text behind the mark.
    wasm: Option<PathBuf>,
}

/// What a file holds.
pub(super) struct Split {
    /// The case's own text.
    pub(super) own: String,
    /// The modules that its guests can call.
    pub(super) modules: BTreeMap<String, CallableModule>,
    /// The files of those that have one.
    pub(super) files: BTreeMap<String, ModuleFile>,
}

/// Splits a file: the case's own text, and the modules behind it. Every text keeps its lines at their numbers, so that
/// what a parser says of them is true of the file.
pub(super) fn split(case: &Path, source: &str) -> Result<Split, CorpusError> {
    let wrong = |reason: String| CorpusError::Header { path: case.to_owned(), reason };
    let mut own = String::new();
    let mut callable: Vec<(About, String)> = Vec::new();
    for (number, line) in source.lines().enumerate() {
        if let Some(about) = line.strip_prefix(MARK) {
            let line: Line =
                toml::from_str(&format!("module = {}", about.trim())).map_err(|error| wrong(error.to_string()))?;
            callable.push((line.module, "\n".repeat(number + 1)));
            continue;
        }
        let text = callable.last_mut().map_or(&mut own, |(_, text)| text);
        text.push_str(line);
        text.push('\n');
    }
    let mut split = Split { own, modules: BTreeMap::new(), files: BTreeMap::new() };
    for (About { name, gas, wasm }, text) in callable {
        let bytes = match wasm {
            None => module::parse(case, &text)?,
            Some(wasm) => {
                let file = ModuleFile::of(case, &text, &wasm)?;
                let bytes = file.bytes()?;
                split.files.insert(name.clone(), file);
                bytes
            }
        };
        let module = CallableModule { bytes, gas: gas.unwrap_or(GAS) };
        if split.modules.insert(name.clone(), module).is_some() {
            return Err(wrong(format!("two modules have the name {name:?}")));
        }
    }
    Ok(split)
}
