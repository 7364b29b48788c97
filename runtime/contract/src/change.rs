//! A state change is what an action did, for whoever follows a contract.

use crate::value::CanonicalJson;
use serde::{Deserialize, Serialize};

/// What an action did. In JSON, `type` names the kind; amounts are integers up to 2^64 - 1.
///
/// ```
/// use modal_validator::StateChange;
///
/// let change = StateChange::AssetCreated {
///     contract_id: "mint".to_owned(),
///     asset_id: "gold".to_owned(),
///     quantity: 1000,
///     divisibility: 10,
/// };
/// let json = r#"{"type":"AssetCreated","contract_id":"mint","asset_id":"gold","quantity":1000,"divisibility":10}"#;
/// assert_eq!(serde_json::to_string(&change)?, json);
/// assert_eq!(serde_json::from_str::<StateChange>(json)?, change);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum StateChange {
    /// `post` to a path that ends with `.wasm` stored a module.
    WasmUploaded {
        /// The contract that owns the module.
        contract_id: String,
        /// The module's name: its path without the first `/` and `.wasm`.
        module_name: String,
        /// The SHA-256 of its bytes, in lower hex.
        sha256_hash: String,
        /// The gas that a run of it is given.
        gas_limit: u64,
    },
    /// `create` made an asset, all of which its creator has.
    AssetCreated {
        /// The contract that created it.
        contract_id: String,
        /// The asset's name in that contract.
        asset_id: String,
        /// How much of it there is.
        quantity: u64,
        /// What every amount that is sent is a multiple of.
        divisibility: u64,
    },
    /// `send` took an amount from the sender; it is in flight until the recipient receives it.
    AssetSent {
        /// The sender.
        contract_id: String,
        /// The contract that created the asset.
        asset_contract: String,
        /// The asset's name in that contract.
        asset_id: String,
        /// The recipient.
        to_contract: String,
        /// How much.
        amount: u64,
        /// The commit by which the recipient can receive it.
        commit_id: String,
    },
    /// `recv` gave an amount in flight to its recipient.
    AssetReceived {
        /// The recipient.
        contract_id: String,
        /// The contract that created the asset.
        asset_contract: String,
        /// The asset's name in that contract.
        asset_id: String,
        /// The sender.
        from_contract: String,
        /// How much.
        amount: u64,
        /// The sender's commit.
        send_commit_id: String,
    },
    /// `post` or `repost` set the value of a path.
    Posted {
        /// The contract whose path it is.
        contract_id: String,
        /// The path; of a repost, `$contract:/path`.
        path: String,
        /// The value.
        value: CanonicalJson,
    },
    /// A module was run.
    WasmExecuted {
        /// The contract that owns the module.
        contract_id: String,
        /// The module's name: its path without the first `/` and `.wasm`.
        module_name: String,
        /// The SHA-256 of the bytes that were run, in lower hex.
        sha256_hash: String,
        /// The gas of this run alone.
        gas_used: u64,
    },
    /// `invoke` ran a program and applied its actions, whose changes stand between its `WasmExecuted` and this.
    ProgramInvoked {
        /// The contract that owns the program.
        contract_id: String,
        /// The program's name: its path without the first `/` and `.wasm`.
        program_name: String,
        /// The gas of the program and of all that it invoked.
        gas_used: u64,
        /// How many actions the program returned.
        actions_count: u64,
    },
}
