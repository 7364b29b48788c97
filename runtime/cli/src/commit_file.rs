//! A commit file is a commit as a contract directory keeps it: canonical JSON, named by its SHA-256.

use modal_datastore::Sha256Hash;
use modal_validator::{Action, Commit, Refusal};
use modal_wasm_validation::{CanonicalError, json_canonicalize, json_stringify_deterministic};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A commit: `{"body": [action, …], "head": {"parent"?: id}}` in canonical JSON, whose SHA-256 is the commit's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitFile {
    id: Sha256Hash,
    text: String,
    parent: Option<Sha256Hash>,
}

/// Why something is no commit of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitFault {
    /// It is no JSON, or has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// Its canonical JSON has another SHA-256 than its name says.
    #[error("the SHA-256 of its canonical JSON is {found}")]
    Hash {
        /// The SHA-256 that it has.
        found: Sha256Hash,
    },
    /// Every node would refuse it for its form.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// It has no head to find its parent in.
    #[error("its head cannot be read: {reason}")]
    Head {
        /// What is wrong with it.
        reason: String,
    },
    /// Its parent is not named as commits are.
    #[error("its parent {parent:?} is no commit's id: expected 64 digits of lower hex")]
    Parent {
        /// What it names.
        parent: String,
    },
}

/// What leads from a commit to the one before it.
#[derive(Deserialize)]
struct Links {
    #[serde(default)]
    head: Option<Head>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    parent: Option<String>,
}

impl CommitFile {
    /// A commit of actions on top of another commit.
    ///
    /// # Errors
    ///
    /// If the actions have no canonical JSON, or every node would refuse them for their form.
    pub fn new(body: Vec<Value>, parent: Option<Sha256Hash>) -> Result<Self, CommitFault> {
        let head: Map<String, Value> =
            parent.iter().map(|parent| ("parent".to_owned(), parent.to_string().into())).collect();
        let commit = Self::from_canonical(json_stringify_deterministic(&json!({ "body": body, "head": head }))?)?;
        commit.actions().map_err(|refusal| CommitFault::Refused(Box::new(refusal)))?;
        Ok(commit)
    }

    /// Reads the commit of this id. Space and the order of keys do not matter: the id is that of the canonical JSON. What
    /// the commit does is not looked into: that is for [`actions`](Self::actions) and the contract processor.
    ///
    /// # Errors
    ///
    /// Says why the text is not that commit.
    pub fn read(id: Sha256Hash, text: &str) -> Result<Self, CommitFault> {
        let text = json_canonicalize(text)?;
        let found = Sha256Hash::of(text.as_bytes());
        if found != id { Err(CommitFault::Hash { found }) } else { Self::from_canonical(text) }
    }

    fn from_canonical(text: String) -> Result<Self, CommitFault> {
        let links: Links =
            serde_json::from_str(&text).map_err(|error| CommitFault::Head { reason: error.to_string() })?;
        let parent = links.head.and_then(|head| head.parent);
        let parent = parent.map(|parent| parent.parse().map_err(|_| CommitFault::Parent { parent })).transpose()?;
        Ok(Self { id: Sha256Hash::of(text.as_bytes()), text, parent })
    }

    /// The commit's id.
    #[must_use]
    pub fn id(&self) -> Sha256Hash {
        self.id
    }

    /// The commit's canonical JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The commit that this one was made on top of.
    #[must_use]
    pub fn parent(&self) -> Option<Sha256Hash> {
        self.parent
    }

    /// What the commit does, in order.
    ///
    /// # Errors
    ///
    /// If every node would refuse the commit for its form.
    pub fn actions(&self) -> Result<Vec<Action>, Refusal> {
        Commit::read(&self.text).map(|commit| commit.actions)
    }
}
