//! A watch sees a call operator by operator.

/// Where a call is: at an operator that is about to be charged and to act.
///
/// Operators that leave nothing to do (`nop`, `block`, `else` and every `end` but a body's) are not seen, nor is code
/// that no control reaches.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The function, by its index in the module.
    pub function: u32,
    /// How many calls inside the module lead to it.
    pub depth: usize,
    /// Where the operator is in the module's bytes.
    pub offset: u32,
    /// Gas used since the budget was opened, this operator not among it.
    pub gas_used: u64,
    /// The function's parameters and locals. A 32-bit value is in the low half of its slot.
    pub locals: &'a [u64],
    /// The function's operands, the topmost last.
    pub operands: &'a [u64],
}

/// Sees a call operator by operator.
pub trait Watch {
    /// Whether it sees at all. What is not watched runs as if there were no watch.
    const SEES: bool = true;

    /// An operator is about to be charged and to act.
    fn operator(&mut self, moment: Moment<'_>);
}

/// Sees nothing.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    const SEES: bool = false;

    fn operator(&mut self, _: Moment<'_>) {}
}
