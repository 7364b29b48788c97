//! A module is a metered module that an engine has compiled.

use crate::engine::{CompiledModule, EngineConfig};
use crate::fault::Fault;
use crate::instance::Instance;
use modal_wasm_meter::Interface;
use std::fmt;
use std::sync::Arc;

/// A compiled module. Clones share the code.
#[derive(Clone)]
pub struct Module {
    engine: EngineConfig,
    interface: Arc<Interface>,
    stack_limit_words: u32,
    compiled: Arc<dyn CompiledModule>,
}

impl Module {
    pub(crate) fn new(
        engine: EngineConfig,
        interface: Arc<Interface>,
        stack_limit_words: u32,
        compiled: Box<dyn CompiledModule>,
    ) -> Self {
        Self { engine, interface, stack_limit_words, compiled: compiled.into() }
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

    /// Makes an instance, in a store of its own. Nothing runs: even segments are applied by [`Instance::start`].
    ///
    /// # Errors
    ///
    /// If the machine or the engine refuses.
    pub fn instantiate(&self) -> Result<Instance, Fault> {
        Ok(Instance::new(Arc::clone(&self.interface), self.stack_limit_words, self.compiled.instantiate()?))
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Module").field("engine", &self.engine).finish_non_exhaustive()
    }
}
