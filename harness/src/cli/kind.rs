//! `--kind`: what cases are made of.

use super::built;
use clap::{Args, ValueEnum};
use modal_harness::generate::{Guest, Kind};

/// What cases are made of.
#[derive(Clone, Debug, Args)]
pub(super) struct KindArguments {
    /// What the cases are.
    #[arg(long, value_enum, default_value_t = KindName::All, value_name = "KIND")]
    pub(super) kind: KindName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KindName {
    /// All of them: of 16 cases, one is of validators, one of uploads and the others of modules.
    All,
    /// Generated modules, each with several inputs and gas limits.
    Modules,
    /// The validators as a guest, each case with 16 generated calls, which the native validators and JavaScript's answer
    /// too.
    Validators,
    /// Programs and the modules that they call, each case uploaded to nodes, read back and invoked there, too.
    Uploads,
}

impl KindArguments {
    /// The kind, with the guest that it needs: it is built if it has to be.
    pub(super) fn kind(&self) -> anyhow::Result<Kind> {
        self.kind.with_guest(built::guest)
    }
}

impl KindName {
    /// The kind of this name, with the guest that it may need.
    pub(super) fn with_guest(self, guest: impl FnOnce() -> anyhow::Result<Guest>) -> anyhow::Result<Kind> {
        Ok(match self {
            Self::All => Kind::All(guest()?),
            Self::Modules => Kind::Modules,
            Self::Validators => Kind::Validators(guest()?),
            Self::Uploads => Kind::Uploads,
        })
    }
}
