//! A program is known by the SHA-256 of its file.

use super::error::DiskCacheError;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The SHA-256 of the running program, which is read once in a process.
pub(super) fn digest() -> Result<[u8; 32], DiskCacheError> {
    static DIGEST: OnceLock<[u8; 32]> = OnceLock::new();
    if let Some(digest) = DIGEST.get() {
        return Ok(*digest);
    }
    let digest = read().map_err(|source| DiskCacheError::UnknownProgram { source })?;
    Ok(*DIGEST.get_or_init(|| digest))
}

fn read() -> io::Result<[u8; 32]> {
    let mut file = File::open(path()?)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            length => hash.update(&buffer[..length]),
        }
    }
}

/// Where the program is. Linux names the very file that runs, even when its path has another one by now.
fn path() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok(PathBuf::from("/proc/self/exe")) } else { std::env::current_exe() }
}
