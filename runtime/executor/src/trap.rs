//! A trap is a deterministic stop: by the specification, by the meter, or by the guest's own wish.

use modal_wasm_meter::Status;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a call stopped without returning. The kind is part of the result on every engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Trap {
    /// An `unreachable` of the guest's own was executed.
    Unreachable,
    /// The gas exceeded the limit at a checkpoint.
    OutOfGas,
    /// The live frames would have outweighed the stack limit.
    CallStackExhausted,
    /// A memory access or a data segment left the memory.
    MemoryOutOfBounds,
    /// A table access, an indirect call's index or an element segment left the table.
    TableOutOfBounds,
    /// An indirect call met a null.
    IndirectCallToNull,
    /// An indirect call met a function of another type.
    BadSignature,
    /// An integer division or remainder by zero.
    IntegerDivisionByZero,
    /// A signed division overflowed, or a float was out of an integer's range.
    IntegerOverflow,
    /// A NaN was converted to an integer.
    BadConversionToInteger,
    /// The guest called `env.abort`.
    GuestAbort,
}

impl Trap {
    /// Every kind, in the order of the rules.
    pub const ALL: [Self; 11] = [
        Self::Unreachable,
        Self::OutOfGas,
        Self::CallStackExhausted,
        Self::MemoryOutOfBounds,
        Self::TableOutOfBounds,
        Self::IndirectCallToNull,
        Self::BadSignature,
        Self::IntegerDivisionByZero,
        Self::IntegerOverflow,
        Self::BadConversionToInteger,
        Self::GuestAbort,
    ];

    /// The kind's name, the same in every record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "Unreachable",
            Self::OutOfGas => "OutOfGas",
            Self::CallStackExhausted => "CallStackExhausted",
            Self::MemoryOutOfBounds => "MemoryOutOfBounds",
            Self::TableOutOfBounds => "TableOutOfBounds",
            Self::IndirectCallToNull => "IndirectCallToNull",
            Self::BadSignature => "BadSignature",
            Self::IntegerDivisionByZero => "IntegerDivisionByZero",
            Self::IntegerOverflow => "IntegerOverflow",
            Self::BadConversionToInteger => "BadConversionToInteger",
            Self::GuestAbort => "GuestAbort",
        }
    }
}

impl From<Status> for Trap {
    fn from(status: Status) -> Self {
        match status {
            Status::OutOfGas => Self::OutOfGas,
            Status::CallStackExhausted => Self::CallStackExhausted,
            Status::BadConversionToInteger => Self::BadConversionToInteger,
            Status::IndirectCallToNull => Self::IndirectCallToNull,
        }
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Trap {
    type Err = UnknownTrap;

    fn from_str(name: &str) -> Result<Self, UnknownTrap> {
        Self::ALL.into_iter().find(|trap| trap.name() == name).ok_or_else(|| UnknownTrap { name: name.to_owned() })
    }
}

/// A name that no trap has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to find a trap named `{name}`")]
pub struct UnknownTrap {
    /// The name that was given.
    pub name: String,
}
