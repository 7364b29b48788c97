//! Errors say what could not be done; a trap is no error but an outcome.

use crate::types::ValueType;

/// Why bytes are no module that can be interpreted. The texts finish the phrase "failed to …".
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The bytes are malformed, invalid, or use a feature outside the profile.
    #[error("validate the module")]
    Invalid(#[from] wasmparser::Error),
    /// Something that validates but is outside the profile.
    #[error("interpret {0}, which is outside the profile")]
    Unsupported(&'static str),
    /// A memory is larger than the cap from the beginning.
    #[error("make a memory of {pages} pages under a cap of {cap}")]
    MemoryTooLarge {
        /// Its minimum.
        pages: u64,
        /// The profile's cap.
        cap: u32,
    },
    /// A table is larger than the cap from the beginning.
    #[error("make a table of {elements} elements under a cap of {cap}")]
    TableTooLarge {
        /// Its minimum.
        elements: u64,
        /// The profile's cap.
        cap: u32,
    },
}

/// Why no instance could be made of a module. The texts finish the phrase "failed to …".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    /// An imported global, memory or table is missing or of another type.
    #[error("import {module}.{name}")]
    Import {
        /// The import's module.
        module: String,
        /// The import's name.
        name: String,
    },
}

/// Why a call could not be made. The texts finish the phrase "failed to …".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// The module exports no function of this name.
    #[error("find an exported function named {0:?}")]
    NoSuchFunction(String),
    /// The arguments are not of the types of the parameters.
    #[error("pass arguments of types {given:?} to parameters of types {expected:?}")]
    WrongArguments {
        /// The types of the parameters.
        expected: Vec<ValueType>,
        /// The types of the arguments.
        given: Vec<ValueType>,
    },
    /// The instance was not started before the call, or trapped while it started.
    #[error("call an instance that was not started")]
    NotStarted,
    /// The instance was started before.
    #[error("start an instance twice")]
    AlreadyStarted,
    /// The host answered with values of other types than those of its function.
    #[error("take the results of the host function {module}.{name}")]
    HostResults {
        /// The import's module.
        module: String,
        /// The import's name.
        name: String,
    },
}
