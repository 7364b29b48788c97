//! A verdict is what the oracles say of one case.

use crate::divergence::Divergence;
use crate::lane::LaneFault;
use serde::Serialize;
use std::fmt;

/// What the oracles say of one case. There is no fourth class: nothing is skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every lane, the reference and every oracle agree.
    Agree,
    /// Two observations differ, or one breaks a rule.
    Diverge(Divergence),
    /// There is nothing to compare: the harness, an engine or the machine broke.
    Fault(Cause),
}

/// Which lane broke, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The lane's name.
    pub lane: String,
    /// Its fault.
    pub fault: LaneFault,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agree => f.write_str("agree"),
            Self::Diverge(divergence) => write!(f, "diverge: {divergence}"),
            Self::Fault(Cause { lane, fault }) => write!(f, "fault on {lane}: {fault}"),
        }
    }
}
