//! A commit is what a contract does, wholly or not at all; this crate does it.
//!
//! A [`ContractProcessor`] reads a commit, checks it, and applies its actions to the state in a datastore, in one
//! transaction. It answers with the [`StateChange`]s that were made, or with the [`Refusal`] that says which rule the
//! commit broke, and then nothing happened. Both are functions of the state, the commit and its [`CommitContext`]: every
//! node comes to the same ones, on every datastore and every engine. What breaks on one node only is a [`Fault`].
//!
//! ```
//! use modal_datastore::MemoryStore;
//! use modal_validator::{CommitContext, ContractProcessor, StateChange};
//! use std::sync::Arc;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let processor = ContractProcessor::new(Arc::new(MemoryStore::new()));
//! let context = CommitContext::new(1_700_000_000, 1);
//! let commit = r#"{
//!     "body": [
//!         {"method": "create", "value": {"asset_id": "gold", "quantity": 1000, "divisibility": 10}},
//!         {"method": "send", "value": {"asset_id": "gold", "to_contract": "bank", "amount": 250}}
//!     ],
//!     "head": {}
//! }"#;
//! let changes = processor.process_commit("mint", "commit-1", commit, &context)?;
//! assert!(matches!(changes[..], [StateChange::AssetCreated { .. }, StateChange::AssetSent { amount: 250, .. }]));
//!
//! let receipt = r#"{"body": [{"method": "recv", "value": {"send_commit_id": "commit-1"}}]}"#;
//! processor.process_commit("bank", "commit-2", receipt, &context)?;
//! let again = processor.process_commit("bank", "commit-3", receipt, &context).expect_err("it was received");
//! assert_eq!(again.to_string(), "action 0 (recv): Send commit commit-1 already received in commit commit-2");
//! # Ok(())
//! # }
//! ```
//!
//! # Commits
//!
//! `{"body": [action, …], "head": {"parent": commit}}`. The head, and the parent in it, may be left out or `null`; a
//! parent that is given must be the contract's last commit, so a commit that was made on top of another state is refused.
//! A contract does a commit of one name once. Members that are not named here do not count, anywhere in a commit.
//!
//! JSON is read by the rules of [`modal_wasm_validation::json_parse`]: a key twice in one object is no JSON. Amounts are
//! integers from 1 to 2^64 - 1, so `100.0` and `"100"` are none. Values are kept as [`CanonicalJson`].
//!
//! A commit has at most [`MAX_COMMIT_BYTES`] bytes and [`MAX_ACTIONS`] actions. Names of contracts, commits and assets are
//! [`Identifier`]s, paths are [`Path`]s.
//!
//! # Actions
//!
//! | action | does |
//! |---|---|
//! | `{"method": "create", "value": {"asset_id": "gold", "quantity": 1000, "divisibility": 10}}` | makes an asset of this contract, which has all of it. Its name is new in the contract |
//! | `{"method": "send", "value": {"asset_id": "gold", "asset_contract": "mint", "to_contract": "bank", "amount": 250}}` | takes an amount from this contract and puts it in flight. `asset_contract`, which created the asset, is this contract if it is left out or `null`. The recipient is another contract, the amount a multiple of the asset's divisibility, and this contract has as much |
//! | `{"method": "recv", "value": {"send_commit_id": "commit-1", "from_contract": "mint"}}` | receives all that the commit sent to this contract, once. `from_contract` may be left out or `null` unless commits of that name in several contracts sent something here |
//! | `{"method": "post", "path": "/rates/gold", "value": 5}` | sets the value of a path to any JSON |
//! | `{"method": "post", "path": "/logic.wasm", "value": "AGFzbQ…"}` | stores a module at a path that ends with `.wasm`, under the default gas limit. The value is padded standard base64 |
//! | `{"method": "post", "path": "/logic.wasm", "value": {"wasm_bytes": "AGFzbQ…", "gas_limit": 5000000}}` | the same, under another gas limit, from 1 to 100,000,000 |
//! | `{"method": "repost", "path": "$mint:/rates/gold", "value": 5}` | copies the value of another contract's path, if this is its latest |
//! | `{"method": "invoke", "path": "/logic.wasm", "value": {"args": {"n": 1}}}` | runs a program of this contract and does what it returns |
//!
//! A commit is read as a whole before anything of it is applied: errors of form come before refused modules, and those
//! before what the state does not allow.
//!
//! # Programs
//!
//! A program is a module of the contract that exports [`PROGRAM_METHOD`] under the guest ABI. It is given
//! `{"args":…,"context":{"block_height":1,"commit_id":"…","contract_id":"…","timestamp":1700000000}}`, with the canonical
//! JSON of the arguments, and returns `{"actions": [action, …], "errors": [text, …]}`. Its actions are those of a commit of
//! the contract; they are read, checked and applied in place of the `invoke`, in the same transaction. They may invoke
//! programs in turn, [`MAX_INVOKE_DEPTH`] deep. Whatever else a program does, the commit is refused: it reports errors, it
//! traps, it breaks the ABI, or its output is none.
//!
//! A program runs under the gas limit of its module, or what is left of the commit's ([`CommitContext::gas_limit`]) if that is
//! less. In the changes, [`StateChange::WasmExecuted`] comes first, then those of the program's actions, then
//! [`StateChange::ProgramInvoked`].
//!
//! # Calls between modules
//!
//! A program may call the other modules of its contract while it runs, and they each other: `modal.call` and
//! `modal.result`, by section 9 of the meter's rules. A module is named by its path, with or without `.wasm`: `/tax.wasm`
//! and `/tax` are the same, `/tax#rate` is another method of it. What a module returns goes to its caller and nowhere else:
//! only the program that was invoked has actions. The gas of all that it calls is its own.
//!
//! A program sees the contract's modules as they are when its `invoke` is reached, in the transaction of the commit: what
//! actions before it uploaded, in this commit or in earlier ones, is there, and what comes after is not. That is the rule by
//! which the program itself is found, and it makes the order of the actions all that a reader has to know. Other contracts'
//! modules are out of reach: what they upload would change what this contract does.
//!
//! They are all read before the first program that imports `modal.call`, so there are limits to them, and beyond those such
//! a program is refused: [`MAX_CALLABLE_MODULES`] and [`MAX_CALLABLE_BYTES`].

mod action;
mod application;
mod change;
mod commit;
mod context;
mod contract_modules;
mod digest;
mod error;
mod excerpt;
mod identifier;
mod key;
mod path;
mod processor;
mod program;
mod refusal;
mod state;
mod value;

pub use action::{Action, Method};
pub use change::StateChange;
pub use commit::{Commit, MAX_ACTIONS, MAX_COMMIT_BYTES};
pub use context::CommitContext;
pub use contract_modules::{
    ContractModules, ContractModulesError, MAX_CALLABLE_BYTES, MAX_CALLABLE_MODULES, TooManyModules,
};
pub use digest::state_digest;
pub use error::{Fault, ProcessError};
pub use identifier::Identifier;
pub use path::{MAX_PATH_BYTES, Path, PathError};
pub use processor::ContractProcessor;
pub use program::{MAX_INVOKE_DEPTH, PROGRAM_METHOD};
pub use refusal::{
    ActionPlace, Base64Problem, GasLimitProblem, MemberProblem, OutputProblem, ProgramFailure, Reason, Refusal,
};
pub use state::{Asset, CommitRecord, Head, State, Transfer};
pub use value::CanonicalJson;
