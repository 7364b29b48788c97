//! A trap is a deterministic stop by the specification, the gas limit, the stack limit or the host.

use std::fmt;

/// Why a call did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trap {
    /// `unreachable` was executed.
    Unreachable,
    /// The gas exceeded the limit at a checkpoint.
    OutOfGas,
    /// The live frames would weigh more than the schedule's limit.
    CallStackExhausted,
    /// An access outside the memory or outside a data segment.
    MemoryOutOfBounds,
    /// An access outside a table or outside an element segment.
    TableOutOfBounds,
    /// An indirect call of a null reference.
    IndirectCallToNull,
    /// An indirect call of a function of another type.
    BadSignature,
    /// An integer division or remainder by zero.
    IntegerDivisionByZero,
    /// A quotient or a truncated number that its type cannot hold.
    IntegerOverflow,
    /// A truncation of a NaN.
    BadConversionToInteger,
    /// The host stopped the guest at the guest's wish.
    GuestAbort,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
