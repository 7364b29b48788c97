//! An identifier names a contract, a commit or an asset.

use modal_datastore::{ContractId, NameFault};
use std::fmt;

/// The name of a contract, a commit or an asset: what the datastore takes for a [`ContractId`].
///
/// It holds no `/` and no control characters, so identifiers stand in keys as they are, and the `:/` of a repost's path
/// ends its contract.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier(ContractId);

impl Identifier {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the name.
    pub fn new(text: &str) -> Result<Self, NameFault> {
        ContractId::new(text).map(Self).map_err(|error| error.fault)
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) const fn as_contract(&self) -> &ContractId {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&Identifier> for String {
    fn from(identifier: &Identifier) -> Self {
        identifier.as_str().to_owned()
    }
}
