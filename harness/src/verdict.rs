//! A verdict is what the oracles say of one case.

use crate::divergence::{Bucket, Divergence};
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

/// What kind of verdict it is: all that stays the same while a case that shows it is made smaller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Symptom {
    /// A difference of this bucket.
    Diverge(Bucket),
    /// A fault.
    Fault {
        /// The lane that broke.
        lane: String,
        /// The kind of its fault.
        kind: String,
    },
}

/// Which lane broke, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The lane's name.
    pub lane: String,
    /// Its fault.
    pub fault: LaneFault,
}

impl Verdict {
    /// What kind of verdict it is. Agreement has none.
    #[must_use]
    pub fn symptom(&self) -> Option<Symptom> {
        match self {
            Self::Agree => None,
            Self::Diverge(divergence) => Some(Symptom::Diverge(divergence.bucket.clone())),
            Self::Fault(Cause { lane, fault }) => Some(Symptom::Fault { lane: lane.clone(), kind: fault.kind.clone() }),
        }
    }
}

impl Symptom {
    /// Whether what an observer of this name sees is part of it.
    #[must_use]
    pub fn concerns(&self, observer: &str) -> bool {
        match self {
            Self::Diverge(Bucket { left, right, .. }) => observer == left || observer == right,
            Self::Fault { lane, .. } => observer == lane,
        }
    }
}

impl fmt::Display for Symptom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Diverge(bucket) => write!(f, "{bucket}"),
            Self::Fault { lane, kind } => write!(f, "fault-{lane}-{kind}"),
        }
    }
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
