//! A datastore is where commits are processed to: a file, or a PostgreSQL server.

use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use crate::hint;
use modal_datastore::{PostgresStore, RedbStore, Store};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// Which datastore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Datastore {
    /// A file.
    File(PathBuf),
    /// A PostgreSQL server, by its address.
    Postgres(String),
}

impl Datastore {
    /// The datastore that a person means by `argument`: nothing means the contract's own file.
    pub(crate) fn new(directory: &ContractDirectory, argument: &str) -> Self {
        if argument.is_empty() {
            Self::File(directory.datastore())
        } else if ["postgres://", "postgresql://"].iter().any(|scheme| argument.starts_with(scheme)) {
            Self::Postgres(argument.to_owned())
        } else {
            Self::File(argument.into())
        }
    }

    /// Opens the datastore to process commits; a file that is not there is made.
    pub(crate) fn open(&self) -> Result<Arc<dyn Store>, Error> {
        Ok(match self {
            Self::File(file) => {
                if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    fs::metadata(folder).map_err(Error::io("find the datastore's directory", folder))?;
                }
                Arc::new(RedbStore::open(file)?)
            }
            Self::Postgres(address) => Arc::new(PostgresStore::connect(address)?),
        })
    }

    /// Opens a datastore that has to be there already.
    pub(crate) fn open_existing(&self, directory: &ContractDirectory) -> Result<Arc<dyn Store>, Error> {
        match self {
            Self::File(file) if !file.exists() => {
                let dir = hint::path(directory.path());
                let datastore = if *file == directory.datastore() {
                    String::new()
                } else {
                    format!(" --datastore {}", hint::path(file))
                };
                let help = format!("modal contract process --dir {dir}{datastore}");
                Err(Error::DatastoreNotFound { file: file.clone(), help })
            }
            Self::File(_) | Self::Postgres(_) => self.open(),
        }
    }
}

/// The datastore as a person knows it; what gives access to a server is left out.
impl fmt::Display for Datastore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => file.display().fmt(f),
            Self::Postgres(address) => f.write_str(&without_secrets(address)),
        }
    }
}

/// An address without its user, password and parameters.
fn without_secrets(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let rest = rest.split('?').next().unwrap_or(rest);
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let check = |address: &str, expect: &str| {
            assert_eq!(Datastore::Postgres(address.to_owned()).to_string(), expect);
        };
        check("postgres://user:secret@host:5432/modal", "postgres://host:5432/modal");
        check("postgresql://us:s@c:r@e/t@host/modal?password=secret", "postgresql://host/modal");
        check("postgres://host/modal", "postgres://host/modal");
        check("postgres:///modal?host=/run&user=me", "postgres:///modal");
    }
}
