//! What keeps a disk cache from being opened.

use std::io;
use std::path::{Path, PathBuf};

/// Why a disk cache could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DiskCacheError {
    /// The folder is somebody else's.
    #[error("failed to open the cache {}: it belongs to user {owner}, and this runs as user {user}", .folder.display())]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// Its owner's number.
        owner: u32,
        /// The number of the user who runs this.
        user: u32,
    },
    /// Others can write to the folder.
    #[error(
        "failed to open the cache {}: others can write to it (mode {mode:03o}); make it its owner's alone with `chmod 700`",
        .folder.display()
    )]
    SharedFolder {
        /// The folder.
        folder: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key is no file of this user's alone.
    #[error(
        "failed to open the cache {}: its key is not this user's alone (owner {owner}, mode {mode:03o}), so that others may \
         have written what it vouches for; remove the folder",
        .folder.display()
    )]
    ExposedKey {
        /// The folder.
        folder: PathBuf,
        /// The number of the key's owner.
        owner: u32,
        /// The key's permission bits.
        mode: u32,
    },
    /// The key has another length.
    #[error("failed to read the key {}: a key has 32 bytes; remove the folder that it is in", .path.display())]
    DamagedKey {
        /// The key.
        path: PathBuf,
    },
    /// The system gave no random bytes for a key.
    #[error("failed to make the key of a cache: {reason}")]
    NoRandomness {
        /// What the system said.
        reason: String,
    },
    /// The running program cannot be read, so that it is not known which code it wrote.
    #[error("failed to read the running program, by which a cache knows the code it wrote")]
    UnknownProgram {
        /// What the system said.
        source: io::Error,
    },
    /// This system does not say whose a folder is in a way that this crate knows.
    #[error("failed to open the cache {}: whose it is can be checked on Unix only", .folder.display())]
    UnknownOwner {
        /// The folder.
        folder: PathBuf,
    },
    /// A file or folder cannot be used.
    #[error("failed to {action} {}", .path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl DiskCacheError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }

    /// The key was made, and then it was gone.
    pub(super) fn vanished(folder: &Path) -> Self {
        Self::io("keep a key in", folder)(io::ErrorKind::NotFound.into())
    }
}
