//! A contract directory is where a person keeps a contract: the directory that holds `.contract`.

use crate::commit_file::{CommitFault, CommitFile};
use crate::disk::{Disk, MachineDisk};
use crate::error::Error;
use crate::history::History;
use modal_datastore::{ContractId, Sha256Hash};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// The part of a contract directory that holds the contract.
const INSIDE: &str = ".contract";

/// How often a lock is asked for before a person is told that somebody else has it.
const LOCK_TRIES: u32 = 10;

/// How long it is left alone after each time: together half a second, which most uploads need less than.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// A directory with a contract in it:
///
/// | file | what it holds |
/// |---|---|
/// | `.contract/config.json` | `{"contract_id": "…"}` |
/// | `.contract/HEAD` | the id of the last commit and a line feed; absent or empty if there is none |
/// | `.contract/commits/{id}.json` | a commit, in canonical JSON, whose SHA-256 is its id |
/// | `.contract/datastore.redb` | what the commits come to, once they are processed |
/// | `.contract/lock` | nothing: whoever adds a commit holds a lock on it |
/// | `.contract/incoming` | a file that is being written, or was when the machine stopped |
#[derive(Debug)]
pub struct ContractDirectory {
    inside: PathBuf,
    contract_id: ContractId,
}

#[derive(Debug, Serialize, Deserialize)]
struct Config {
    contract_id: String,
}

impl ContractDirectory {
    /// Finds the contract directory that `start` is, or is in.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read.
    pub fn find(start: &Path) -> Result<Self, Error> {
        let start = absolute(start)?;
        for directory in start.ancestors() {
            let inside = directory.join(INSIDE);
            match fs::metadata(&inside) {
                Ok(found) if found.is_dir() => return Self::open(inside),
                Ok(_) => {}
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
                Err(error) => return Err(Error::io("look for", &inside)(error)),
            }
        }
        Err(Error::NotAContractDirectory { directory: start })
    }

    /// Makes a contract in `directory`, which is made too if it is not there. Its first commit is `genesis`; its id is that
    /// commit's unless another one is given.
    ///
    /// # Errors
    ///
    /// If there is a contract, or the directory cannot be written. The directory is there afterwards, but no contract.
    pub fn create(directory: &Path, genesis: &CommitFile, contract_id: Option<ContractId>) -> Result<Self, Error> {
        fs::create_dir_all(directory).map_err(Error::io("make the directory", directory))?;
        let directory = absolute(directory)?;
        let inside = directory.join(INSIDE);
        let exists = || Error::ContractExists { directory: directory.clone() };
        if fs::symlink_metadata(&inside).is_ok() {
            return Err(exists());
        }
        let contract_id = match contract_id {
            Some(contract_id) => contract_id,
            None => named(&genesis.id().to_string())?,
        };
        // The contract is made elsewhere in the directory and then moved, so that there is a whole one or none.
        let failed = || Error::io("make a contract in", &directory);
        let incoming = tempfile::Builder::new().prefix(".contract.").tempdir_in(&directory).map_err(failed())?;
        // In a directory of its own: temporary directories are closed to everyone else.
        let fresh = incoming.path().join("contract");
        write_new(&fresh, genesis, &contract_id).map_err(failed())?;
        match fs::rename(&fresh, &inside) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty) => {
                return Err(exists());
            }
            Err(error) => return Err(failed()(error)),
        }
        MachineDisk.sync_directory(&directory).map_err(failed())?;
        Ok(Self { inside, contract_id })
    }

    fn open(inside: PathBuf) -> Result<Self, Error> {
        let file = inside.join("config.json");
        let text = fs::read_to_string(&file).map_err(Error::io("read", &file))?;
        let broken = |reason: String| Error::BrokenFile { file: file.clone(), reason };
        let config: Config = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        let contract_id = named(&config.contract_id).map_err(|error| broken(error.to_string()))?;
        Ok(Self { inside, contract_id })
    }

    /// The contract's id.
    #[must_use]
    pub fn contract_id(&self) -> &ContractId {
        &self.contract_id
    }

    /// The directory that holds `.contract`.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.inside.parent().unwrap_or(&self.inside)
    }

    /// The datastore that commits are processed into unless another one is named.
    #[must_use]
    pub fn datastore(&self) -> PathBuf {
        self.inside.join("datastore.redb")
    }

    /// The last commit.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or holds something else than a commit's id.
    pub fn head(&self) -> Result<Option<Sha256Hash>, Error> {
        let file = self.inside.join("HEAD");
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(Error::io("read", &file))?,
        };
        let id = text.trim_ascii();
        if id.is_empty() {
            return Ok(None);
        }
        id.parse().map(Some).map_err(|_| Error::BrokenFile {
            file,
            reason: "it does not hold a commit's id: 64 digits of lower hex".to_owned(),
        })
    }

    /// The commits, the last one first.
    ///
    /// # Errors
    ///
    /// If HEAD cannot be read.
    pub fn history(&self) -> Result<History<'_>, Error> {
        Ok(History::new(self, self.head()?))
    }

    /// The commit of this id, verified.
    ///
    /// # Errors
    ///
    /// If it is not there, cannot be read, or is not that commit.
    pub fn commit(&self, id: Sha256Hash) -> Result<CommitFile, Error> {
        let file = self.commit_path(id);
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Error::MissingCommit { id, file }),
            read => read.map_err(Error::io("read", &file))?,
        };
        CommitFile::read(id, &text).map_err(|fault| Error::BrokenFile { file, reason: fault.to_string() })
    }

    /// Adds the commit that `make` makes on top of the last one. Programs that do this at the same time wait for each other,
    /// and say so by `waits` if that takes more than a moment; one that is stopped at any point leaves the old HEAD or the new
    /// one, and every commit that HEAD leads to.
    ///
    /// # Errors
    ///
    /// If `make` fails, or the directory cannot be read or written.
    pub fn append(
        &self,
        waits: impl FnOnce(),
        make: impl FnOnce(Option<Sha256Hash>) -> Result<CommitFile, CommitFault>,
    ) -> Result<CommitFile, Error> {
        self.append_on(&mut MachineDisk, waits, make)
    }

    fn append_on(
        &self,
        disk: &mut dyn Disk,
        waits: impl FnOnce(),
        make: impl FnOnce(Option<Sha256Hash>) -> Result<CommitFile, CommitFault>,
    ) -> Result<CommitFile, Error> {
        // The lock goes with the file's handle, whichever way this ends.
        let _lock = self.lock(waits)?;
        let commit = make(self.head()?).map_err(|source| Error::NoCommit { source })?;
        let incoming = self.inside.join("incoming");
        let commits = self.inside.join("commits");
        fs::create_dir_all(&commits).map_err(Error::io("make the directory", &commits))?;
        let file = self.commit_path(commit.id());
        // The commit is on the disk before HEAD names it.
        disk.write_synced(&incoming, commit.text().as_bytes()).map_err(Error::io("write", &incoming))?;
        disk.rename(&incoming, &file).map_err(Error::io("move the commit to", &file))?;
        disk.sync_directory(&commits).map_err(Error::io("write", &commits))?;
        let head = self.inside.join("HEAD");
        let line = format!("{}\n", commit.id());
        disk.write_synced(&incoming, line.as_bytes()).map_err(Error::io("write", &incoming))?;
        disk.rename(&incoming, &head).map_err(Error::io("move", &head))?;
        let settled = disk.sync_directory(&self.inside);
        settled.map_err(|source| Error::Unsettled { commit_id: commit.id(), source })?;
        Ok(commit)
    }

    fn lock(&self, waits: impl FnOnce()) -> Result<File, Error> {
        let path = self.inside.join("lock");
        let lock = || {
            let file = File::options().write(true).create(true).truncate(false).open(&path)?;
            for _ in 0..LOCK_TRIES {
                match file.try_lock() {
                    Ok(()) => return Ok(file),
                    Err(TryLockError::WouldBlock) => sleep(LOCK_PAUSE),
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
            waits();
            file.lock()?;
            Ok(file)
        };
        lock().map_err(Error::io("lock", &path))
    }

    fn commit_path(&self, id: Sha256Hash) -> PathBuf {
        self.inside.join("commits").join(format!("{id}.json"))
    }
}

/// Checks a contract's id.
pub(crate) fn named(id: &str) -> Result<ContractId, Error> {
    ContractId::new(id).map_err(|error| Error::ContractId { id: error.name, fault: error.fault })
}

/// The whole path of a directory, without links if it is there.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Error> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(path),
        found => found,
    }
    .map_err(Error::io("find", path))
}

fn write_new(inside: &Path, genesis: &CommitFile, contract_id: &ContractId) -> io::Result<()> {
    let disk = &mut MachineDisk;
    let commits = inside.join("commits");
    fs::create_dir_all(&commits)?;
    disk.write_synced(&commits.join(format!("{}.json", genesis.id())), genesis.text().as_bytes())?;
    disk.sync_directory(&commits)?;
    let mut config = serde_json::to_vec_pretty(&Config { contract_id: contract_id.to_string() })?;
    config.push(b'\n');
    disk.write_synced(&inside.join("config.json"), &config)?;
    disk.write_synced(&inside.join("HEAD"), format!("{}\n", genesis.id()).as_bytes())?;
    disk.sync_directory(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::tests::FailingDisk;
    use crate::exit::Exit;
    use serde_json::json;

    fn commit(text: &str, parent: Option<Sha256Hash>) -> Result<CommitFile, CommitFault> {
        CommitFile::new(vec![json!({ "method": "post", "path": "/a", "value": text })], parent)
    }

    fn contract() -> (tempfile::TempDir, ContractDirectory) {
        let folder = tempfile::tempdir().expect("a folder");
        let genesis = commit("genesis", None).expect("a commit");
        let directory = ContractDirectory::create(folder.path(), &genesis, None).expect("a contract");
        (folder, directory)
    }

    fn history(directory: &ContractDirectory) -> Vec<Sha256Hash> {
        directory.history().expect("HEAD").map(|commit| commit.expect("a whole commit").id()).collect()
    }

    /// The commit survives the machine before HEAD names it.
    #[test]
    fn each_step_is_on_the_disk_before_the_next() {
        let (_folder, directory) = contract();
        let mut disk = FailingDisk::default();
        let added = directory.append_on(&mut disk, || {}, |parent| commit("added", parent)).expect("a commit");
        let log = disk.log.take().into_iter();
        let inside = |path: PathBuf| path.strip_prefix(&directory.inside).expect("inside").display().to_string();
        let log = log.map(|(operation, path)| format!("{operation} {}", inside(path))).collect::<Vec<_>>();
        let file = format!("rename commits/{}.json", added.id());
        assert_eq!(log, ["write incoming", &file, "sync commits", "write incoming", "rename HEAD", "sync "],);
    }

    #[test]
    fn a_commit_that_may_not_survive_the_machine_says_so() {
        let (_folder, directory) = contract();
        let mut disk = FailingDisk { fails_at: Some(5), ..FailingDisk::default() };
        let added = directory.append_on(&mut disk, || {}, |parent| commit("added", parent));
        let error = added.expect_err("the last operation fails");
        let id = directory.head().expect("HEAD").expect("a commit");
        let text = anstream::adapter::strip_str(&error.to_text()).to_string();
        let expect = format!(
            "error: failed to make sure that {id} survives a crash; it is the last commit now\n  \
             cause: no storage space\n  \
             help: mend the disk, then see with modal contract wasm-list before you upload again\n"
        );
        assert_eq!((text, error.exit()), (expect, Exit::Failed));
    }

    /// Whichever operation fails, HEAD is the old one or the new one, with everything that it leads to, and the next commit
    /// works.
    #[test]
    fn a_failure_anywhere_leaves_the_old_contract_or_the_new_one() {
        const OPERATIONS: usize = 6;
        for fails_at in 0..OPERATIONS {
            let (_folder, directory) = contract();
            let before = history(&directory);
            let mut disk = FailingDisk { fails_at: Some(fails_at), ..FailingDisk::default() };
            let added = directory.append_on(&mut disk, || {}, |parent| commit("added", parent));
            // Only the last operation comes after HEAD was moved.
            let moved = fails_at == OPERATIONS - 1;
            match &added {
                Err(Error::Unsettled { .. }) => assert!(moved, "operation {fails_at} comes before HEAD is moved"),
                Err(Error::Io { .. }) => assert!(!moved, "operation {fails_at} comes after HEAD was moved"),
                other => panic!("operation {fails_at} fails: {other:?}"),
            }
            assert_eq!(disk.log.borrow().len(), fails_at + 1, "nothing is done after a failure");
            let after = history(&directory);
            assert_eq!(after.len(), before.len() + usize::from(moved));
            assert!(after.ends_with(&before));
            let again = directory.append(|| {}, |parent| commit("added", parent)).expect("the disk works again");
            assert_eq!(history(&directory)[0], again.id());
            assert_eq!(history(&directory).len(), after.len() + 1);
        }
        let mut disk = FailingDisk { fails_at: Some(OPERATIONS), ..FailingDisk::default() };
        let (_folder, directory) = contract();
        assert!(
            directory.append_on(&mut disk, || {}, |parent| commit("added", parent)).is_ok(),
            "these are all operations"
        );
    }
}
