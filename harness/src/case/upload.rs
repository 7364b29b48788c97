//! An upload is how a case's modules come to a node: by a commit of a contract, into its datastore.
//!
//! The case's own module is then a program, each of its runs an invocation, and the modules that guests can call are the
//! contract's.

use super::{Case, Run};
use serde::{Deserialize, Serialize};

/// How a case's modules are uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The gas limit under which the case's own module is uploaded. Runs have no more; the commits of those that have
    /// less set it.
    pub gas: u64,
}

impl Upload {
    /// The contract.
    pub const CONTRACT: &str = "contract";
    /// The commit that invokes the program.
    pub const COMMIT: &str = "invocation";
    /// The height of its block.
    pub const HEIGHT: u64 = 7;
    /// The time of its block.
    pub const TIME: u64 = 1_700_000_000;
    /// The path of the case's own module.
    pub const PROGRAM: &str = "/program.wasm";
    /// The method that an invocation runs.
    pub const METHOD: &str = "execute";

    /// What a program is given for arguments in canonical JSON.
    #[must_use]
    pub fn input(args: &str) -> String {
        format!("{{\"args\":{args}{}", Self::behind_arguments())
    }

    /// The arguments of a run, if it is an invocation.
    #[must_use]
    pub fn arguments(run: &Run) -> Option<&str> {
        match run {
            Run::Abi { method, input, .. } if method == Self::METHOD => {
                input.strip_prefix("{\"args\":")?.strip_suffix(&Self::behind_arguments())
            }
            Run::Abi { .. } | Run::Exports { .. } => None,
        }
    }

    /// Whether every run of a case is an invocation under a limit that the upload allows.
    #[must_use]
    pub fn fits(self, case: &Case) -> bool {
        let fits = |run: &Run| Self::arguments(run).is_some() && run.last_limit() <= self.gas;
        case.runs.iter().all(fits)
    }

    fn behind_arguments() -> String {
        format!(
            ",\"context\":{{\"block_height\":{},\"commit_id\":\"{}\",\"contract_id\":\"{}\",\"timestamp\":{}}}}}",
            Self::HEIGHT,
            Self::COMMIT,
            Self::CONTRACT,
            Self::TIME,
        )
    }
}
