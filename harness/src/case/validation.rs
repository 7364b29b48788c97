//! A validation is a run that calls a validator in its guest form. The other forms are to answer the same call the same.

use super::{Case, Run};
use serde::{Deserialize, Serialize};

/// A run that calls a validator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// The run, which is one by the ABI: its input is the call.
    pub run: usize,
    /// The validator that is called, or that a faulty call is about.
    pub validator: String,
}

impl Validation {
    /// The call: the input of the run, if that is one of the case's and by the ABI.
    #[must_use]
    pub fn input<'a>(&self, case: &'a Case) -> Option<&'a str> {
        match case.runs.get(self.run)? {
            Run::Abi { input, .. } => Some(input),
            Run::Exports { .. } => None,
        }
    }
}
