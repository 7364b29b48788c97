//! A name says which contract, and which module of it. Names become parts of keys, so what a name may hold is decided
//! here, once, such that two names never make one key.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest id of a contract, in bytes of UTF-8.
const MAX_CONTRACT_ID_BYTES: usize = 256;

/// The longest name of a module, in bytes of UTF-8.
const MAX_MODULE_NAME_BYTES: usize = 1024;

/// The end of a module's path, which is no part of its name.
const SUFFIX: &str = ".wasm";

/// A contract's id: 1 to 256 bytes of text without `/` and control characters, and neither `.` nor `..`.
///
/// Ids are compared by their bytes: two that look alike can be two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ContractId(String);

/// A module's name: its path without the leading `/` and the trailing `.wasm`, as in `custom/logic` for
/// `/custom/logic.wasm`.
///
/// It has 1 to 1024 bytes: segments with a `/` between them, each of which is what a [`ContractId`] could be, if
/// shorter. A name that itself ends in `.wasm` is refused, so that with or without that ending a user always means the
/// same module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ModuleName(String);

impl ContractId {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// If the text is no contract's id.
    pub fn new(id: impl Into<String>) -> Result<Self, NameError> {
        let id = id.into();
        let checked = match id.contains('/') {
            true => Err(NameFault::Slash),
            false => check(&id, MAX_CONTRACT_ID_BYTES),
        };
        match checked {
            Ok(()) => Ok(Self(id)),
            Err(fault) => Err(NameError::new(NameKind::ContractId, &id, fault)),
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ModuleName {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// If the text is no module's name.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        match check_module(&name) {
            Ok(()) => Ok(Self(name)),
            Err(fault) => Err(NameError::new(NameKind::ModuleName, &name, fault)),
        }
    }

    /// The name of the module at a path such as `/custom/logic.wasm`.
    ///
    /// # Errors
    ///
    /// If the path does not begin with `/`, does not end in `.wasm`, or what is between them is no module's name.
    pub fn from_path(path: &str) -> Result<Self, NameError> {
        let name = path.strip_prefix('/').ok_or(NameFault::NoSlash);
        let name = name.and_then(|name| name.strip_suffix(SUFFIX).ok_or(NameFault::NoSuffix));
        match name.and_then(|name| check_module(name).map(|()| name)) {
            Ok(name) => Ok(Self(name.to_owned())),
            Err(fault) => Err(NameError::new(NameKind::ModulePath, path, fault)),
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The module's path, as in `/custom/logic.wasm`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}{SUFFIX}", self.0)
    }
}

fn check_module(name: &str) -> Result<(), NameFault> {
    if name.ends_with(SUFFIX) {
        return Err(NameFault::Suffix);
    }
    check(name, MAX_MODULE_NAME_BYTES)
}

/// Checks segments with a `/` between them.
fn check(name: &str, limit: usize) -> Result<(), NameFault> {
    if name.is_empty() {
        return Err(NameFault::Empty);
    }
    if name.len() > limit {
        return Err(NameFault::TooLong { bytes: name.len(), limit });
    }
    if let Some(character) = name.chars().find(|character| character.is_control()) {
        return Err(NameFault::Control { character });
    }
    name.split('/').try_for_each(|segment| match segment {
        "" => Err(NameFault::EmptySegment),
        "." | ".." => Err(NameFault::Dots),
        _ => Ok(()),
    })
}

/// A text that is no name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to accept the {kind} {name:?}: {fault}")]
pub struct NameError {
    /// What the text was to name.
    pub kind: NameKind,
    /// The text, at most its first 80 characters.
    pub name: String,
    /// What is wrong with it.
    pub fault: NameFault,
}

impl NameError {
    fn new(kind: NameKind, name: &str, fault: NameFault) -> Self {
        Self { kind, name: name.chars().take(80).collect(), fault }
    }
}

/// What a text was to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A contract.
    ContractId,
    /// A module, by its name.
    ModuleName,
    /// A module, by its path.
    ModulePath,
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ContractId => "contract id",
            Self::ModuleName => "module name",
            Self::ModulePath => "module path",
        })
    }
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It has no characters.
    #[error("it is empty")]
    Empty,
    /// It is too long.
    #[error("it has {bytes} bytes, the most are {limit}")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// It holds a control character.
    #[error("it holds the control character {character:?}")]
    Control {
        /// The character.
        character: char,
    },
    /// A contract's id holds a `/`.
    #[error("it holds a `/`")]
    Slash,
    /// Nothing stands before, between or after slashes.
    #[error("it has an empty segment")]
    EmptySegment,
    /// A segment is `.` or `..`.
    #[error("it has a segment `.` or `..`")]
    Dots,
    /// A module's name ends in `.wasm`.
    #[error("it ends in `.wasm`")]
    Suffix,
    /// A module's path does not begin with `/`.
    #[error("it does not begin with `/`")]
    NoSlash,
    /// A module's path does not end in `.wasm`.
    #[error("it does not end in `.wasm`")]
    NoSuffix,
}

impl fmt::Display for ContractId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ModuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<ContractId> for String {
    fn from(id: ContractId) -> Self {
        id.0
    }
}

impl From<ModuleName> for String {
    fn from(name: ModuleName) -> Self {
        name.0
    }
}

impl TryFrom<String> for ContractId {
    type Error = NameError;

    fn try_from(id: String) -> Result<Self, NameError> {
        Self::new(id)
    }
}

impl TryFrom<String> for ModuleName {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::new(name)
    }
}
