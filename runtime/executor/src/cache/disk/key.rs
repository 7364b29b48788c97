//! A key is the secret of one folder: it authenticates the folder's entries, and is made when the folder is first used.

use super::error::DiskCacheError;
use super::owner;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use tempfile::Builder;

/// A folder's secret.
#[derive(Clone)]
pub(super) struct Key {
    secret: [u8; Self::BYTES],
}

/// The name of the file.
const FILE: &str = "key";

/// How the names of files begin that were to become a key.
const UNFINISHED: &str = ".key-";

impl Key {
    /// How many bytes a key has.
    pub(super) const BYTES: usize = 32;

    /// Reads the folder's key, or makes it.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, DiskCacheError> {
        let found = match Self::read(folder)? {
            Some(key) => key,
            None => {
                let made = make(folder);
                // Another program may have been quicker; then its key is the key.
                match (Self::read(folder)?, made) {
                    (Some(key), _) => key,
                    (None, made) => return Err(made.err().unwrap_or_else(|| DiskCacheError::vanished(folder))),
                }
            }
        };
        remove_unfinished(folder);
        Ok(found)
    }

    pub(super) fn secret(&self) -> &[u8; Self::BYTES] {
        &self.secret
    }

    fn read(folder: &Path) -> Result<Option<Self>, DiskCacheError> {
        let path = folder.join(FILE);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DiskCacheError::Io { action: "open", path, source }),
        };
        // Of the file that is open, whatever its name leads to by now.
        owner::check_key(folder, &file)?;
        let mut bytes = Vec::with_capacity(Self::BYTES + 1);
        file.take(Self::BYTES as u64 + 1).read_to_end(&mut bytes).map_err(DiskCacheError::io("read", &path))?;
        match bytes.try_into() {
            Ok(secret) => Ok(Some(Self { secret })),
            Err(_) => Err(DiskCacheError::DamagedKey { path }),
        }
    }
}

/// Makes a key appear whole, unless there is one.
fn make(folder: &Path) -> Result<(), DiskCacheError> {
    let path = folder.join(FILE);
    let failed = DiskCacheError::io("make", &path);
    let mut secret = [0; Key::BYTES];
    getrandom::fill(&mut secret).map_err(|error| DiskCacheError::NoRandomness { reason: error.to_string() })?;
    let written = Builder::new().prefix(UNFINISHED).tempfile_in(folder).and_then(|mut file| {
        file.write_all(&secret)?;
        // A key that a loss of power leaves empty would be one that is refused for ever.
        file.as_file().sync_all()?;
        file.persist_noclobber(&path)?;
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    });
    written.map_err(failed)
}

/// Removes what programs left that ended while they made the key. One that still makes one finds that it is too late.
fn remove_unfinished(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        if file.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // What cannot be removed stays, and harms nobody.
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
impl From<[u8; Key::BYTES]> for Key {
    fn from(secret: [u8; Key::BYTES]) -> Self {
        Self { secret }
    }
}
