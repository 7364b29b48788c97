//! An engine compiles metered modules and runs them. This is what a worker is written against.

use crate::Value;
use modal_wasm_meter::Interface;
use serde::Serialize;

/// Which engine a worker has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The engine's name.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// The options under which it runs.
    pub flags: Vec<String>,
    /// The features of the profile that it lacks, beside `composition`.
    pub lacks: Vec<String>,
}

/// An engine.
pub trait Engine {
    /// What a module is compiled to.
    type Module;
    /// A module with a state.
    type Instance: Instance;

    /// Which engine it is.
    fn about(&self) -> About;

    /// Compiles a metered module.
    ///
    /// # Errors
    ///
    /// If the engine refuses what the meter made.
    fn compile(&mut self, metered: &[u8]) -> Result<Self::Module, Fault>;

    /// Makes a new instance, in a store of its own, without running anything: a metered module has no start function.
    ///
    /// The module may import `env.abort`, without results and with no parameters or four of the type i32, as often as it
    /// likes. The engine links a function that keeps its arguments for [`Instance::take_aborts`] and stops the guest with
    /// [`Trap::GuestAbort`]. It may import `modal.call` and `modal.result` as well, whose calls are a fault.
    ///
    /// # Errors
    ///
    /// If the engine, or the machine, refuses.
    fn instantiate(&mut self, module: &Self::Module, interface: &Interface) -> Result<Self::Instance, Fault>;
}

/// An instance. Exports are those of the metered module, which [`names`](crate::names) tells.
pub trait Instance {
    /// Calls an exported function.
    ///
    /// # Errors
    ///
    /// How the guest stopped, or what broke.
    fn call(&mut self, export: &str, args: &[Value], results: usize) -> Result<Vec<Value>, Stop>;

    /// The value of an exported global.
    ///
    /// # Errors
    ///
    /// If there is none, or it has a value that cannot be told.
    fn global(&mut self, export: &str) -> Result<Value, Fault>;

    /// Sets an exported global.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot have that value.
    fn set_global(&mut self, export: &str, value: Value) -> Result<(), Fault>;

    /// The bytes of the memory that is exported as `modal:memory`, if there is one.
    fn memory(&mut self) -> Option<&mut [u8]>;

    /// The elements of an exported table.
    ///
    /// # Errors
    ///
    /// If there is none, or it has an element that cannot be told.
    fn table(&mut self, export: &str) -> Result<Vec<Value>, Fault>;

    /// The arguments of each call of `env.abort` since this was last asked.
    fn take_aborts(&mut self) -> Vec<Vec<Value>>;
}

/// How a call ends that does not return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The guest stopped, by the specification.
    Trap(Trap),
    /// Something broke.
    Fault(Fault),
}

/// The kinds of trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum Trap {
    Unreachable,
    OutOfGas,
    CallStackExhausted,
    MemoryOutOfBounds,
    TableOutOfBounds,
    IndirectCallToNull,
    BadSignature,
    IntegerDivisionByZero,
    IntegerOverflow,
    BadConversionToInteger,
    GuestAbort,
}

/// Why a case cannot be observed: the engine's or the machine's trouble, and never a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct Fault {
    /// A short name, by which faults are counted. It does not begin with `Worker`.
    pub kind: &'static str,
    /// What happened.
    pub detail: String,
}

impl Fault {
    /// A fault of this kind.
    pub fn new(kind: &'static str, detail: impl ToString) -> Self {
        Self { kind, detail: detail.to_string() }
    }
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
