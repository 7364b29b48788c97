//! An owner is the one user to whom a cache's folder and key belong: the one who runs the program.

use super::error::DiskCacheError;
use std::fs::{DirBuilder, File};
use std::io;
use std::path::Path;

/// Makes a folder for this user alone, unless it is there.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Checks that the folder is this user's, and that nobody else can write to it.
#[cfg(unix)]
pub(super) fn check_folder(folder: &Path) -> Result<(), DiskCacheError> {
    use std::os::unix::fs::MetadataExt as _;

    let found = std::fs::metadata(folder).map_err(DiskCacheError::io("look at", folder))?;
    let user = user(folder)?;
    if found.uid() != user {
        return Err(DiskCacheError::ForeignFolder { folder: folder.to_owned(), owner: found.uid(), user });
    }
    if found.mode() & 0o022 != 0 {
        return Err(DiskCacheError::SharedFolder { folder: folder.to_owned(), mode: found.mode() & 0o777 });
    }
    Ok(())
}

/// Checks that the file is this user's, and that nobody else can read or write it.
#[cfg(unix)]
pub(super) fn check_key(folder: &Path, key: &File) -> Result<(), DiskCacheError> {
    use std::os::unix::fs::MetadataExt as _;

    let found = key.metadata().map_err(DiskCacheError::io("look at the key of", folder))?;
    let owner = found.uid();
    if !found.is_file() || owner != user(folder)? || found.mode() & 0o077 != 0 {
        let mode = found.mode() & 0o777;
        return Err(DiskCacheError::ExposedKey { folder: folder.to_owned(), owner, mode });
    }
    Ok(())
}

/// The number of the user who runs this: the owner of the files that this process makes.
#[cfg(unix)]
fn user(folder: &Path) -> Result<u32, DiskCacheError> {
    use std::os::unix::fs::MetadataExt as _;

    // A cache that can only be read is a cache: then a file elsewhere has to do.
    let file = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile());
    let file = file.map_err(DiskCacheError::io("make a file in", folder))?;
    Ok(file.metadata().map_err(DiskCacheError::io("look at a file in", folder))?.uid())
}

/// Other systems say in other ways whose a folder is, none of which this knows.
#[cfg(not(unix))]
pub(super) fn check_folder(folder: &Path) -> Result<(), DiskCacheError> {
    Err(DiskCacheError::UnknownOwner { folder: folder.to_owned() })
}

#[cfg(not(unix))]
pub(super) fn check_key(folder: &Path, _: &File) -> Result<(), DiskCacheError> {
    check_folder(folder)
}
