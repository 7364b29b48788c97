//! A context is what surrounds an operator, or what takes its result.

use std::fmt;

/// What surrounds an operator or takes its result. An operator has one of the first three, and any of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// In no loop and no arm of an `if`.
    Straight,
    /// In a loop, which is in no arm.
    Loop,
    /// In an arm of an `if`.
    Arm,
    /// Its result is what an `if`, `br_if`, `br_table` or `select` decides on.
    Condition,
    /// Its result is stored in the memory or in a table.
    Stored,
    /// A branch or `return` carries its result.
    Carried,
    /// Its result is an argument of a call.
    Argument,
    /// Its result enters a block as a parameter or leaves one at its end.
    Boundary,
}

impl Context {
    /// The contexts that are places: an operator is in one of them.
    pub const PLACES: [Self; 3] = [Self::Straight, Self::Loop, Self::Arm];

    /// The contexts that are uses of a result.
    pub const USES: [Self; 5] = [Self::Condition, Self::Stored, Self::Carried, Self::Argument, Self::Boundary];
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Straight => "straight",
            Self::Loop => "in a loop",
            Self::Arm => "in an arm",
            Self::Condition => "as a condition",
            Self::Stored => "stored",
            Self::Carried => "carried by a branch",
            Self::Argument => "as an argument",
            Self::Boundary => "across a block's edge",
        })
    }
}
