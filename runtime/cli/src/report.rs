//! A report is what a command has to say when it did what was asked.

use crate::exit::Exit;
use serde::Serialize;
use std::fmt;
use std::io::Write as _;

/// What a command came to: text for people through `Display`, JSON for programs through `Serialize`.
pub(crate) trait Report: fmt::Display {
    /// The number that the command ends with.
    fn exit(&self) -> Exit {
        Exit::Done
    }

    /// The report as JSON.
    fn to_json(&self) -> serde_json::Result<String>;
}

/// The form in which a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Output {
    /// For people.
    #[default]
    Text,
    /// One JSON document, for programs.
    Json,
}

/// Text that is a command's whole result, in either form: a manual, a completion script.
pub(crate) struct Plain(pub(crate) String);

impl Report for Plain {
    fn to_json(&self) -> serde_json::Result<String> {
        Ok(self.0.clone())
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Writes a report's JSON form.
pub(crate) fn json(report: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}

/// Text as a terminal may have it. Modules and files are other people's: what a terminal would act on, but for line feeds and
/// tabs, becomes an escape.
pub(crate) fn printable(text: &str) -> String {
    let plain = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    text.chars()
        .map(|character| if plain(character) { character.to_string() } else { character.escape_debug().to_string() })
        .collect()
}

/// Tells a person something while a command goes on.
pub(crate) fn notice(text: &str) {
    // Whoever has closed standard error does not want to know.
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}

/// Lines of a name and a value each, the values below each other.
pub(crate) struct Table<'a>(pub(crate) &'a [(&'a str, String)]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        self.0.iter().try_for_each(|(name, value)| writeln!(f, "  {name:width$}  {value}"))
    }
}
