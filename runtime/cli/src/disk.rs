//! A disk is where a contract directory lies: the few operations that a change of it is made of, so that a test can let each of
//! them fail.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// What a change of a contract directory needs of a file system.
pub(crate) trait Disk {
    /// Writes a whole file, in place of any other one, such that it survives the machine.
    fn write_synced(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name, at once, in place of any file of that name.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a directory survive the machine.
    fn sync_directory(&mut self, path: &Path) -> io::Result<()>;
}

/// The machine's own disk.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MachineDisk;

impl Disk for MachineDisk {
    fn write_synced(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_directory(&mut self, path: &Path) -> io::Result<()> {
        // Only Unix opens directories; elsewhere the file system looks after names itself.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::path::PathBuf;
    use std::rc::Rc;

    /// A disk that writes down what it is asked for and fails for ever from one operation on, having done that one
    /// partly where this is possible.
    #[derive(Debug, Default)]
    pub(crate) struct FailingDisk {
        /// The operation that fails; none does if this is missing.
        pub(crate) fails_at: Option<usize>,
        /// What was asked for.
        pub(crate) log: Rc<RefCell<Vec<(&'static str, PathBuf)>>>,
    }

    impl FailingDisk {
        fn note(&mut self, operation: &'static str, path: &Path) -> io::Result<()> {
            let mut log = self.log.borrow_mut();
            log.push((operation, path.to_owned()));
            if self.fails_at.is_some_and(|fails_at| log.len() > fails_at) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            Ok(())
        }
    }

    impl Disk for FailingDisk {
        fn write_synced(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            if let Err(error) = self.note("write", path) {
                fs::write(path, &bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            MachineDisk.write_synced(path, bytes)
        }

        fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
            self.note("rename", to)?;
            MachineDisk.rename(from, to)
        }

        fn sync_directory(&mut self, path: &Path) -> io::Result<()> {
            self.note("sync", path)?;
            MachineDisk.sync_directory(path)
        }
    }
}
