//! The kind of an operand is where it comes from, as far as an optimiser cares.

use std::fmt;

/// Where an operand comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operand {
    /// A constant, a null reference or a reference to a function.
    Constant,
    /// A local that is read there, parameters included.
    Local,
    /// A load from the memory or a table.
    Load,
    /// Any other operator.
    Computed,
}

/// The operands of an operator, the topmost last. Of a branch, an `if`, a `br_table` and an indirect call it is what they
/// decide on: what they carry are values of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operands {
    /// Operands of these kinds.
    Of(Vec<Operand>),
    /// The same local twice.
    SameLocal,
}

impl Operand {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Constant, Self::Local, Self::Load, Self::Computed];
}

impl Operands {
    /// Operands of these kinds, which are no two readings of one local.
    #[must_use]
    pub fn of(kinds: &[Operand]) -> Self {
        Self::Of(kinds.to_vec())
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Constant => "constant",
            Self::Local => "local",
            Self::Load => "load",
            Self::Computed => "computed",
        })
    }
}

impl fmt::Display for Operands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(kinds) => f.write_str(&kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
            Self::SameLocal => f.write_str("one local twice"),
        }
    }
}
