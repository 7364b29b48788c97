//! A rejection says why a module was refused before anything of it ran.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a module was refused. Its text is the same on every machine and in every build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Rejection {
    /// What kind of refusal this is.
    pub kind: RejectionKind,
    /// What a person should read: lower case, finishing the phrase "failed to meter the module: …".
    ///
    /// What follows "the module is invalid: " or "the module is malformed: " is the text of the parser, in the words of
    /// the one release that this crate pins.
    pub message: String,
}

/// The kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionKind {
    /// The bytes are no WebAssembly binary.
    Malformed,
    /// The bytes are a WebAssembly binary that breaks a validation rule.
    Invalid,
    /// The first thing that validation stops at belongs to a feature that the profile leaves out.
    Feature,
    /// The module, or what the meter makes of it, is above one of the profile's limits.
    Limit,
    /// The module imports something that is not on the closed list.
    Import,
    /// The module exports a name that the meter keeps for itself.
    ReservedExport,
    /// The meter broke its own rules: a bug to report, never the module's fault.
    MeterDefect,
}

impl RejectionKind {
    /// The kind's stable text, the same one that its JSON form has.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Invalid => "invalid",
            Self::Feature => "feature",
            Self::Limit => "limit",
            Self::Import => "import",
            Self::ReservedExport => "reserved_export",
            Self::MeterDefect => "meter_defect",
        }
    }
}

impl fmt::Display for RejectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Rejection {
    pub(crate) fn new(kind: RejectionKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A rejection for a state that validation rules out.
    pub(crate) fn defect(what: impl fmt::Display) -> Self {
        Self::new(RejectionKind::MeterDefect, format!("the meter is at fault: {what}"))
    }
}

#[cfg(test)]
mod tests {
    use super::RejectionKind;

    #[test]
    fn a_kind_has_the_same_name_in_json() {
        for kind in [
            RejectionKind::Malformed,
            RejectionKind::Invalid,
            RejectionKind::Feature,
            RejectionKind::Limit,
            RejectionKind::Import,
            RejectionKind::ReservedExport,
            RejectionKind::MeterDefect,
        ] {
            assert_eq!(serde_json::to_string(&kind).expect("a kind is a string"), format!("\"{}\"", kind.name()));
        }
    }
}
