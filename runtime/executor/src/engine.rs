//! An engine compiles metered modules and runs them; all of them must agree.

mod backend;
mod wasmi;
mod wasmtime;

use crate::cache::{DiskCache, DiskUse};
use crate::fault::Fault;
use crate::module::Module;
pub(crate) use backend::{CompiledModule, Counter, EngineInstance, Stop};
use modal_wasm_meter::Metered;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// An engine, in its usual configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engine {
    /// Wasmtime: compiles to machine code.
    #[default]
    Wasmtime,
    /// wasmi: interprets.
    Wasmi,
}

impl Engine {
    /// Both engines.
    pub const ALL: [Self; 2] = [Self::Wasmtime, Self::Wasmi];

    /// The engine's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wasmtime => "wasmtime",
            Self::Wasmi => "wasmi",
        }
    }

    /// The release of the engine that this crate is built with.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Wasmtime => "48.0.8",
            Self::Wasmi => "1.1.0",
        }
    }

    /// Compiles a metered module in the engine's usual configuration.
    ///
    /// # Errors
    ///
    /// If the engine does not take what the meter made.
    pub fn compile(self, metered: &Metered) -> Result<Module, Fault> {
        EngineConfig::from(self).compile(metered)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Engine {
    type Err = UnknownEngine;

    fn from_str(name: &str) -> Result<Self, UnknownEngine> {
        Self::ALL
            .into_iter()
            .find(|engine| engine.name() == name)
            .ok_or_else(|| UnknownEngine { name: name.to_owned() })
    }
}

/// A way that Wasmtime has of turning a module into something that runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compiler {
    /// Cranelift, optimising for speed.
    #[default]
    Cranelift,
    /// Cranelift without optimisation.
    CraneliftNone,
    /// Cranelift without optimisation and with its single-pass register allocator.
    CraneliftSinglePass,
    /// Winch, the baseline compiler. It has no external references.
    Winch,
    /// Cranelift, to Pulley's bytecode, which is interpreted.
    Pulley,
}

/// An engine in one configuration, by which a lane is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngineConfig {
    /// Wasmtime with one of its compilers.
    Wasmtime(Compiler),
    /// wasmi, translating eagerly.
    Wasmi,
}

impl EngineConfig {
    /// Every configuration.
    pub const ALL: [Self; 6] = [
        Self::Wasmtime(Compiler::Cranelift),
        Self::Wasmtime(Compiler::CraneliftNone),
        Self::Wasmtime(Compiler::CraneliftSinglePass),
        Self::Wasmtime(Compiler::Winch),
        Self::Wasmtime(Compiler::Pulley),
        Self::Wasmi,
    ];

    /// The configuration's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wasmtime(Compiler::Cranelift) => "wasmtime",
            Self::Wasmtime(Compiler::CraneliftNone) => "wasmtime-none",
            Self::Wasmtime(Compiler::CraneliftSinglePass) => "wasmtime-single-pass",
            Self::Wasmtime(Compiler::Winch) => "wasmtime-winch",
            Self::Wasmtime(Compiler::Pulley) => "wasmtime-pulley",
            Self::Wasmi => "wasmi",
        }
    }

    /// The engine that is configured.
    #[must_use]
    pub const fn engine(self) -> Engine {
        match self {
            Self::Wasmtime(_) => Engine::Wasmtime,
            Self::Wasmi => Engine::Wasmi,
        }
    }

    /// Compiles a metered module. Modules of one configuration share one engine in the process.
    ///
    /// # Errors
    ///
    /// If the engine does not take what the meter made.
    pub fn compile(self, metered: &Metered) -> Result<Module, Fault> {
        let interface = Arc::new(metered.interface.clone());
        let compiled: Box<dyn CompiledModule> = match self {
            Self::Wasmtime(compiler) => {
                Box::new(wasmtime::Compiled::new(compiler, &metered.bytes, Arc::clone(&interface))?)
            }
            Self::Wasmi => Box::new(wasmi::Compiled::new(&metered.bytes, Arc::clone(&interface))?),
        };
        Ok(Module::new(self, interface, metered, compiled))
    }

    /// Compiles a metered module unless `disk` has the code. The module is what the meter has just made.
    pub(crate) fn compile_once(self, metered: &Metered, disk: &DiskCache, used: &mut DiskUse) -> Result<Module, Fault> {
        match self {
            Self::Wasmtime(compiler) => {
                let interface = Arc::new(metered.interface.clone());
                let compiled = wasmtime::Compiled::once(compiler, metered, Arc::clone(&interface), disk, used)?;
                Ok(Module::new(self, interface, metered, Box::new(compiled)))
            }
            // Its code has no form that can be kept.
            Self::Wasmi => self.compile(metered),
        }
    }
}

impl Default for EngineConfig {
    fn default() -> Self {
        Engine::default().into()
    }
}

impl From<Engine> for EngineConfig {
    fn from(engine: Engine) -> Self {
        match engine {
            Engine::Wasmtime => Self::Wasmtime(Compiler::default()),
            Engine::Wasmi => Self::Wasmi,
        }
    }
}

impl fmt::Display for EngineConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for EngineConfig {
    type Err = UnknownEngine;

    fn from_str(name: &str) -> Result<Self, UnknownEngine> {
        Self::ALL
            .into_iter()
            .find(|config| config.name() == name)
            .ok_or_else(|| UnknownEngine { name: name.to_owned() })
    }
}

impl Serialize for EngineConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A name that no engine, or no configuration of one, has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to find an engine named `{name}`")]
pub struct UnknownEngine {
    /// The name that was given.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for engine in Engine::ALL {
            assert_eq!(engine.to_string().parse(), Ok(engine));
            assert_eq!(EngineConfig::from(engine).name(), engine.name());
        }
        for config in EngineConfig::ALL {
            assert_eq!(config.to_string().parse(), Ok(config));
        }
        assert_eq!("v8".parse::<Engine>().unwrap_err().to_string(), "failed to find an engine named `v8`");
    }

    #[test]
    fn versions_are_those_of_the_lock_file() {
        let lock = include_str!("../../../Cargo.lock");
        for engine in Engine::ALL {
            let package = format!("name = \"{engine}\"\nversion = \"{}\"\n", engine.version());
            assert!(lock.contains(&package), "{package}");
        }
    }
}
