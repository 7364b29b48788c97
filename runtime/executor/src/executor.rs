//! An executor runs methods of guests, from their original bytes.

use crate::abi::{self, AbiError};
use crate::cache::{ModuleCache, PrepareError, PreparedModule};
use crate::composition::{Composition, Modules};
use crate::engine::EngineConfig;
use crate::execution::Execution;
use crate::fault::Fault;
use crate::gas::GasMetrics;
use modal_wasm_meter::{GasLimit, GasLimitError, Metered, Rejection};
use std::sync::Arc;

/// Runs guests on one engine under one gas limit, and counts the gas.
///
/// ```
/// use modal_wasm_runtime::{Engine, WasmExecutor};
///
/// let executor = WasmExecutor::new(10_000_000).with_engine(Engine::Wasmi);
/// assert!(executor.validate_module(b"\0asm\x01\0\0\0").is_ok());
/// // A limit that no execution can have is refused as soon as the executor is used.
/// assert!(WasmExecutor::new(0).validate_module(b"\0asm\x01\0\0\0").is_err());
/// ```
#[derive(Debug)]
pub struct WasmExecutor {
    gas_limit: Result<GasLimit, GasLimitError>,
    engine: EngineConfig,
    cache: Arc<ModuleCache>,
    composition: Arc<Composition>,
    metrics: GasMetrics,
}

/// Why there is no execution.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExecuteError {
    /// The executor was made with a number that is no gas limit.
    #[error(transparent)]
    GasLimit(#[from] GasLimitError),
    /// The meter refused the module.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The input is longer than [`abi::MAX_INPUT_BYTES`].
    #[error("failed to pass {bytes} bytes to a guest: an input has at most {}", abi::MAX_INPUT_BYTES)]
    InputTooLong {
        /// The input's length.
        bytes: usize,
    },
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl WasmExecutor {
    /// An executor on the default engine. A `gas_limit` of 0 or above [`crate::MAX_GAS_LIMIT`] makes every use of it
    /// fail with [`ExecuteError::GasLimit`]; [`WasmExecutor::try_new`] says so at once.
    #[must_use]
    pub fn new(gas_limit: u64) -> Self {
        Self {
            gas_limit: GasLimit::new(gas_limit),
            engine: EngineConfig::default(),
            cache: Arc::default(),
            composition: Arc::default(),
            metrics: GasMetrics::default(),
        }
    }

    /// An executor on the default engine.
    ///
    /// # Errors
    ///
    /// If `gas_limit` is 0 or above [`crate::MAX_GAS_LIMIT`].
    pub fn try_new(gas_limit: u64) -> Result<Self, GasLimitError> {
        GasLimit::new(gas_limit)?;
        Ok(Self::new(gas_limit))
    }

    /// The same executor on another engine.
    #[must_use]
    pub fn with_engine(mut self, engine: impl Into<EngineConfig>) -> Self {
        self.engine = engine.into();
        self.recompose()
    }

    /// The same executor with a cache that others use too.
    #[must_use]
    pub fn with_cache(mut self, cache: Arc<ModuleCache>) -> Self {
        self.cache = cache;
        self.recompose()
    }

    /// The same executor with the modules that guests can call by name, in place of any before: those of the guests'
    /// contract, as they are when the execution begins. Each is prepared when it is first called.
    ///
    /// ```
    /// use modal_wasm_runtime::{GasLimit, Modules, WasmExecutor};
    ///
    /// let helper = *b"\0asm\x01\0\0\0";
    /// let modules = Modules::new().with("/helper", &helper, GasLimit::default());
    /// let executor = WasmExecutor::new(10_000_000).with_modules(modules);
    /// assert_eq!(executor.modules().names().collect::<Vec<_>>(), ["/helper"]);
    /// ```
    #[must_use]
    pub fn with_modules(mut self, modules: Modules) -> Self {
        self.set_modules(modules);
        self
    }

    /// Replaces the modules that guests can call, as [`WasmExecutor::with_modules`] does.
    pub fn set_modules(&mut self, modules: Modules) {
        self.composition = Arc::new(Composition::new(Arc::clone(&self.cache), self.engine, modules));
    }

    /// The modules that guests can call.
    #[must_use]
    pub fn modules(&self) -> &Modules {
        self.composition.modules()
    }

    /// Callees run on the executor's engine and come from its cache.
    fn recompose(self) -> Self {
        let modules = self.modules().clone();
        self.with_modules(modules)
    }

    /// Says what the meter makes of a module, without running anything.
    ///
    /// # Errors
    ///
    /// If the executor's gas limit is none, or the meter refuses the module.
    pub fn validate_module(&self, original: &[u8]) -> Result<Metered, ExecuteError> {
        self.gas_limit?;
        Ok(self.cache.meter().meter(original)?)
    }

    /// Runs `method` of a guest on `input`. The module is metered and compiled unless the cache has it.
    ///
    /// # Errors
    ///
    /// If nothing was run: the executor's gas limit is none, the meter refuses the module, the input is too long; or if
    /// something broke. A trap is no error, and neither is a guest that breaks the ABI: they are the outcome.
    pub fn execute(&mut self, original: &[u8], method: &str, input: &str) -> Result<Execution, ExecuteError> {
        self.gas_limit?;
        // A usage error costs nothing, not even a compilation.
        abi::check_input(input)?;
        let prepared = self.cache.prepare(self.engine, original)?;
        self.execute_prepared(&prepared, method, input)
    }

    /// Runs `method` of a guest that was prepared before, on the engine that it was prepared for.
    ///
    /// # Errors
    ///
    /// As [`WasmExecutor::execute`], but for the meter's refusal.
    pub fn execute_prepared(
        &mut self,
        prepared: &PreparedModule,
        method: &str,
        input: &str,
    ) -> Result<Execution, ExecuteError> {
        let gas = self.gas_limit?;
        let mut instance = prepared.module.instantiate_with(&self.composition)?;
        let outcome = abi::call(&mut instance, method, input, gas)?;
        let execution = Execution {
            outcome,
            gas_used: instance.gas_used(),
            gas_left: instance.gas_left(),
            gas_limit: gas.get(),
            stack_high_water: instance.stack_high_water(),
            sha256: prepared.sha256.clone(),
            metered_sha256: prepared.metered_sha256.clone(),
            engine: prepared.module.engine(),
        };
        self.metrics.count(&execution);
        Ok(execution)
    }

    /// The gas that each execution is given.
    ///
    /// # Errors
    ///
    /// If the executor was made with a number that is no gas limit.
    pub fn gas_limit(&self) -> Result<GasLimit, GasLimitError> {
        self.gas_limit
    }

    /// The engine that runs guests.
    #[must_use]
    pub fn engine(&self) -> EngineConfig {
        self.engine
    }

    /// The cache of prepared modules.
    #[must_use]
    pub fn cache(&self) -> &Arc<ModuleCache> {
        &self.cache
    }

    /// Totals over all executions so far.
    #[must_use]
    pub fn gas_metrics(&self) -> GasMetrics {
        self.metrics
    }
}

impl From<PrepareError> for ExecuteError {
    fn from(error: PrepareError) -> Self {
        match error {
            PrepareError::Rejected(rejection) => Self::Rejected(rejection),
            PrepareError::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<AbiError> for ExecuteError {
    fn from(error: AbiError) -> Self {
        match error {
            AbiError::InputTooLong { bytes } => Self::InputTooLong { bytes },
            AbiError::Fault(fault) => Self::Fault(fault),
        }
    }
}
