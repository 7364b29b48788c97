//! A module is a metered module that an engine has compiled.

use crate::composition::{Composition, Link};
use crate::engine::{CompiledModule, EngineConfig};
use crate::fault::Fault;
use crate::host::Host;
use crate::instance::Instance;
use modal_wasm_meter::{Interface, Metered, Schedule};
use std::fmt;
use std::sync::Arc;

/// A compiled module. Clones share the code.
#[derive(Clone)]
pub struct Module {
    engine: EngineConfig,
    interface: Arc<Interface>,
    schedule: Arc<Schedule>,
    original_sha256: Arc<str>,
    compiled: Arc<dyn CompiledModule>,
}

impl Module {
    pub(crate) fn new(
        engine: EngineConfig,
        interface: Arc<Interface>,
        metered: &Metered,
        compiled: Box<dyn CompiledModule>,
    ) -> Self {
        Self {
            engine,
            interface,
            schedule: Arc::new(metered.schedule.clone()),
            original_sha256: metered.original_sha256.as_str().into(),
            compiled: compiled.into(),
        }
    }

    /// The engine that compiled the module.
    #[must_use]
    pub fn engine(&self) -> EngineConfig {
        self.engine
    }

    /// What the original module exports and holds.
    #[must_use]
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Makes an instance, in a store of its own, that can call no modules. Nothing runs: even segments are applied by
    /// [`Instance::start`].
    ///
    /// # Errors
    ///
    /// If the machine or the engine refuses.
    pub fn instantiate(&self) -> Result<Instance, Fault> {
        self.instantiate_with(&Arc::default())
    }

    /// Makes an instance, as [`Module::instantiate`] does, that can call the modules of a composition.
    ///
    /// # Errors
    ///
    /// If the machine or the engine refuses.
    pub fn instantiate_with(&self, composition: &Arc<Composition>) -> Result<Instance, Fault> {
        let link = Link::new(Arc::clone(composition), Arc::clone(&self.schedule), Arc::clone(&self.original_sha256));
        self.instantiate_linked(link, self.schedule.stack.limit_words)
    }

    /// Makes an instance that has `stack_words` words of stack.
    pub(crate) fn instantiate_linked(&self, link: Link, stack_words: u32) -> Result<Instance, Fault> {
        let backend = self.compiled.instantiate(Host::new(link))?;
        Ok(Instance::new(Arc::clone(&self.interface), stack_words, backend))
    }

    /// The SHA-256 of the original module, in lower hex.
    pub(crate) fn original_sha256(&self) -> &Arc<str> {
        &self.original_sha256
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Module").field("engine", &self.engine).finish_non_exhaustive()
    }
}
