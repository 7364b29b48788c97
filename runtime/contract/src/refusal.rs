//! A refusal says which rule a commit broke, and where. Its text is the same on every machine and on every engine.

mod program;

use crate::action::Method;
use crate::commit::{MAX_ACTIONS, MAX_COMMIT_BYTES};
use crate::excerpt::Excerpt;
use crate::path::PathError;
use crate::program::MAX_INVOKE_DEPTH;
use modal_datastore::NameFault;
use modal_wasm_meter::Rejection;
use modal_wasm_runtime::MAX_GAS_LIMIT;
use modal_wasm_validation::{CanonicalError, JsonError};
pub use program::{OutputProblem, ProgramFailure};
use std::fmt;

/// Why a commit was refused. It changed nothing.
///
/// Its text is the reason's, after the place of the action: `action 1 (post): POST action missing path`, and within the
/// actions that a program returned `action 0 (invoke), its action 2 (send): …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The action that broke the rule: an index into the commit's body, then, for each program on the way, into the
    /// actions that it returned. Empty if the rule is about the commit as a whole.
    pub at: Vec<ActionPlace>,
    /// The rule.
    pub reason: Reason,
}

/// Where an action stands in a list of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionPlace {
    /// The index, from 0.
    pub index: u64,
    /// The action's method, if it has one.
    pub method: Option<Method>,
}

/// A rule that a commit broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The commit is longer than [`MAX_COMMIT_BYTES`].
    #[error("Commit is too long: {bytes} bytes, at most {MAX_COMMIT_BYTES}")]
    CommitTooLong {
        /// Its length in bytes.
        bytes: u64,
    },
    /// The commit is no JSON.
    #[error("Invalid commit JSON: {0}")]
    CommitJson(JsonError),
    /// The commit has no `body` array, or a `head` that is none.
    #[error("Invalid commit structure")]
    CommitStructure,
    /// The commit and its programs have more than [`MAX_ACTIONS`] actions.
    #[error("Commit has too many actions: at most {MAX_ACTIONS}")]
    TooManyActions,
    /// The contract, the commit or its parent has a name that is none.
    #[error("Invalid {what}: {fault}")]
    Identifier {
        /// What is named.
        what: &'static str,
        /// What is wrong with the name.
        fault: NameFault,
    },
    /// The contract has done this commit.
    #[error("Commit {commit_id} already processed")]
    AlreadyProcessed {
        /// The commit.
        commit_id: String,
    },
    /// The commit was made on top of another one than the contract's last.
    #[error("Commit parent {parent} is not the contract's last commit: {}", last.as_deref().unwrap_or("it has none"))]
    NotOnTop {
        /// The parent that the commit names.
        parent: String,
        /// The contract's last commit.
        last: Option<String>,
    },
    /// An action names no method.
    #[error("Action missing method")]
    MissingMethod,
    /// There is no such method.
    #[error("Unknown action method: {}", Excerpt(method))]
    UnknownMethod {
        /// What the action names.
        method: String,
    },
    /// An action lacks a member.
    #[error("{} action missing {member}", upper(*method))]
    MissingMember {
        /// The action's method.
        method: Method,
        /// The member.
        member: &'static str,
    },
    /// A member of an action is not what it must be.
    #[error("{} action has an invalid {member}: {problem}", upper(*method))]
    InvalidMember {
        /// The action's method.
        method: Method,
        /// The member.
        member: &'static str,
        /// What is wrong with it.
        problem: MemberProblem,
    },
    /// An action's path is none.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The object that is to be a module lacks its bytes.
    #[error("WASM POST missing wasm_bytes in value object")]
    MissingWasmBytes,
    /// The value that is to be a module is neither text nor an object.
    #[error("WASM POST value must be base64 string or object with wasm_bytes")]
    WasmValueForm,
    /// The bytes of a module are not in base64, with padding and without space.
    #[error("Invalid base64 WASM bytes: {0}")]
    InvalidBase64(Base64Problem),
    /// The meter refuses the module.
    #[error("Invalid WASM module: {0}")]
    InvalidModule(Rejection),
    /// The gas limit of a module is none.
    #[error("Invalid gas limit: {0}")]
    InvalidGasLimit(GasLimitProblem),
    /// The contract has an asset of this name.
    #[error("Asset {asset_id} already exists in contract {contract_id}")]
    AssetExists {
        /// The contract.
        contract_id: String,
        /// The asset.
        asset_id: String,
    },
    /// The contract has no asset of this name.
    #[error("Asset {asset_id} not found in contract {contract_id}")]
    AssetNotFound {
        /// The contract.
        contract_id: String,
        /// The asset.
        asset_id: String,
    },
    /// The sender is the recipient.
    #[error("Cannot transfer to same address")]
    SameAddress,
    /// The asset cannot be divided so far.
    #[error("Amount {amount} is not a multiple of divisibility {divisibility}")]
    NotAMultiple {
        /// The amount.
        amount: u64,
        /// What it must be a multiple of.
        divisibility: u64,
    },
    /// The sender has less than it sends.
    #[error("Insufficient balance: have {have}, need {need}")]
    InsufficientBalance {
        /// What it has.
        have: u64,
        /// What it sends.
        need: u64,
    },
    /// No commit of this name sent anything, or none of the contract that was named.
    #[error("Send commit {send_commit_id} not found")]
    SendNotFound {
        /// The commit.
        send_commit_id: String,
    },
    /// Commits of several contracts have this name, and each sent something to this one.
    #[error("Send commit {send_commit_id} is in several contracts: from_contract must name one")]
    AmbiguousSend {
        /// The commit.
        send_commit_id: String,
    },
    /// The commit sent nothing to this contract.
    #[error("Send commit {send_commit_id} sent nothing to contract {contract_id}")]
    NotTheRecipient {
        /// The commit.
        send_commit_id: String,
        /// The contract that would receive.
        contract_id: String,
    },
    /// What the commit sent to this contract was received before.
    #[error("Send commit {send_commit_id} already received in commit {received_in}")]
    AlreadyReceived {
        /// The commit.
        send_commit_id: String,
        /// This contract's commit that received it.
        received_in: String,
    },
    /// The source of a repost has no value at this path.
    #[error("Repost source {contract_id} has no value at {path}")]
    RepostNotFound {
        /// The source.
        contract_id: String,
        /// The path.
        path: String,
    },
    /// The source of a repost has another value at this path by now.
    #[error("Repost value is not the latest of {contract_id} at {path}")]
    RepostDiffers {
        /// The source.
        contract_id: String,
        /// The path.
        path: String,
    },
    /// The contract has no program of this name.
    #[error("Program {program} not found in contract {contract_id}")]
    ProgramNotFound {
        /// The contract.
        contract_id: String,
        /// The program.
        program: String,
    },
    /// Programs invoke programs in a chain that is too long.
    #[error("Program {program} is invoked too deep: at most {MAX_INVOKE_DEPTH} programs invoke each other")]
    InvokedTooDeep {
        /// The program that was not run.
        program: String,
    },
    /// The programs before have used all of the commit's gas.
    #[error("Program {program} has no gas to run on: the commit has used all of its own")]
    NoGasLeft {
        /// The program that was not run.
        program: String,
    },
    /// A program gave no actions.
    #[error("Program {program} {failure} (gas used {gas_used})")]
    Program {
        /// The program.
        program: String,
        /// What came of it.
        failure: ProgramFailure,
        /// The gas of this run: the whole limit unless the program returned.
        gas_used: u64,
    },
}

/// What is wrong with a member of an action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemberProblem {
    /// It is no string.
    #[error("it must be a string")]
    NotText,
    /// It is no amount, or 0.
    #[error("it must be an integer from 1 to {}", u64::MAX)]
    NotAmount,
    /// It is to be a name.
    #[error(transparent)]
    Identifier(NameFault),
    /// It has no canonical JSON.
    #[error("it has no canonical JSON: {0}")]
    NotCanonical(CanonicalError),
}

/// What makes a text no base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Base64Problem {
    /// A character is not of the alphabet, or padding stands too early.
    #[error("unexpected character at byte {offset}")]
    Character {
        /// The offset of the character.
        offset: u64,
    },
    /// The last character holds bits of no byte.
    #[error("unused bits at byte {offset}")]
    LastCharacter {
        /// The offset of the character.
        offset: u64,
    },
    /// As many characters cannot be.
    #[error("invalid length")]
    Length,
    /// There is too little padding, or too much.
    #[error("invalid padding")]
    Padding,
}

/// What makes a value no gas limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GasLimitProblem {
    /// It is no integer of 64 bits.
    #[error("not an integer")]
    NotAnInteger,
    /// It is 0.
    #[error("0 is below the minimum 1")]
    Zero,
    /// It is above the maximum.
    #[error("{gas} is above the maximum {MAX_GAS_LIMIT}")]
    AboveMaximum {
        /// The value.
        gas: u64,
    },
}

impl Refusal {
    /// The same refusal, of an action within another one.
    pub(crate) fn within(mut self, place: ActionPlace) -> Self {
        self.at.insert(0, place);
        self
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { at: Vec::new(), reason }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, place) in self.at.iter().enumerate() {
            write!(f, "{}{place}", if depth == 0 { "" } else { ", its " })?;
        }
        let separator = if self.at.is_empty() { "" } else { ": " };
        write!(f, "{separator}{}", self.reason)
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}

impl fmt::Display for ActionPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "action {}", self.index)?;
        self.method.map_or(Ok(()), |method| write!(f, " ({method})"))
    }
}

fn upper(method: Method) -> String {
    method.name().to_ascii_uppercase()
}
