//! A case is one module and the runs that every lane makes of it.
//!
//! Compiling dominates, so a case carries several runs: other entries, other inputs, other gas limits. A case is
//! self-contained: its JSON form is what a lane's process is sent, what a repro folder holds, and all that a replay
//! needs.

mod parent;
mod upload;
mod validation;

pub use parent::Parent;
pub use upload::Upload;
pub use validation::Validation;

use crate::base64_bytes;
use crate::results::Sha256Sum;
use modal_wasm_runtime::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A module and what to do with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The original module.
    #[serde(with = "base64_bytes")]
    pub module: Vec<u8>,
    /// The modules that guests can call, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub modules: BTreeMap<String, CallableModule>,
    /// The runs, each on an instance of its own.
    pub runs: Vec<Run>,
    /// What the judge knows of runs beyond what the reference says; lanes do not see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// The runs that call validators, which outside of the module are to answer the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validations: Vec<Validation>,
    /// How the modules come to a node, if they do: the runs are then invocations, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<Upload>,
    /// The module that this one is a mutant of, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Parent>,
}

/// A module that guests can call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallableModule {
    /// The original module.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
    /// The most gas that a call of it may use.
    pub gas: u64,
}

/// What happens to one fresh instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Run {
    /// The instance is started, then exports are called one after the other, each under a gas limit of its own.
    Exports {
        /// The gas limit of the start.
        start_gas: u64,
        /// The calls. One that traps does not end the run; a start that traps does.
        calls: Vec<Call>,
    },
    /// One execution by the guest ABI, from start to result under one gas limit.
    Abi {
        /// The exported method.
        method: String,
        /// The argument text.
        input: String,
        /// The gas limit.
        gas: u64,
    },
}

/// A call of an export with typed arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The export's name.
    pub export: String,
    /// The arguments, in their text form (`i32:0x0000002a`).
    #[serde(with = "value_texts")]
    pub args: Vec<Value>,
    /// The gas limit.
    pub gas: u64,
}

/// A rule that ties two runs of a case together, whatever the reference says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Relation {
    /// The two runs are the same and must be observed as the same.
    Repeat {
        /// The earlier run.
        of: usize,
        /// The later run.
        run: usize,
    },
    /// `run` differs from `of` only in the gas limit of its last step: it ends like `of`, whose last step completes, if
    /// and only if its limit is at least what that step needs. That is the gas that it used, or more if it called
    /// modules; nothing is demanded if one of them failed on what its caller had left.
    Limit {
        /// The run that completes.
        of: usize,
        /// The run under another limit.
        run: usize,
    },
}

impl Case {
    /// A case of runs that nothing is known of.
    #[must_use]
    pub fn new(module: Vec<u8>, runs: Vec<Run>) -> Self {
        Self { module, runs, ..Self::default() }
    }

    /// The case as a file: its JSON form, indented, with a line's end.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a case has only text keys");
        bytes.push(b'\n');
        bytes
    }

    /// SHA-256 of the case as a file.
    #[must_use]
    pub fn sum(&self) -> Sha256Sum {
        Sha256Sum::of(&self.to_json())
    }

    /// What names a run that is not there, or not of its kind, in words.
    #[must_use]
    pub fn dangling(&self) -> Option<String> {
        let relation = self.relations.iter().find(|relation| !relation.fits(self.runs.len()));
        let validation = self.validations.iter().find(|validation| validation.input(self).is_none());
        let relation = relation.map(|relation| format!("{relation:?} names a run that is not there"));
        relation.or_else(|| {
            validation.map(|Validation { run, .. }| format!("a validation names run {run}, which is none by the ABI"))
        })
    }
}

impl Relation {
    /// Whether both runs are among so many.
    #[must_use]
    pub fn fits(&self, runs: usize) -> bool {
        let (Self::Repeat { of, run } | Self::Limit { of, run }) = *self;
        of < runs && run < runs
    }

    /// The run that the relation makes follow from another.
    #[must_use]
    pub fn derived(&self) -> usize {
        match *self {
            Self::Repeat { run, .. } | Self::Limit { run, .. } => run,
        }
    }
}

impl Run {
    /// The gas limit of the run's last step.
    #[must_use]
    pub fn last_limit(&self) -> u64 {
        match self {
            Self::Exports { start_gas, calls } => calls.last().map_or(*start_gas, |call| call.gas),
            Self::Abi { gas, .. } => *gas,
        }
    }

    /// The same run with another gas limit for its last step.
    #[must_use]
    pub fn with_last_limit(&self, limit: u64) -> Self {
        let mut run = self.clone();
        match &mut run {
            Self::Exports { start_gas, calls } => match calls.last_mut() {
                Some(call) => call.gas = limit,
                None => *start_gas = limit,
            },
            Self::Abi { gas, .. } => *gas = limit,
        }
        run
    }

    /// What a step is called: the export's name, the ABI's method, or `start`.
    #[must_use]
    pub fn step_name(&self, step: usize) -> &str {
        match self {
            Self::Exports { calls, .. } => {
                step.checked_sub(1).map_or("start", |call| calls.get(call).map_or("?", |call| call.export.as_str()))
            }
            Self::Abi { method, .. } => method,
        }
    }

    /// How many steps a lane observes when the start completes.
    #[must_use]
    pub fn steps(&self) -> usize {
        match self {
            Self::Exports { calls, .. } => 1 + calls.len(),
            Self::Abi { .. } => 1,
        }
    }
}

mod value_texts {
    use super::Value;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(values: &[Value], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
        Vec::<String>::deserialize(deserializer)?.iter().map(|text| text.parse().map_err(D::Error::custom)).collect()
    }
}
