//! A generation is a numbered folder of entries that were written or used while it was the newest.

use super::owner;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The generations in a cache's folder: the newest, which is written to, the one before, and nothing else for long.
pub(super) struct Generations<'a> {
    folder: &'a Path,
    /// How many bytes a generation may have.
    room: u64,
}

/// What lies in the place of an entry.
pub(super) enum Stored {
    /// A file that may be one.
    Entry { bytes: Vec<u8>, generation: u64 },
    /// Something that cannot be one.
    NoEntry,
    /// Nothing.
    Nothing,
}

/// A read or write that failed.
#[derive(Debug)]
pub(super) struct Failure {
    action: &'static str,
    path: PathBuf,
    reason: io::Error,
}

/// How many generations there are: the newest and the one before.
const GENERATIONS: usize = 2;

impl<'a> Generations<'a> {
    pub(super) fn new(folder: &'a Path, capacity: u64) -> Self {
        Self { folder, room: capacity / GENERATIONS as u64 }
    }

    /// Reads what is in an entry's place.
    pub(super) fn read(&self, name: &str) -> Result<Stored, Failure> {
        for generation in self.numbers()?.into_iter().take(GENERATIONS) {
            let path = self.path(generation).join(name);
            match self.read_file(&path) {
                Ok(Some(bytes)) => return Ok(Stored::Entry { bytes, generation }),
                Ok(None) => return Ok(Stored::NoEntry),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(reason) => return Err(Failure { action: "read", path, reason }),
            }
        }
        Ok(Stored::Nothing)
    }

    /// Writes an entry, given in parts, in place of any other one of the name.
    pub(super) fn write(&self, name: &str, parts: [&[u8]; 2]) -> Result<(), Failure> {
        let size = parts.iter().map(|part| part.len() as u64).sum();
        let newest = self.make_room(size)?;
        let (folder, path) = (self.path(newest), self.path(newest).join(name));
        // A program that ends here leaves a file that goes with its generation.
        let written = NamedTempFile::new_in(folder).and_then(|mut file| {
            parts.iter().try_for_each(|part| file.write_all(part))?;
            file.persist(&path)?;
            Ok(())
        });
        written.map_err(|reason| Failure { action: "write", path, reason })?;
        self.remove_before(newest)
    }

    /// Moves an entry of an earlier generation to the newest, because it was used.
    pub(super) fn renew(&self, name: &str, size: u64, generation: u64) -> Result<(), Failure> {
        if self.numbers()?.first() == Some(&generation) {
            return Ok(());
        }
        let newest = self.make_room(size)?;
        let (from, to) = (self.path(generation).join(name), self.path(newest).join(name));
        match fs::rename(&from, &to) {
            // Another program has moved it, or removed the generation.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(reason) => return Err(Failure { action: "move", path: from, reason }),
            Ok(()) => {}
        }
        self.remove_before(newest)
    }

    /// The newest generation, or a new one if an entry of this size would exceed it.
    fn make_room(&self, size: u64) -> Result<u64, Failure> {
        let failed = |path: PathBuf| move |reason| Failure { action: "make room in", path, reason };
        if size > self.room {
            let reason = format!("an entry of {size} bytes is more than half of the capacity");
            return Err(failed(self.folder.to_owned())(io::Error::other(reason)));
        }
        let newest = match self.numbers()?.first() {
            None => 0,
            Some(&newest) => {
                let used = used(&self.path(newest)).map_err(failed(self.path(newest)))?;
                if used.saturating_add(size) <= self.room {
                    return Ok(newest);
                }
                let exhausted = || failed(self.path(newest))(io::Error::other("no number comes after it"));
                newest.checked_add(1).ok_or_else(exhausted)?
            }
        };
        owner::make_folder(&self.path(newest)).map(|()| newest).map_err(failed(self.path(newest)))
    }

    /// Removes all generations but this one and the one before.
    fn remove_before(&self, newest: u64) -> Result<(), Failure> {
        for generation in self.numbers()?.into_iter().filter(|&generation| generation.saturating_add(1) < newest) {
            let path = self.path(generation);
            match fs::remove_dir_all(&path) {
                // Another program removes it too.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(reason) => return Err(Failure { action: "remove", path, reason }),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// The numbers of all generations, the newest first.
    fn numbers(&self) -> Result<Vec<u64>, Failure> {
        let failed = |reason| Failure { action: "list", path: self.folder.to_owned(), reason };
        let mut numbers = Vec::new();
        for entry in fs::read_dir(self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let number = entry.file_name().to_str().and_then(number);
            // What is removed meanwhile has no type any more.
            if entry.file_type().is_ok_and(|found| found.is_dir()) {
                numbers.extend(number);
            }
        }
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        Ok(numbers)
    }

    fn path(&self, generation: u64) -> PathBuf {
        self.folder.join(generation.to_string())
    }

    /// Reads a file, unless it is none or larger than any entry.
    fn read_file(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        // Opening what is no file could wait for ever.
        if !fs::symlink_metadata(path)?.is_file() {
            return Ok(None);
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        if size > self.room {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        file.take(self.room).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to {} {}: {}", self.action, self.path.display(), self.reason)
    }
}

/// A number in its one decimal form.
fn number(name: &str) -> Option<u64> {
    name.parse().ok().filter(|number: &u64| number.to_string() == name)
}

/// The bytes of all files in a generation, unfinished ones included.
fn used(generation: &Path) -> io::Result<u64> {
    let mut used = 0_u64;
    for entry in fs::read_dir(generation)? {
        match entry?.metadata() {
            Ok(found) => used = used.saturating_add(found.len()),
            // It was unfinished, and is finished under another name or gone.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(used)
}
