//! A composition is a set of modules, each by its name, that guests can call while they run.
//!
//! A guest imports `modal.call` and `modal.result`; section 9 of the meter's rules says what they do, in which order,
//! and at which cost. A name is a module's name and, behind a `#`, the method: `/tax#rate`, or `/tax` for the method
//! `execute`. What returns no result returns a [`CallCode`].

mod call;
mod code;

pub use call::ModuleCall;
pub(crate) use call::{Link, call, copy_result};
pub use code::CallCode;

use crate::cache::{ModuleCache, PrepareError, PreparedModule};
use crate::engine::EngineConfig;
use crate::fault::Fault;
use crate::stack::{NATIVE_STACK, with_native_stack};
use modal_wasm_meter::GasLimit;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The modules that guests can call, as they are at one moment: original bytes and a gas limit by name. They are
/// neither checked nor prepared before they are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modules(BTreeMap<String, CallableModule>);

/// A module that guests can call.
#[derive(Clone, PartialEq, Eq)]
pub struct CallableModule {
    /// The original module.
    pub bytes: Arc<[u8]>,
    /// The most gas that a call of it may use.
    pub gas_limit: GasLimit,
}

impl Modules {
    /// No modules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These modules and one more, which replaces another of its name. A name with a `#` in it cannot be called.
    #[must_use]
    pub fn with(mut self, name: &str, bytes: &[u8], gas_limit: GasLimit) -> Self {
        self.0.insert(name.to_owned(), CallableModule { bytes: bytes.into(), gas_limit });
        self
    }

    /// The module of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&CallableModule> {
        self.0.get(name)
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl FromIterator<(String, (Arc<[u8]>, GasLimit))> for Modules {
    fn from_iter<I: IntoIterator<Item = (String, (Arc<[u8]>, GasLimit))>>(modules: I) -> Self {
        let callable = |(name, (bytes, gas_limit))| (name, CallableModule { bytes, gas_limit });
        Self(modules.into_iter().map(callable).collect())
    }
}

impl fmt::Debug for CallableModule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes under {} gas", self.bytes.len(), self.gas_limit)
    }
}

/// Modules that can be called on one engine. Each is prepared when it is first called, and kept as long as this is.
#[derive(Debug, Default)]
pub struct Composition {
    modules: Modules,
    cache: Arc<ModuleCache>,
    engine: EngineConfig,
    met: Mutex<BTreeMap<String, Met>>,
}

/// What was found behind a name.
#[derive(Clone, Debug)]
pub(crate) enum Met {
    Rejected,
    Ready(Arc<PreparedModule>, GasLimit),
}

impl Composition {
    /// Modules that are prepared in `cache` for `engine`.
    #[must_use]
    pub fn new(cache: Arc<ModuleCache>, engine: impl Into<EngineConfig>, modules: Modules) -> Self {
        Self { modules, cache, engine: engine.into(), met: Mutex::default() }
    }

    /// The modules.
    #[must_use]
    pub fn modules(&self) -> &Modules {
        &self.modules
    }

    /// The module of a name, prepared, if there is one.
    pub(crate) fn meet(&self, name: &str) -> Result<Option<Met>, Fault> {
        let Some(module) = self.modules.get(name) else { return Ok(None) };
        // A thread that panicked left the map whole: at worst a module is missing, which is prepared again.
        if let Some(met) = self.met.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok(Some(met.clone()));
        }
        // The lock is not held meanwhile: two threads may prepare the same module.
        let met = match with_native_stack(NATIVE_STACK, || self.cache.prepare(self.engine, &module.bytes)) {
            Ok(prepared) => Met::Ready(prepared, module.gas_limit),
            Err(PrepareError::Rejected(_)) => Met::Rejected,
            Err(PrepareError::Fault(fault)) => return Err(fault),
        };
        self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), met.clone());
        Ok(Some(met))
    }
}
