//! The header of a corpus case: TOML in `;;!` lines.

use crate::{Call, Run};
use serde::Deserialize;
use std::path::PathBuf;

/// Gas where a header names none.
const GAS: u64 = 1_000_000;

pub(super) struct Header {
    pub(super) about: String,
    /// The module's file, as it is written.
    pub(super) wasm: Option<PathBuf>,
    pub(super) runs: Vec<Run>,
    /// What each of the runs shows, where it is told.
    pub(super) runs_about: Vec<Option<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    about: String,
    wasm: Option<PathBuf>,
    #[serde(default)]
    run: Vec<WrittenRun>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRun {
    about: Option<String>,
    /// Export runs: each an export's name and its arguments, separated by spaces.
    calls: Option<Vec<String>>,
    start_gas: Option<u64>,
    /// ABI runs.
    method: Option<String>,
    input: Option<String>,
    /// The limit of each call, or of the execution.
    gas: Option<u64>,
}

pub(super) fn parse(source: &str) -> Result<Header, String> {
    let toml = source.lines().filter_map(|line| line.strip_prefix(";;!")).collect::<Vec<_>>().join("\n");
    let written: Written = toml::from_str(&toml).map_err(|error| error.to_string())?;
    let mut header = Header { about: written.about, wasm: written.wasm, runs: Vec::new(), runs_about: Vec::new() };
    for run in written.run {
        header.runs_about.push(run.about.clone());
        header.runs.push(run.read()?);
    }
    // A case that only shows what starting does needs no calls; one that is rejected is not run at all.
    if header.runs.is_empty() {
        header.runs_about.push(None);
        header.runs.push(Run::Exports { start_gas: GAS, calls: Vec::new() });
    }
    Ok(header)
}

/// The `;;!` lines that say what to run, or why they cannot.
pub(super) fn write(about: &str, runs: &[Run]) -> Result<String, String> {
    let mut text = format!(";;! about = {}\n", quoted(about));
    for run in runs {
        text += ";;! [[run]]\n";
        let mut line = |name: &str, value: String| text += &format!(";;! {name} = {value}\n");
        match run {
            Run::Abi { method, input, gas } => {
                line("method", quoted(method));
                line("input", quoted(input));
                if *gas != GAS {
                    line("gas", gas.to_string());
                }
            }
            Run::Exports { start_gas, calls } => {
                let texts = calls.iter().map(call_text).collect::<Result<Vec<_>, String>>()?;
                line("calls", format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")));
                if *start_gas != GAS {
                    line("start_gas", start_gas.to_string());
                }
                match calls.first().map_or(GAS, |call| call.gas) {
                    gas if calls.iter().any(|call| call.gas != gas) => {
                        return Err("the calls of a run have several gas limits, and a file has one for all".into());
                    }
                    GAS => {}
                    gas => line("gas", gas.to_string()),
                }
            }
        }
    }
    Ok(text)
}

/// A text as TOML has it on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => quoted += &format!("\\u{:04x}", u32::from(character)),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

fn call_text(call: &Call) -> Result<String, String> {
    let Call { export, args, gas: _ } = call;
    if export.is_empty() || export.contains(char::is_whitespace) {
        return Err(format!("the export {export:?} is no word, and a call in a file is made of words"));
    }
    Ok(args.iter().fold(export.clone(), |text, arg| format!("{text} {arg}")))
}

impl WrittenRun {
    fn read(self) -> Result<Run, String> {
        let gas = self.gas.unwrap_or(GAS);
        match self {
            Self { calls: Some(calls), start_gas, method: None, input: None, .. } => {
                let calls = calls.iter().map(|text| call(text, gas)).collect::<Result<Vec<_>, String>>()?;
                Ok(Run::Exports { start_gas: start_gas.unwrap_or(GAS), calls })
            }
            Self { calls: None, start_gas: None, method: Some(method), input, .. } => {
                Ok(Run::Abi { method, input: input.unwrap_or_default(), gas })
            }
            Self { .. } => Err("a run has either `calls` (and `start_gas`) or `method` (and `input`)".into()),
        }
    }
}

fn call(text: &str, gas: u64) -> Result<Call, String> {
    let mut words = text.split_whitespace();
    let export = words.next().ok_or("a call names an export")?.to_owned();
    let args = words
        .map(|word| word.parse().map_err(|error| format!("the argument {word:?} is wrong: {error}")))
        .collect::<Result<Vec<_>, String>>()?;
    Ok(Call { export, args, gas })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in
            ["", "plain", "\"a\" \\ 'b'", "two\nlines\r\n\ttab", "\u{0}\u{7f}\u{85}\u{2028}é😀", ";;! = []", "\"\"\""]
        {
            let runs = [
                Run::Abi { method: text.to_owned(), input: text.to_owned(), gas: 7 },
                Run::Exports { start_gas: 3, calls: Vec::new() },
            ];
            let header = parse(&write(text, &runs).expect("a header")).expect("the same header");
            assert_eq!((header.about.as_str(), &header.runs[..]), (text, &runs[..]));
        }
    }
}
