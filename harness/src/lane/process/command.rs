//! A worker command starts a worker.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::Command;

/// How to start a worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerCommand {
    /// The program.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Variables that its environment has beside this process' own.
    pub env: BTreeMap<OsString, OsString>,
}

impl WorkerCommand {
    /// A program with arguments.
    pub fn new<A: Into<OsString>>(program: impl Into<OsString>, args: impl IntoIterator<Item = A>) -> Self {
        Self { program: program.into(), args: args.into_iter().map(Into::into).collect(), env: BTreeMap::new() }
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).envs(&self.env);
        command
    }
}
