//! A target is a law and the way in which bytes are put to it.

use crate::{abi, differential, meter, reference, upload, validators, worker_protocol};
use std::fmt;
use std::str::FromStr;

/// What can be fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// [`differential`]
    Differential,
    /// [`meter`]
    Meter,
    /// [`reference`]
    Reference,
    /// [`validators`]
    Validators,
    /// [`upload`]
    Upload,
    /// [`abi`]
    Abi,
    /// [`worker_protocol`]
    WorkerProtocol,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 7] = [
        Self::Differential,
        Self::Meter,
        Self::Reference,
        Self::Validators,
        Self::Upload,
        Self::Abi,
        Self::WorkerProtocol,
    ];

    /// The target's name: of its function, its program, its seeds and its dictionary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Differential => "differential",
            Self::Meter => "meter",
            Self::Reference => "reference",
            Self::Validators => "validators",
            Self::Upload => "upload",
            Self::Abi => "abi",
            Self::WorkerProtocol => "worker_protocol",
        }
    }

    /// Puts an input to the target.
    ///
    /// # Panics
    ///
    /// If the input breaks one of the target's laws.
    pub fn run(self, data: &[u8]) {
        match self {
            Self::Differential => differential(data),
            Self::Meter => meter(data),
            Self::Reference => reference(data),
            Self::Validators => validators(data),
            Self::Upload => upload(data),
            Self::Abi => abi(data),
            Self::WorkerProtocol => worker_protocol(data),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|target| target.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no fuzz target is called {text:?}; the targets are {names}")
        })
    }
}
