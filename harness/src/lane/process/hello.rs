//! A hello is how a worker greets: which protocol it speaks, and which engine it is.

use super::super::Feature;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The protocol's version. Members that a reader may ignore are added without a new one.
pub const PROTOCOL: u32 = 1;

/// A worker's greeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol that the worker speaks.
    pub protocol: u32,
    /// The engine's name.
    pub engine: String,
    /// The engine's version.
    pub version: String,
    /// The options under which the engine runs, as its own command line or interface has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// What else identifies it, the meter's digest among it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Whether the worker has validators of its own, outside of any guest.
    #[serde(default)]
    pub validators: bool,
    /// The features that it lacks: it is sent no case that needs one of them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lacks: BTreeSet<Feature>,
}

impl Hello {
    /// The engine's version and configuration on one line.
    pub(super) fn version(&self) -> String {
        let Self { engine, version, flags, details, .. } = self;
        let flags = flags.iter().map(|flag| format!(" {flag}"));
        let details = details.iter().map(|(key, value)| format!(", {key} {value}"));
        flags.chain(details).fold(format!("{engine} {version}"), |text, more| text + &more)
    }
}
