//! An exit is the number that a program ends with, from which a script knows what happened without reading a word.

use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// It did what was asked.
    Done,
    /// A file, a directory or a datastore is missing, cannot be used, or holds what it should not.
    Failed,
    /// The command line asks for what cannot be: clap's own number for that.
    Usage,
    /// A module was refused before it ran.
    Rejected,
    /// A module ran and trapped.
    Trapped,
    /// A module broke the guest ABI.
    Violated,
    /// A commit breaks a rule of contracts.
    Refused,
    /// An engine or the machine broke; it says nothing of the module.
    Fault,
}

impl Exit {
    /// Every exit, by its number.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Rejected,
        Self::Trapped,
        Self::Violated,
        Self::Refused,
        Self::Fault,
    ];

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Trapped => 4,
            Self::Violated => 5,
            Self::Refused => 6,
            Self::Fault => 7,
        }
    }

    /// What the number says, as the manual has it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => {
                "a file, a directory or a datastore is missing, cannot be used, or holds what it should not"
            }
            Self::Usage => "the command line asks for what cannot be",
            Self::Rejected => "a module was refused before it ran",
            Self::Trapped => "a module ran and trapped",
            Self::Violated => "a module broke the guest ABI",
            Self::Refused => "a commit breaks a rule of contracts",
            Self::Fault => "an engine or the machine broke",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
