//! The modules that a corpus case's guests can call, each behind a `;;@` line.

use super::{CorpusError, module};
use crate::CallableModule;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const MARK: &str = ";;@";

/// The most gas that a call may use where a file names none.
const GAS: u64 = 1_000_000;

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
}

/// Splits a file: the case's own text, and the modules behind it. Every text keeps its lines at their numbers, so that
/// what a parser says of them is true of the file.
pub(super) fn split(case: &Path, source: &str) -> Result<(String, BTreeMap<String, CallableModule>), CorpusError> {
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
    let mut modules = BTreeMap::new();
    for (About { name, gas }, text) in callable {
        let module = CallableModule { bytes: module::parse(case, &text)?, gas: gas.unwrap_or(GAS) };
        if modules.insert(name.clone(), module).is_some() {
            return Err(wrong(format!("two modules have the name {name:?}")));
        }
    }
    Ok((own, modules))
}
