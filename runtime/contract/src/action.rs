//! An action is one thing that a commit does.

mod read;
mod upload;

use crate::identifier::Identifier;
use crate::path::Path;
use crate::refusal::{ActionPlace, Reason, Refusal};
use crate::value::CanonicalJson;
use modal_wasm_runtime::GasLimit;
use modal_wasm_validation::Json;
use std::fmt;

/// One thing that a commit does, read and checked for its form. Whether it can be done depends on the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Makes an asset of this contract.
    Create {
        /// The asset's name.
        asset_id: Identifier,
        /// How much of it there is; at least 1.
        quantity: u64,
        /// What every amount that is sent is a multiple of; at least 1.
        divisibility: u64,
    },
    /// Sends an amount of an asset to another contract.
    Send {
        /// The contract that created the asset; the sender itself if there is none.
        asset_contract: Option<Identifier>,
        /// The asset's name in that contract.
        asset_id: Identifier,
        /// The recipient.
        to_contract: Identifier,
        /// How much; at least 1.
        amount: u64,
    },
    /// Receives all that a commit of another contract sent to this one.
    Recv {
        /// The commit that sent it.
        send_commit_id: Identifier,
        /// The contract whose commit it is, which is only needed if several contracts have a commit of that name.
        from_contract: Option<Identifier>,
    },
    /// Sets the value of a path.
    Post {
        /// The path, which does not end with `.wasm`.
        path: Path,
        /// The value.
        value: CanonicalJson,
    },
    /// Stores a module: `post` to a path that ends with `.wasm`.
    Upload {
        /// The path, which has a module name.
        path: Path,
        /// The module.
        wasm_bytes: Vec<u8>,
        /// The gas that a run of it is given.
        gas_limit: GasLimit,
    },
    /// Copies the latest value of another contract's path.
    Repost {
        /// The contract that posted the value.
        source: Identifier,
        /// The path in that contract.
        path: Path,
        /// The value, which must be the one that is there.
        value: CanonicalJson,
    },
    /// Runs a program of this contract and does the actions that it returns.
    Invoke {
        /// The program's path, which has a module name.
        path: Path,
        /// What the program is given.
        args: CanonicalJson,
    },
}

/// The methods of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `create`
    Create,
    /// `send`
    Send,
    /// `recv`
    Recv,
    /// `post`
    Post,
    /// `repost`
    Repost,
    /// `invoke`
    Invoke,
}

impl Action {
    /// Reads an action from its JSON form, which the [crate's documentation](crate) has.
    ///
    /// # Errors
    ///
    /// The first reason, in the order of the members in the documentation, why this is no action.
    pub fn read(json: &Json<'_>) -> Result<Self, Reason> {
        read::action(method_of(json)?, json)
    }

    /// The method that names this action.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::Create { .. } => Method::Create,
            Self::Send { .. } => Method::Send,
            Self::Recv { .. } => Method::Recv,
            Self::Post { .. } | Self::Upload { .. } => Method::Post,
            Self::Repost { .. } => Method::Repost,
            Self::Invoke { .. } => Method::Invoke,
        }
    }

    /// Reads a list of actions, in order.
    pub(crate) fn read_all(items: &[Json<'_>]) -> Result<Vec<Self>, Refusal> {
        let read = |(index, item)| {
            Self::read(item)
                .map_err(|reason| Refusal { at: vec![ActionPlace { index, method: method_of(item).ok() }], reason })
        };
        (0..).zip(items).map(read).collect()
    }
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 6] = [Self::Create, Self::Send, Self::Recv, Self::Post, Self::Repost, Self::Invoke];

    /// The method's name in a commit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Send => "send",
            Self::Recv => "recv",
            Self::Post => "post",
            Self::Repost => "repost",
            Self::Invoke => "invoke",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn method_of(json: &Json<'_>) -> Result<Method, Reason> {
    let name = json.get("method").and_then(Json::as_str).ok_or(Reason::MissingMethod)?;
    Method::ALL
        .into_iter()
        .find(|method| method.name() == name)
        .ok_or_else(|| Reason::UnknownMethod { method: name.to_owned() })
}
