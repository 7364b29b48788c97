//! The host is what a guest can call: a closed list, whose calls are logged.

use crate::composition::{self, Link, ModuleCall};
use crate::engine::Counter;
use crate::fault::Fault;
use crate::trap::Trap;
use crate::value::Value;
use modal_wasm_meter::ValueType;
use serde::Serialize;
use std::fmt;
use wasmi_core::LimiterError;

/// A call that a guest made to the host. Copies of results by `modal.result` are not logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostCall {
    /// The module that the function was imported from.
    pub module: &'static str,
    /// The function.
    pub name: &'static str,
    /// What it was given.
    pub args: Vec<Value>,
    /// What `modal.call` came to, if it returned.
    pub called: Option<ModuleCall>,
}

/// A function that a guest may import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostFunction {
    /// `env.abort`, with no parameters or AssemblyScript's four: logs the call and traps.
    Abort,
    /// `modal.call`: runs another module.
    Call,
    /// `modal.result`: copies what it returned.
    Result,
}

impl HostFunction {
    /// Finds the host function behind an import of a function, if there is one of that name and type.
    pub(crate) fn resolve(module: &str, name: &str, params: &[ValueType], results: &[ValueType]) -> Option<Self> {
        use ValueType::{I32, I64};
        match (module, name, params, results) {
            ("env", "abort", [] | [I32, I32, I32, I32], []) => Some(Self::Abort),
            ("modal", "call", [I32, I32, I32, I32, I64], [I32]) => Some(Self::Call),
            ("modal", "result", [I32], []) => Some(Self::Result),
            _ => None,
        }
    }

    /// Runs the function for a guest. The arguments are of the types that [`HostFunction::resolve`] has seen.
    pub(crate) fn call(self, guest: &mut dyn Guest, args: &[Value]) -> Result<Option<i32>, HostStop> {
        match (self, args) {
            (Self::Abort, _) => {
                guest.memory_and_host().1.log("env", "abort", args);
                Err(Trap::GuestAbort.into())
            }
            (Self::Call, &[Value::I32(name), Value::I32(name_len), Value::I32(input), Value::I32(input_len), gas]) => {
                let Value::I64(gas) = gas else { return Err(Fault::UnknownValue.into()) };
                guest.memory_and_host().1.log("modal", "call", args);
                let called = composition::call(guest, (name, name_len), (input, input_len), gas)?;
                let returned = called.returned;
                if let Some(logged) = guest.memory_and_host().1.calls.last_mut() {
                    logged.called = Some(called);
                }
                Ok(Some(returned))
            }
            (Self::Result, &[Value::I32(to)]) => composition::copy_result(guest, to).map(|()| None),
            (Self::Call | Self::Result, _) => Err(Fault::UnknownValue.into()),
        }
    }
}

/// The guest that called the host, in the middle of its call.
pub(crate) trait Guest {
    fn counter(&mut self, counter: Counter) -> Result<i64, Fault>;

    fn set_counter(&mut self, counter: Counter, value: i64) -> Result<(), Fault>;

    /// The memory, which has no bytes in a module without one, and what the store holds for the host.
    fn memory_and_host(&mut self) -> (&mut [u8], &mut Host);
}

/// What an engine's store holds for the host.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) calls: Vec<HostCall>,
    pub(crate) growth: Growth,
    /// What the guest knows of other modules.
    pub(crate) link: Link,
    /// The result of the last module called, for the guest to copy.
    pub(crate) result: Option<String>,
}

impl Host {
    pub(crate) fn new(link: Link) -> Self {
        Self { calls: Vec::new(), growth: Growth::default(), link, result: None }
    }

    fn log(&mut self, module: &'static str, name: &'static str, args: &[Value]) {
        self.calls.push(HostCall { module, name, args: args.to_vec(), called: None });
    }
}

/// The error with which a host function ends its guest.
#[derive(Clone, Debug)]
pub(crate) enum HostStop {
    Trap(Trap),
    Fault(Fault),
}

impl From<Trap> for HostStop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl From<Fault> for HostStop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl fmt::Display for HostStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trap(trap) => trap.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for HostStop {}

impl wasmi::errors::HostError for HostStop {}

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
        use ValueType::{F32, I32, I64};
        let check = |module, name, params: &[ValueType], results: &[ValueType], expect| {
            assert_eq!(HostFunction::resolve(module, name, params, results), expect, "{module}.{name}");
        };
        check("env", "abort", &[], &[], Some(HostFunction::Abort));
        check("env", "abort", &[I32; 4], &[], Some(HostFunction::Abort));
        check("env", "abort", &[I32, I32, I32, F32], &[], None);
        check("env", "abort", &[I32], &[], None);
        check("env", "abort", &[], &[I32], None);
        check("env", "exit", &[], &[], None);
        check("modal", "abort", &[], &[], None);
        check("modal", "call", &[I32, I32, I32, I32, I64], &[I32], Some(HostFunction::Call));
        check("modal", "call", &[I32, I32, I32, I32, I32], &[I32], None);
        check("modal", "call", &[I32, I32, I32, I32, I64], &[], None);
        check("modal", "result", &[I32], &[], Some(HostFunction::Result));
        check("modal", "result", &[I32], &[I32], None);
    }
}
