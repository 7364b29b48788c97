//! A disk cache keeps compiled code in a folder, so that a program that starts again does not compile again.
//!
//! # What is loaded
//!
//! Compiled code is machine code: whoever chooses it chooses what this process does, and Wasmtime does not check it. So
//! nothing is loaded but what **this program** wrote for **these very bytes**, and this is why:
//!
//! 1. *Which code is wanted* is an [`Identity`]: the SHA-256 over the running program, the engine with its release and
//!    configuration, what the engine says that loaded code must agree with (target, CPU features, compiler settings),
//!    and the SHA-256 of the metered module. The module is metered again each time, never read from the folder, and
//!    what the meter's version, the profile or the schedule change is in its bytes. Only compiling is skipped.
//! 2. *An entry* is HMAC-SHA-256 over the identity and the code, and then the code. The key is 32 random bytes, made
//!    when the folder is first used, which only the folder's owner can read. Nothing of an entry is interpreted before
//!    all of it is verified, and what is loaded is the memory that was verified, not the file once more.
//! 3. *The key is used* in one other place: to write what this process has just compiled from the metered module that
//!    the identity names.
//!
//! So code that verifies was written by someone who has the key and is this program, for this module, this engine and
//! this machine. What is named for another identity, cut short, changed in a bit, exchanged with a neighbour, written by
//! another build or under another key does not verify; it is refused, counted, compiled afresh and replaced. An old
//! entry that someone puts back is either refused for one of these reasons or is the same code.
//!
//! The program is known by its file: a rebuild with another compiler, another patch of Wasmtime or other flags is
//! another program. (Where this crate is part of a shared library that is the library's host, whatever it loads; such a
//! library must give each of its builds a folder of its own.)
//!
//! # Who is trusted
//!
//! Whoever can read the key: the user who runs the program, and root. They could change the program itself as well. A
//! folder that belongs to somebody else or that others can write to is refused, and so is a key that is not this user's
//! alone. Whoever can write entries but not read the key, through a backup, a shared volume or a mistaken `chmod`,
//! can only make this cache forget. The machine is trusted to compute what it is told to.
//!
//! # What is kept
//!
//! Entries lie in *generations*, numbered folders. The newest is written to until it has half of the capacity; then
//! another one is begun, and all but these two are removed. An entry that is used moves to the newest. So what is
//! removed was not used for half a capacity of writing; no clock is asked. Programs that write at the same time exceed
//! the capacity by what each of them is writing.
//!
//! A file appears under its name when it is whole. It is not forced to the disk: a machine that loses power may lose or
//! damage entries, which are then compiled again. Only the key is forced, once.
//!
//! Nothing that happens to the folder changes a result. What could not be read or written is counted, and
//! [`ModuleCache::disk_failure`](crate::ModuleCache::disk_failure) has the last such failure's text.
//!
//! wasmi has no form of its code that can be kept: on it this cache is never asked.

mod entry;
mod error;
mod generation;
mod identity;
mod key;
mod owner;
mod program;
mod safeguard;
mod usage;

pub(crate) use entry::AuthenticCode;
pub use error::DiskCacheError;
pub(crate) use identity::Identity;
#[cfg(feature = "planted")]
pub use safeguard::Safeguard;
pub use usage::DiskStatistics;
pub(crate) use usage::DiskUse;

use crate::engine::EngineConfig;
use generation::{Generations, Stored};
use key::Key;
use safeguard::Safeguards;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of compiled code that a [`ModuleCache`](crate::ModuleCache) asks before it compiles.
///
/// ```
/// use modal_wasm_runtime::{DiskCache, ModuleCache, WasmExecutor};
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path().join("compiled");
/// # let guest = wat::parse_str(r#"(module
/// #     (memory (export "memory") 1)
/// #     (data (i32.const 0) "\02\00\00\00{}")
/// #     (func (export "alloc") (param i32) (result i32) (i32.const 1024))
/// #     (func (export "validate") (param i32 i32) (result i32) (i32.const 0)))"#)?;
/// let disk = DiskCache::open(&folder)?.with_capacity(64 << 20);
/// for (hits, written) in [(0, 1), (1, 0)] {
///     // Each of these caches is as good as new: a program that starts again has one like it.
///     let cache = Arc::new(ModuleCache::default().with_disk(disk.clone()));
///     let mut executor = WasmExecutor::new(10_000_000).with_cache(Arc::clone(&cache));
///     assert_eq!(executor.execute(&guest, "validate", "{}")?.output(), Some("{}"));
///     assert_eq!((cache.statistics().disk.hits, cache.statistics().disk.written), (hits, written));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DiskCache {
    folder: PathBuf,
    capacity: u64,
    key: Key,
    /// The SHA-256 of the running program.
    program: [u8; 32],
    safeguards: Safeguards,
}

impl DiskCache {
    /// Bytes of code that are kept unless [`DiskCache::with_capacity`] says otherwise.
    pub const DEFAULT_CAPACITY: u64 = 256 << 20;

    /// Opens a folder, which is made if it is missing, and reads the running program once to know it by its digest.
    ///
    /// # Errors
    ///
    /// If the folder or its key is not this user's alone, or if something cannot be read or made. A program may well go
    /// on without the cache then.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, DiskCacheError> {
        let folder = folder.as_ref();
        owner::make_folder(folder).map_err(DiskCacheError::io("make", folder))?;
        // Relative paths stay with the folder when the process moves.
        let folder = fs::canonicalize(folder).map_err(DiskCacheError::io("resolve", folder))?;
        owner::check_folder(&folder)?;
        Ok(Self {
            key: Key::of_folder(&folder)?,
            program: program::digest()?,
            folder,
            capacity: Self::DEFAULT_CAPACITY,
            safeguards: Safeguards::default(),
        })
    }

    /// The same cache, of at most `bytes` bytes. An entry of more than half of that is not kept.
    #[must_use]
    pub fn with_capacity(mut self, bytes: u64) -> Self {
        self.capacity = bytes;
        self
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same cache as another program sees it.
    #[cfg(feature = "planted")]
    #[must_use]
    pub fn of_program(mut self, digest: [u8; 32]) -> Self {
        self.program = digest;
        self
    }

    /// The same cache less one safeguard, to prove that its absence is noticed.
    #[cfg(feature = "planted")]
    #[must_use]
    pub fn without(mut self, safeguard: Safeguard) -> Self {
        self.safeguards = Safeguards::without(safeguard);
        self
    }

    /// Names the code of a metered module on an engine, `compatibility` being what loaded code must agree with.
    pub(crate) fn identify(&self, engine: EngineConfig, compatibility: [u8; 32], metered_sha256: &str) -> Identity {
        Identity::new(self.safeguards, self.program, engine, compatibility, metered_sha256)
    }

    /// Reads code, if what is there was written for this identity.
    pub(crate) fn find(&self, identity: &Identity, used: &mut DiskUse) -> Option<AuthenticCode> {
        used.ask();
        let (generations, name) = (self.generations(), identity.name());
        let (entry, generation) = match generations.read(&name) {
            Ok(Stored::Entry { bytes, generation }) => (bytes, generation),
            Ok(Stored::NoEntry) => {
                used.refuse();
                return None;
            }
            Ok(Stored::Nothing) => return None,
            Err(failure) => {
                used.fail(&failure);
                return None;
            }
        };
        let Some(code) = self.key.open(self.safeguards, identity, entry) else {
            used.refuse();
            return None;
        };
        if let Err(failure) = generations.renew(&name, code.entry_size(), generation) {
            used.fail(&failure);
        }
        Some(code)
    }

    /// Writes the code that was just compiled for this identity.
    pub(crate) fn keep(&self, identity: &Identity, code: &[u8], used: &mut DiskUse) {
        let authenticator = self.key.authenticator(self.safeguards, identity, code);
        match self.generations().write(&identity.name(), [&authenticator, code]) {
            Ok(()) => used.write(),
            Err(failure) => used.fail(&failure),
        }
    }

    fn generations(&self) -> Generations<'_> {
        Generations::new(&self.folder, self.capacity)
    }
}

impl fmt::Debug for DiskCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The key stays out of logs.
        let Self { folder, capacity, key: _, program: _, safeguards: _ } = self;
        f.debug_struct("DiskCache").field("folder", folder).field("capacity", capacity).finish_non_exhaustive()
    }
}
