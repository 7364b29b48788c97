//! A depth is how far an input got, so that a target which turns everything away does not pass for one that finds
//! nothing.

/// How far an input got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// It was turned away before anything ran: a rejected module, a text that is no call, a commit of no form.
    Refused,
    /// It ran, and what it came to was held against the target's laws.
    Judged,
}
