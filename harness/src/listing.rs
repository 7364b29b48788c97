//! A listing is a module's text, line by line, with the place of each operator in the module's bytes.

use crate::Case;
use std::collections::BTreeMap;
use wasmprinter::Config;

/// The text of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    lines: Vec<Line>,
    /// The line of each byte offset that has one.
    at: BTreeMap<u64, usize>,
}

/// A line of a module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from one.
    pub number: usize,
    /// Its text, without what it is indented by.
    pub text: String,
}

impl Listing {
    /// The listing of a module, or `None` for one that has no text.
    #[must_use]
    pub fn of(module: &[u8]) -> Option<Self> {
        let mut storage = String::new();
        let mut listing = Self { lines: Vec::new(), at: BTreeMap::new() };
        for (offset, text) in Config::new().offsets_and_lines(module, &mut storage).ok()? {
            if let Some(offset) = offset {
                listing.at.insert(offset, listing.lines.len());
            }
            listing.lines.push(Line { number: listing.lines.len() + 1, text: text.trim().to_owned() });
        }
        Some(listing)
    }

    /// The line of what is at an offset in the module's bytes.
    #[must_use]
    pub fn line(&self, offset: u64) -> Option<&Line> {
        self.lines.get(*self.at.get(&offset)?)
    }

    /// The lines that have a place in the module's bytes, and that place.
    pub fn operators(&self) -> impl Iterator<Item = (u64, &Line)> {
        self.at.iter().filter_map(|(&offset, &line)| Some((offset, self.lines.get(line)?)))
    }

    /// The module's lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The windows of a case's modules, its own first.
    #[must_use]
    pub fn windows(case: &Case) -> String {
        let modules = [&case.module].into_iter().chain(case.modules.values().map(|module| &module.bytes));
        let windows = modules.map(|module| Self::of(module).map(|listing| listing.window()).unwrap_or_default());
        windows.filter(|window| !window.is_empty()).collect::<Vec<_>>().join(" | ")
    }

    /// The names of the module's operators in their order, as far as they tell one reduced case from another: without
    /// those that only move values to where others use them.
    #[must_use]
    pub fn window(&self) -> String {
        /// More than this tells nobody more.
        const OPERATORS: usize = 12;
        let names = self.lines.iter().filter_map(|line| line.text.split_whitespace().next());
        let telling = names.filter(|name| {
            let moves = ["local.", "drop", "end", "nop", "i32.const", "i64.const", "f32.const", "f64.const"];
            !name.starts_with(['(', ')', ';']) && !moves.iter().any(|start| name.starts_with(start))
        });
        let mut window = telling.take(OPERATORS + 1).collect::<Vec<_>>();
        if window.len() > OPERATORS {
            window[OPERATORS] = "…";
        }
        window.join(" ")
    }
}
