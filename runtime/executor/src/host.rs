//! The host is what a guest can call: a closed list, whose calls are logged.

use crate::value::Value;
use serde::Serialize;
use std::fmt;
use wasmi_core::LimiterError;

/// A call that a guest made to the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostCall {
    /// The module that the function was imported from.
    pub module: &'static str,
    /// The function.
    pub name: &'static str,
    /// What it was given.
    pub args: Vec<Value>,
}

/// A function that a guest may import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostFunction {
    /// `env.abort`, with no parameters or AssemblyScript's four: logs the call and traps.
    Abort,
}

impl HostFunction {
    /// Finds the host function behind an import of a function, if there is one of that name and type.
    pub(crate) fn resolve(module: &str, name: &str, params: usize, all_i32: bool, results: usize) -> Option<Self> {
        match (module, name, params, results) {
            ("env", "abort", 0 | 4, 0) if all_i32 => Some(Self::Abort),
            _ => None,
        }
    }

    /// Runs the function. Its only function never returns to the guest.
    pub(crate) fn call(self, host: &mut Host, args: Vec<Value>) -> GuestAbort {
        match self {
            Self::Abort => {
                host.calls.push(HostCall { module: "env", name: "abort", args });
                GuestAbort
            }
        }
    }
}

/// What an engine's store holds for the host.
#[derive(Debug, Default)]
pub(crate) struct Host {
    pub(crate) calls: Vec<HostCall>,
    pub(crate) growth: Growth,
}

/// The error that ends a guest that called `env.abort`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GuestAbort;

impl fmt::Display for GuestAbort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the guest called abort")
    }
}

impl std::error::Error for GuestAbort {}

impl wasmi::errors::HostError for GuestAbort {}

/// Tells a growth that the rules refuse, which a guest sees as -1, from one that the machine refuses, which is a fault.
///
/// An engine asks before it grows, and says so when it then cannot.
#[derive(Debug, Default)]
pub(crate) struct Growth {
    failed: bool,
}

/// What Wasmtime says of growths that it refuses without asking, because no memory or table can be that large.
const BEYOND_ANY: [&str; 2] = ["memory growth exceeds memory type's limits", "overflow calculating new table size"];

impl Growth {
    /// Whether the machine refused a growth of a wasmi instance. What the guest computed after that is worth nothing.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    fn allows(desired: usize, maximum: Option<usize>) -> bool {
        maximum.is_none_or(|maximum| desired <= maximum)
    }

    fn of_the_machine(error: &wasmtime::Error) -> Result<(), OutOfMemory> {
        if BEYOND_ANY.contains(&error.to_string().as_str()) { Ok(()) } else { Err(OutOfMemory) }
    }
}

/// The error that ends a guest whose growth the machine refused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutOfMemory;

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the machine refused memory that the rules allow")
    }
}

impl std::error::Error for OutOfMemory {}

impl wasmtime::ResourceLimiter for Growth {
    fn memory_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(Self::allows(desired, maximum))
    }

    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        Ok(Self::of_the_machine(&error)?)
    }

    fn table_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        Ok(Self::allows(desired, maximum))
    }

    fn table_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        Ok(Self::of_the_machine(&error)?)
    }
}

impl wasmi::ResourceLimiter for Growth {
    fn memory_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> Result<bool, LimiterError> {
        Ok(Self::allows(desired, maximum))
    }

    // wasmi calls this only for a growth that was allowed, and shows the guest a -1 whatever is done here.
    fn memory_grow_failed(&mut self, _: &LimiterError) {
        self.failed = true;
    }

    fn table_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> Result<bool, LimiterError> {
        Ok(Self::allows(desired, maximum))
    }

    fn table_grow_failed(&mut self, _: &LimiterError) {
        self.failed = true;
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        usize::MAX
    }

    fn memories(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_after_consent_is_the_machines() {
        let check = |error: &str, machine: bool| {
            assert_eq!(Growth::of_the_machine(&wasmtime::Error::msg(error.to_owned())).is_err(), machine, "{error}");
        };
        check("memory growth exceeds memory type's limits", false);
        check("Cannot allocate memory (os error 12)", true);
        assert!(Growth::allows(2, Some(2)));
        assert!(Growth::allows(usize::MAX, None));
        assert!(!Growth::allows(3, Some(2)));
    }

    #[test]
    fn the_list_of_functions_is_closed() {
        let check = |module, name, params, all_i32, results, expect| {
            assert_eq!(HostFunction::resolve(module, name, params, all_i32, results), expect);
        };
        check("env", "abort", 0, true, 0, Some(HostFunction::Abort));
        check("env", "abort", 4, true, 0, Some(HostFunction::Abort));
        check("env", "abort", 4, false, 0, None);
        check("env", "abort", 1, true, 0, None);
        check("env", "abort", 0, true, 1, None);
        check("env", "exit", 0, true, 0, None);
        check("modal", "abort", 0, true, 0, None);
    }
}
