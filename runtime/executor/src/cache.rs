//! A cache keeps modules metered and compiled, so that the same bytes are prepared once.

mod disk;
mod memory;

#[cfg(feature = "planted")]
pub use disk::Safeguard;
pub(crate) use disk::{AuthenticCode, DiskUse};
pub use disk::{DiskCache, DiskCacheError, DiskStatistics};

use crate::engine::EngineConfig;
use crate::fault::Fault;
use crate::module::Module;
use memory::{Key, Memory};
use modal_wasm_meter::{Meter, Metered, Rejection, sha256_hex};
use serde::Serialize;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Prepared modules, the least recently used of which makes room for a new one. Recency is a count of uses, no clock.
///
/// A cache may be shared between executors, registries and threads. Its keys hold everything that changes code: the
/// original's SHA-256, the meter's version, the profile, the schedule, the engine, its release and its configuration.
/// Of each length, the module that was asked for last is known by comparing its bytes, which takes a tenth of the time
/// that hashing them does.
#[derive(Debug)]
pub struct ModuleCache {
    meter: Meter,
    /// What the meter contributes to every key.
    metering: String,
    capacity: NonZeroUsize,
    disk: Option<DiskCache>,
    memory: Mutex<Memory>,
}

/// A module, metered and compiled.
#[derive(Clone, Debug)]
pub struct PreparedModule {
    /// The SHA-256 of the original module, in lower hex.
    pub sha256: String,
    /// The SHA-256 of the metered module, in lower hex.
    pub metered_sha256: String,
    /// How many bytes the metered module has.
    pub metered_size: usize,
    /// The compiled module.
    pub module: Module,
}

/// What a cache has been asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CacheStatistics {
    /// Requests for a module that was there.
    pub hits: u64,
    /// Requests for a module that had to be prepared, or that was refused.
    pub misses: u64,
    /// Modules that made room for others.
    pub evictions: u64,
    /// Modules that are there now.
    pub modules: usize,
    /// What a disk cache was asked for; all 0 without one, and on wasmi.
    pub disk: DiskStatistics,
}

/// Why a module could not be prepared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The meter refused it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl ModuleCache {
    /// How many modules the default cache holds.
    pub const DEFAULT_CAPACITY: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not 0");

    /// A cache of at most `capacity` modules.
    #[must_use]
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self::with_meter(capacity, Meter::default())
    }

    /// A cache of modules that `meter` meters.
    #[must_use]
    pub fn with_meter(capacity: NonZeroUsize, meter: Meter) -> Self {
        let (version, profile, schedule) = (modal_wasm_meter::VERSION, meter.profile().hash(), meter.schedule().hash());
        let metering = format!("meter {version} profile {profile} schedule {schedule}");
        Self { meter, metering, capacity, disk: None, memory: Mutex::default() }
    }

    /// The same cache, which asks `disk` before it compiles, and gives it what it compiled.
    #[must_use]
    pub fn with_disk(mut self, disk: DiskCache) -> Self {
        self.disk = Some(disk);
        self
    }

    /// The meter that prepares modules.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Gives a prepared module, preparing it unless it is there.
    ///
    /// # Errors
    ///
    /// If the meter refuses the module, or something breaks.
    pub fn prepare(&self, engine: EngineConfig, original: &[u8]) -> Result<Arc<PreparedModule>, PrepareError> {
        let known = self.memory().last_of_length(engine, original.len());
        let key = match known {
            Some((key, bytes)) if *bytes == *original => key,
            Some(_) | None => {
                let code = format!("{} engine {engine} {}", self.metering, engine.engine().version());
                Key { engine, sha256: sha256_hex(original), code }
            }
        };
        if let Some(found) = self.memory().find(&key) {
            return Ok(found);
        }
        // The lock is not held meanwhile: a slow module holds up nobody else. Two threads may prepare the same one.
        let metered = self.meter.meter(original)?;
        let prepared = Arc::new(PreparedModule {
            sha256: key.sha256.clone(),
            metered_size: metered.bytes.len(),
            module: self.compile(engine, &metered)?,
            metered_sha256: metered.sha256,
        });
        self.memory().insert(key, original.into(), Arc::clone(&prepared), self.capacity);
        Ok(prepared)
    }

    /// What the cache has been asked for so far.
    #[must_use]
    pub fn statistics(&self) -> CacheStatistics {
        self.memory().statistics()
    }

    /// What a read or write of the disk cache last failed with, if one did. It changed no result.
    #[must_use]
    pub fn disk_failure(&self) -> Option<String> {
        self.memory().disk_failure.clone()
    }

    fn compile(&self, engine: EngineConfig, metered: &Metered) -> Result<Module, Fault> {
        let Some(disk) = &self.disk else { return engine.compile(metered) };
        let mut used = DiskUse::default();
        let module = engine.compile_once(metered, disk, &mut used);
        self.memory().count(used);
        module
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A thread that panicked left the maps whole: at worst a module is missing, which is prepared again.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ModuleCache {
    fn default() -> Self {
        Self::new(Self::DEFAULT_CAPACITY)
    }
}
