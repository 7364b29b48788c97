//! Imports are the globals, memories and tables that a module asks of its host.

use crate::types::Limits;
use crate::value::Value;
use std::collections::BTreeMap;

/// What stands behind an import that is no function.
///
/// A memory or a table is made anew for each instance: sharing one between instances is outside the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extern {
    /// A global with this value.
    Global(Value),
    /// A memory of zeros, in pages.
    Memory(Limits),
    /// A table of nulls, in elements.
    Table(Limits),
}

/// The imports that are no functions, by module and name. Functions are found by the [`Host`](crate::Host).
#[derive(Clone, Debug, Default)]
pub struct Imports(BTreeMap<(String, String), Extern>);

impl Imports {
    /// Adds an import, or replaces it.
    pub fn define(&mut self, module: &str, name: &str, import: Extern) {
        self.0.insert((module.to_owned(), name.to_owned()), import);
    }

    /// The import `module.name`.
    #[must_use]
    pub fn get(&self, module: &str, name: &str) -> Option<Extern> {
        self.0.get(&(module.to_owned(), name.to_owned())).copied()
    }
}
