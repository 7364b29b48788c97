//! An outcome's class is how a case ends, in few enough kinds to be told apart at a glance.

use std::fmt;

/// How a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OutcomeClass {
    /// Every step completed.
    Completed,
    /// The gas ran out.
    OutOfGas,
    /// Any other trap.
    Trapped,
    /// The guest broke a rule of its interface.
    Violated,
    /// The module was refused before anything ran.
    Rejected,
    /// Nothing was seen of it.
    Unseen,
}

impl OutcomeClass {
    /// The class of an outcome as rows and counts name it.
    pub(super) fn of(outcome: &str) -> Self {
        match outcome.split_once(": ").map_or((outcome, ""), |parts| parts) {
            ("completed", "") => Self::Completed,
            ("trapped", "OutOfGas") => Self::OutOfGas,
            ("trapped", _) => Self::Trapped,
            ("violated", _) => Self::Violated,
            ("rejected", _) => Self::Rejected,
            (_, _) => Self::Unseen,
        }
    }

    /// The name by which styles know it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::OutOfGas => "out-of-gas",
            Self::Trapped => "trapped",
            Self::Violated => "violated",
            Self::Rejected => "rejected",
            Self::Unseen => "unseen",
        }
    }
}

impl fmt::Display for OutcomeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Completed => "completed",
            Self::OutOfGas => "out of gas",
            Self::Trapped => "other traps",
            Self::Violated => "violations",
            Self::Rejected => "rejections",
            Self::Unseen => "not seen",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::OutcomeClass::{self, Completed, OutOfGas, Rejected, Trapped, Unseen, Violated};

    #[test]
    fn outcomes_have_classes() {
        for (outcome, class) in [
            ("completed", Completed),
            ("trapped: OutOfGas", OutOfGas),
            ("trapped: Unreachable", Trapped),
            ("violated: OutputNotUtf8", Violated),
            ("rejected: feature", Rejected),
            ("", Unseen),
            ("completed: by no means", Unseen),
        ] {
            assert_eq!(OutcomeClass::of(outcome), class, "{outcome}");
        }
    }
}
