//! Exit codes tell a CI job what happened without its reading a word.

use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything agrees.
    Agree,
    /// The command line asks for what cannot be: clap's own code for that.
    Usage,
    /// Nothing was run.
    NothingRan,
    /// The lanes could not be set up.
    SetUp,
    /// There is a divergence.
    Diverge,
    /// Too little was compared, or something was set aside.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Agree => 0,
            Exit::Usage => 2,
            Exit::NothingRan => 4,
            Exit::SetUp => 96,
            Exit::Diverge => 100,
            Exit::Incomplete => 106,
        })
    }
}
