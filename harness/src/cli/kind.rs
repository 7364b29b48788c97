//! `--kind`: what cases are made of.

use super::built;
use clap::{Args, ValueEnum};
use modal_harness::generate::Kind;

/// What cases are made of.
#[derive(Clone, Debug, Args)]
pub(super) struct KindArguments {
    /// What the cases are.
    #[arg(long, value_enum, default_value_t = KindName::All, value_name = "KIND")]
    pub(super) kind: KindName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KindName {
    /// Both: 15 cases of modules, then one of validators, and so on.
    All,
    /// Generated modules, each with several inputs and gas limits.
    Modules,
    /// The validators as a guest, each case with 16 generated calls, which the native validators and JavaScript's answer
    /// too.
    Validators,
}

impl KindArguments {
    /// The kind, with the guest that it needs: it is built if it has to be.
    pub(super) fn kind(&self) -> anyhow::Result<Kind> {
        Ok(match self.kind {
            KindName::All => Kind::All(built::guest()?),
            KindName::Modules => Kind::Modules,
            KindName::Validators => Kind::Validators(built::guest()?),
        })
    }
}
