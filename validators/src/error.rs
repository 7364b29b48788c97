//! An error is why a validator gave no result.

use crate::json::JsonError;
use std::fmt;

/// Why a validator gave no result. Its text is the same on every machine and in every build.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValidationError {
    /// A document is no JSON.
    #[error("Invalid {document} JSON: {cause}")]
    Json {
        /// Which document.
        document: Document,
        /// What is wrong with it.
        cause: JsonError,
    },
    /// The blocks are JSON, but no array.
    #[error("Blocks must be an array")]
    BlocksNotArray,
}

/// A document that validators read, by the name that errors give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A transaction.
    Transaction,
    /// The parameters of a network.
    Parameters,
    /// The value of a post.
    Value,
    /// The state of a contract.
    State,
    /// A list of blocks.
    Blocks,
    /// A list of public keys.
    Signers,
    /// A list of signatures with their public keys.
    Signatures,
    /// What an oracle attests.
    Attestation,
    /// What an oracle is expected to attest.
    Expectation,
    /// A commit of a contract.
    Commit,
    /// Any document that is looked into.
    Data,
    /// The left side of a comparison.
    Left,
    /// The right side of a comparison.
    Right,
    /// The lower end of a range.
    Minimum,
    /// The upper end of a range.
    Maximum,
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Transaction => "transaction",
            Self::Parameters => "parameters",
            Self::Value => "value",
            Self::State => "state",
            Self::Blocks => "blocks",
            Self::Signers => "signers",
            Self::Signatures => "signatures",
            Self::Attestation => "attestation",
            Self::Expectation => "expectation",
            Self::Commit => "commit",
            Self::Data => "data",
            Self::Left => "left",
            Self::Right => "right",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
        })
    }
}
