//! A registry knows modules by name.

use crate::cache::{ModuleCache, PrepareError, PreparedModule};
use crate::composition::Modules;
use crate::engine::EngineConfig;
use modal_wasm_meter::{GasLimit, sha256_hex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Modules by name, each one verified and admitted before it was let in. Their code is in a [`ModuleCache`], which may
/// forget it and prepares it again when it is asked for.
#[derive(Debug, Default)]
pub struct ModuleRegistry {
    cache: Arc<ModuleCache>,
    engine: EngineConfig,
    modules: BTreeMap<String, RegisteredModule>,
}

/// A module that a registry knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredModule {
    /// The original module.
    pub bytes: Arc<[u8]>,
    /// Its SHA-256, in lower hex.
    pub sha256: String,
    /// The gas that a call of it is given.
    pub gas_limit: GasLimit,
}

/// Why a module was not registered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// The bytes are not the ones that were meant.
    #[error("failed to verify module `{name}`: its SHA-256 is {found}, expected {expected}")]
    HashMismatch {
        /// The name that the module was to have.
        name: String,
        /// The SHA-256 that was meant.
        expected: String,
        /// The SHA-256 of the bytes.
        found: String,
    },
    /// The module cannot be run.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
}

impl ModuleRegistry {
    /// An empty registry whose modules are prepared in `cache` for `engine`.
    #[must_use]
    pub fn new(cache: Arc<ModuleCache>, engine: impl Into<EngineConfig>) -> Self {
        Self { cache, engine: engine.into(), modules: BTreeMap::new() }
    }

    /// Registers a module under `name`, in place of any other one, after comparing its SHA-256 (in lower hex) and
    /// preparing it.
    ///
    /// # Errors
    ///
    /// If the hash differs, the meter refuses the module, or something breaks. The registry is unchanged then.
    pub fn register(
        &mut self,
        name: &str,
        bytes: &[u8],
        sha256: &str,
        gas_limit: GasLimit,
    ) -> Result<Arc<PreparedModule>, RegisterError> {
        let found = sha256_hex(bytes);
        if found != sha256 {
            return Err(RegisterError::HashMismatch { name: name.to_owned(), expected: sha256.to_owned(), found });
        }
        let prepared = self.cache.prepare(self.engine, bytes)?;
        self.modules.insert(name.to_owned(), RegisteredModule { bytes: bytes.into(), sha256: found, gas_limit });
        Ok(prepared)
    }

    /// The module of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RegisteredModule> {
        self.modules.get(name)
    }

    /// The module of that name, ready to run: from the cache, or prepared again.
    ///
    /// # Errors
    ///
    /// If something breaks. A module that was admitted once is not refused later.
    pub fn prepare(&self, name: &str) -> Result<Option<Arc<PreparedModule>>, PrepareError> {
        self.modules.get(name).map(|module| self.cache.prepare(self.engine, &module.bytes)).transpose()
    }

    /// Forgets the module of that name, and returns it.
    pub fn unregister(&mut self, name: &str) -> Option<RegisteredModule> {
        self.modules.remove(name)
    }

    /// Whether there is a module of that name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.modules.contains_key(name)
    }

    /// The names of all modules, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The modules as they are now, for guests to call.
    #[must_use]
    pub fn modules(&self) -> Modules {
        let of = |(name, module): (&String, &RegisteredModule)| {
            (name.clone(), (Arc::clone(&module.bytes), module.gas_limit))
        };
        self.modules.iter().map(of).collect()
    }

    /// How many modules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.modules.len()
    }

    /// Whether there are no modules.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// The cache that holds the modules' code.
    #[must_use]
    pub fn cache(&self) -> &Arc<ModuleCache> {
        &self.cache
    }
}
