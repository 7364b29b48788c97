//! A parent is the module that a case's own is a mutant of.

use crate::base64_bytes;
use serde::{Deserialize, Serialize};

/// The module that a case's own is a mutant of: what runs come to on the one, they come to on the other, but for gas and
/// stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The module.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
}
