//! A request is one case: a module and the runs to make of it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value as Json};

#[derive(Deserialize)]
pub(crate) struct Request {
    pub(crate) id: u64,
    #[serde(deserialize_with = "base64_bytes")]
    pub(crate) module: Vec<u8>,
    #[serde(default)]
    pub(crate) modules: Map<String, Json>,
    pub(crate) runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Run {
    Exports { start_gas: u64, calls: Vec<Call> },
    Abi { method: String, input: String, gas: u64 },
}

#[derive(Deserialize)]
pub(crate) struct Call {
    pub(crate) export: String,
    pub(crate) args: Vec<String>,
    pub(crate) gas: u64,
}

fn base64_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    BASE64_STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
}
