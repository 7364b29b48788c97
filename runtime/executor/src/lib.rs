//! Runs metered WebAssembly modules, with gas that is equal on every engine.
//!
//! There are two layers:
//!
//! - [`WasmExecutor`] takes a guest's original bytes, a method and JSON, and returns an [`Execution`]: it meters,
//!   compiles (once per module, through a [`ModuleCache`]), instantiates, and follows the guest ABI.
//!   [`ModuleRegistry`] keeps modules by name over such a cache, and a [`DiskCache`] keeps the code for programs that
//!   start again.
//! - [`Engine`] compiles bytes that were metered already into a [`Module`], whose [`Instance`]s are called by export
//!   and typed [`Value`]s, and can be inspected afterwards. [`abi::call`] is the guest ABI on such an instance.
//!
//! ```
//! use modal_wasm_runtime::WasmExecutor;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let wasm_bytes = wat::parse_str(
//!     r#"(module
//!         (memory (export "memory") 1)
//!         (data (i32.const 0) "\02\00\00\00{}")
//!         (func (export "alloc") (param i32) (result i32) (i32.const 1024))
//!         (func (export "validate") (param i32 i32) (result i32) (i32.const 0)))"#,
//! )?;
//! let mut executor = WasmExecutor::new(10_000_000);
//! let result = executor.execute(&wasm_bytes, "validate", r#"{"data": "..."}"#)?;
//! assert_eq!(result.output(), Some("{}"));
//! assert_eq!(result.gas_used, 11);
//! # Ok(())
//! # }
//! ```
//!
//! A guest can call other modules: [`WasmExecutor::with_modules`] passes in which, and [`CallCode`] lists what such a
//! call returns when there is no result.
//!
//! Three words name what can go wrong. A **trap** is a deterministic stop, part of the outcome. A **rejection** refuses
//! a module before it runs. A **fault** is an engine or the machine breaking, and is never a verdict on the guest.

pub mod abi;
mod cache;
mod composition;
mod engine;
mod execution;
mod executor;
mod fault;
mod gas;
mod host;
mod instance;
mod module;
mod registry;
mod stack;
mod trap;
mod value;

#[cfg(feature = "planted")]
pub use cache::Safeguard;
pub use cache::{
    CacheStatistics, DiskCache, DiskCacheError, DiskStatistics, ModuleCache, PrepareError, PreparedModule,
};
pub use composition::{CallCode, CallableModule, Composition, ModuleCall, Modules};
pub use engine::{Compiler, Engine, EngineConfig, UnknownEngine};
pub use execution::Execution;
pub use executor::{ExecuteError, WasmExecutor};
pub use fault::Fault;
pub use gas::GasMetrics;
pub use host::HostCall;
pub use instance::{CallError, Instance, Outcome};
pub use modal_wasm_meter::{DEFAULT_GAS_LIMIT, GasLimit, GasLimitError, MAX_GAS_LIMIT};
pub use module::Module;
pub use registry::{ModuleRegistry, RegisterError, RegisteredModule};
pub use stack::NATIVE_STACK;
pub use trap::{Trap, UnknownTrap};
pub use value::{ParseValueError, Value};

/// The README's Rust code compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
