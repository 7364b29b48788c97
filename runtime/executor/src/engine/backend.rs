//! A backend is what an engine has to do for this crate: make instances of a module, call them and show their state.

use crate::fault::Fault;
use crate::host::Host;
use crate::trap::Trap;
use crate::value::Value;
use modal_wasm_meter::{Interface, ValueType, names};

/// A module that an engine has compiled.
pub(crate) trait CompiledModule: Send + Sync {
    /// Makes an instance with this in its store; nothing runs.
    fn instantiate(&self, host: Host) -> Result<Box<dyn EngineInstance>, Fault>;
}

/// An instance on an engine. Names and types of calls were checked against the module's interface before.
pub(crate) trait EngineInstance: Send {
    /// The native stack that [`EngineInstance::call`] must be given.
    fn native_stack(&self) -> usize;

    fn call(&mut self, export: &str, args: &[Value], results: &[ValueType]) -> Result<Vec<Value>, Stop>;

    fn counter(&mut self, counter: Counter) -> Result<i64, Fault>;

    fn set_counter(&mut self, counter: Counter, value: i64) -> Result<(), Fault>;

    fn memory(&self) -> Option<&[u8]>;

    fn memory_mut(&mut self) -> Option<&mut [u8]>;

    fn globals(&mut self) -> Result<Vec<Value>, Fault>;

    fn tables(&mut self) -> Result<Vec<Vec<Value>>, Fault>;

    fn host(&self) -> &Host;

    fn host_mut(&mut self) -> &mut Host;
}

/// A global that the meter added to a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Gas,
    Stack,
    StackLow,
    Status,
}

impl Counter {
    pub(crate) const ALL: [Self; 4] = [Self::Gas, Self::Stack, Self::StackLow, Self::Status];

    /// The name under which the metered module exports the counter.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Gas => names::GAS,
            Self::Stack => names::STACK,
            Self::StackLow => names::STACK_LOW,
            Self::Status => names::STATUS,
        }
    }
}

/// Why a call did not return.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The engine's own word for a trap, before the meter's status is asked.
    Trap(Trap),
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The functions that a reference can name, each with the name under which the meter exports it. The guest itself can
/// make references to no others, so a host passes no others either.
pub(super) fn named_functions(interface: &Interface) -> impl Iterator<Item = (u32, String)> + '_ {
    interface.functions.iter().map(|&index| (index, names::function(index)))
}
