//! A statement says a predicate of subjects, in the form of in-toto's Statement, version 1.

use crate::results::Sha256Sum;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The form of a statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// A predicate of subjects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement<P> {
    /// The form: [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub form: String,
    /// What it is about, by name.
    pub subject: Vec<Subject>,
    /// What kind of predicate it is.
    pub predicate_type: String,
    /// What is said.
    pub predicate: P,
}

/// What a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: SubjectDigest,
}

/// The digest of a subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectDigest {
    /// SHA-256.
    pub sha256: Sha256Sum,
}

/// What can be said of subjects.
pub trait Predicate: Serialize + DeserializeOwned {
    /// The name of this kind of predicate, with its version.
    const TYPE: &str;
}

/// Why bytes are not the statement that they should be.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// They are no statement with such a predicate.
    #[error("it is not what it should be: {0}")]
    Json(#[from] serde_json::Error),
    /// They are a statement of another form, or version.
    #[error("it is a {0:?}, not a {STATEMENT_TYPE:?}")]
    Form(String),
    /// They are a statement of another kind, or version.
    #[error("its predicate is a {found:?}, not a {due:?}")]
    Predicate {
        /// The kind that it is.
        found: String,
        /// The kind that it should be.
        due: &'static str,
    },
    /// They are not in the one form that a statement is written in.
    #[error("it is not in canonical form (RFC 8785)")]
    NotCanonical,
}

impl Subject {
    /// A subject by its digest.
    #[must_use]
    pub fn new(name: &str, sha256: Sha256Sum) -> Self {
        Self { name: name.to_owned(), digest: SubjectDigest { sha256 } }
    }
}

impl<P: Predicate> Statement<P> {
    /// A statement about subjects, which are put in the order of their names.
    #[must_use]
    pub fn new(mut subject: Vec<Subject>, predicate: P) -> Self {
        subject.sort();
        Self { form: STATEMENT_TYPE.to_owned(), subject, predicate_type: P::TYPE.to_owned(), predicate }
    }

    /// The statement as canonical JSON (RFC 8785): the payload of an envelope.
    ///
    /// # Errors
    ///
    /// If a part of it has no JSON form.
    pub fn to_payload(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json_canonicalizer::to_vec(self)
    }

    /// Reads the payload of an envelope.
    ///
    /// # Errors
    ///
    /// If it is another kind of statement, or is written in another way: a certificate has one form.
    pub fn from_payload(payload: &[u8]) -> Result<Self, StatementError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Kind {
            #[serde(rename = "_type")]
            form: String,
            predicate_type: String,
        }
        // The kind comes first: another version may have another form.
        let Kind { form, predicate_type } = serde_json::from_slice(payload)?;
        if form != STATEMENT_TYPE {
            return Err(StatementError::Form(form));
        }
        if predicate_type != P::TYPE {
            return Err(StatementError::Predicate { found: predicate_type, due: P::TYPE });
        }
        let statement = serde_json::from_slice::<Self>(payload)?;
        if statement.to_payload()? != payload { Err(StatementError::NotCanonical) } else { Ok(statement) }
    }
}
