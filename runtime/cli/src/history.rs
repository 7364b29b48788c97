//! A history is the commits of a contract directory, from the last one back to the first.

use crate::commit_file::CommitFile;
use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use modal_datastore::Sha256Hash;

/// The commits of a contract directory, the last one first. Each of them is verified when it is read; after an error there
/// is nothing more.
#[derive(Debug)]
pub struct History<'a> {
    directory: &'a ContractDirectory,
    next: Option<Sha256Hash>,
}

impl<'a> History<'a> {
    pub(crate) fn new(directory: &'a ContractDirectory, head: Option<Sha256Hash>) -> Self {
        Self { directory, next: head }
    }
}

impl Iterator for History<'_> {
    type Item = Result<CommitFile, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // A commit holds its parent's hash, so there is no way round in a circle.
        let commit = self.directory.commit(self.next.take()?);
        self.next = commit.as_ref().map_or(None, CommitFile::parent);
        Some(commit)
    }
}
