//! An error says that a commit was refused, or that something broke. The two are never the same.

use crate::refusal::{ActionPlace, Reason, Refusal};
use modal_datastore::StoreError;
use modal_wasm_meter::Rejection;

/// Why a commit was not processed. Either way nothing of it happened, except where the datastore cannot tell
/// ([`StoreError::UnknownOutcome`]).
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// The commit broke a rule. Every node comes to this answer, so it may be recorded.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// Something broke, which says nothing of the commit: it must not be recorded as invalid. Once what broke is mended,
    /// the commit can be processed again.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What broke.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The datastore.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The engine, or the machine below it.
    #[error(transparent)]
    Engine(#[from] modal_wasm_runtime::Fault),
    /// The meter.
    #[error("failed to meter a module: {0}")]
    Meter(Rejection),
    /// What the datastore holds is nothing that this crate writes.
    #[error("failed to understand the state at {key:?}: {reason}")]
    State {
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl ProcessError {
    /// The refusal, if this is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Fault(_) => None,
        }
    }

    /// The same error, of an action within another one. Where a fault came about does not matter.
    pub(crate) fn within(self, place: ActionPlace) -> Self {
        match self {
            Self::Refused(refusal) => refusal.within(place).into(),
            Self::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<Refusal> for ProcessError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Reason> for ProcessError {
    fn from(reason: Reason) -> Self {
        Refusal::from(reason).into()
    }
}

impl From<StoreError> for ProcessError {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}
