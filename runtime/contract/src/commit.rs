//! A commit is a list of actions that a contract does all of or none of.

use crate::action::Action;
use crate::identifier::Identifier;
use crate::refusal::{Reason, Refusal};
use modal_wasm_validation::{Json, json_parse};

/// The longest commit, in bytes: a module of the largest size in base64, and as much again for the rest.
pub const MAX_COMMIT_BYTES: usize = 12 << 20;

/// The most actions of one commit, those that its programs return included.
pub const MAX_ACTIONS: u64 = 1024;

/// A commit, read and checked for its form: `{"body": [action, …], "head"?: {"parent"?: commit id}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The commit that this one was made on top of, if it says so.
    pub parent: Option<Identifier>,
    /// What it does, in order.
    pub actions: Vec<Action>,
}

impl Commit {
    /// Reads a commit from its JSON form, which the [crate's documentation](crate) has.
    ///
    /// # Errors
    ///
    /// The first reason why this is no commit: its size, its JSON, its structure, its parent, the number of its
    /// actions, then the actions in order.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > MAX_COMMIT_BYTES {
            return Err(Reason::CommitTooLong { bytes: text.len() as u64 }.into());
        }
        let json = json_parse(text).map_err(Reason::CommitJson)?;
        let body = json.get("body").and_then(Json::as_array).ok_or(Reason::CommitStructure)?;
        let parent = parent(&json)?;
        if body.len() as u64 > MAX_ACTIONS {
            return Err(Reason::TooManyActions.into());
        }
        Ok(Self { parent, actions: Action::read_all(body)? })
    }
}

fn parent(commit: &Json<'_>) -> Result<Option<Identifier>, Reason> {
    let head = match commit.get("head") {
        None | Some(Json::Null) => return Ok(None),
        Some(head @ Json::Object(_)) => head,
        Some(Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_)) => {
            return Err(Reason::CommitStructure);
        }
    };
    match head.get("parent") {
        None | Some(Json::Null) => Ok(None),
        Some(parent) => {
            let parent = parent.as_str().ok_or(Reason::CommitStructure)?;
            let parent = Identifier::new(parent);
            parent.map(Some).map_err(|fault| Reason::Identifier { what: "parent commit ID", fault })
        }
    }
}
