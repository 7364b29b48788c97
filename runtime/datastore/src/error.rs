//! Why a store did not do what it was asked for.

use crate::hash::Sha256Hash;
use crate::key::{MAX_KEY_BYTES, MAX_VALUE_BYTES};
use std::error::Error;
use std::fmt;

/// Why a store did not do what it was asked for. Unless it says otherwise, nothing of the transaction happened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key is none.
    #[error("failed to use the key {key:?}: {fault}")]
    InvalidKey {
        /// The key, at most its first 80 characters.
        key: String,
        /// What is wrong with it.
        fault: KeyFault,
    },
    /// The value is longer than [`MAX_VALUE_BYTES`].
    #[error("failed to keep {stored}: it has {bytes} bytes, the most are {MAX_VALUE_BYTES}")]
    TooLarge {
        /// What was to be kept.
        stored: Stored,
        /// How long it is.
        bytes: usize,
    },
    /// What the store holds is not what was put there. It is not returned.
    #[error("failed to verify {stored}: the SHA-256 is {found}, expected {expected}")]
    HashMismatch {
        /// What was to be read.
        stored: Stored,
        /// The SHA-256 that it was put there with.
        expected: Sha256Hash,
        /// The SHA-256 that it has now.
        found: Sha256Hash,
    },
    /// A module's record names bytes that the store does not have.
    #[error("failed to find the bytes of the module at {key:?}: nothing has the SHA-256 {expected}")]
    MissingBytes {
        /// The record's key.
        key: String,
        /// The SHA-256 of the bytes.
        expected: Sha256Hash,
    },
    /// A module's bytes do not have the hash that it claims.
    #[error("failed to save the module at {key:?}: its SHA-256 is {found}, not {claimed}")]
    WrongHash {
        /// The module's key.
        key: String,
        /// The SHA-256 that the module claims.
        claimed: Sha256Hash,
        /// The SHA-256 of its bytes.
        found: Sha256Hash,
    },
    /// What stands at a module's key is no record of a module.
    #[error("failed to read the record of a module at {key:?}: {reason}")]
    InvalidRecord {
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The transaction's work gave up.
    #[error("failed to finish a transaction: its work gave up")]
    Aborted,
    /// The work of a transaction or a view ended well although one of its operations had failed.
    #[error("failed to finish with {store}: an operation had failed before, and its error was passed over")]
    FailedBefore {
        /// The store.
        store: String,
    },
    /// Other transactions came first, each time that this one was tried.
    #[error("failed to commit to {store}: other transactions came first, {attempts} times")]
    Conflict {
        /// The store.
        store: String,
        /// How often the transaction was tried.
        attempts: u32,
    },
    /// Whether the transaction happened, wholly or not at all, is not known: the disk failed while it was committed, or
    /// the connection was lost and the server could not be asked since. Open the store again and read what the
    /// transaction would have changed before you repeat it.
    #[error("failed to learn whether {store} committed the transaction")]
    UnknownOutcome {
        /// The store.
        store: String,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Another program uses the store.
    #[error("failed to open {store}: another program has it open")]
    InUse {
        /// The store.
        store: String,
    },
    /// The store is of another version of this software, or no store at all.
    #[error("failed to open {store}: {reason}")]
    Format {
        /// The store.
        store: String,
        /// What it is.
        reason: String,
    },
    /// The file, the disk, the server or the network below the store failed.
    #[error("failed to {action} {store}")]
    Broken {
        /// What was attempted: a verb, and what leads to the store's name.
        action: &'static str,
        /// The store.
        store: String,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
}

/// What a store keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// The value of a key.
    Value {
        /// The key.
        key: String,
    },
    /// Bytes under their hash.
    Bytes {
        /// The hash.
        sha256: Sha256Hash,
    },
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { key } => write!(f, "the value of {key:?}"),
            Self::Bytes { sha256 } => write!(f, "the bytes {sha256}"),
        }
    }
}

/// What is wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It has no characters.
    #[error("it is empty")]
    Empty,
    /// It is longer than [`MAX_KEY_BYTES`].
    #[error("it has {bytes} bytes, the most are {MAX_KEY_BYTES}")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It holds a control character.
    #[error("it holds the control character {character:?}")]
    Control {
        /// The character.
        character: char,
    },
}
