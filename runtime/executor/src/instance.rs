//! An instance is a module with a state: it is begun with gas, started once, invoked, and inspected.

use crate::engine::{Counter, EngineInstance, Stop};
use crate::fault::Fault;
use crate::host::HostCall;
use crate::stack::with_native_stack;
use crate::trap::Trap;
use crate::value::Value;
use modal_wasm_meter::{ExportItem, GasLimit, Interface, Status, ValueType, names};
use std::fmt;
use std::sync::Arc;

/// An instance of a metered module, in a store of its own.
///
/// A budget of gas is opened by [`Instance::begin`] and may span several calls. The first call is [`Instance::start`];
/// if it traps, the instance can be inspected, and nothing more is called on it. Any other trap consumes the budget,
/// after which another one may be opened.
pub struct Instance {
    interface: Arc<Interface>,
    backend: Box<dyn EngineInstance>,
    /// Words that all live frames may weigh together, the stack of every budget.
    stack_words: u32,
    budget: Budget,
    started: Started,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned these results.
    Completed(Vec<Value>),
    /// It stopped.
    Trapped(Trap),
}

/// Why an export could not be called, or broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The original module exports no function of this name.
    #[error("failed to find an exported function `{name}`")]
    NoSuchFunction {
        /// The name.
        name: String,
    },
    /// The arguments are not of the function's parameter types.
    #[error("failed to call `{name}`: its parameters are ({}), the arguments ({})", list(expected), list(given))]
    ArgumentMismatch {
        /// The function's name.
        name: String,
        /// Its parameters.
        expected: Vec<ValueType>,
        /// The arguments' types.
        given: Vec<ValueType>,
    },
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gas and stack for a sequence of calls.
#[derive(Clone, Copy, Debug)]
struct Budget {
    limit: u64,
    left: u64,
    stack_low: i64,
    open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Started {
    NotYet,
    Completed,
    Stopped,
}

impl Instance {
    pub(crate) fn new(interface: Arc<Interface>, stack_words: u32, backend: Box<dyn EngineInstance>) -> Self {
        let budget = Budget { limit: 0, left: 0, stack_low: stack_words.into(), open: false };
        Self { interface, backend, stack_words, budget, started: Started::NotYet }
    }

    /// What the original module exports and holds.
    #[must_use]
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Opens a budget for the calls that follow. What was left of an earlier one is forgotten, as is its high-water.
    pub fn begin(&mut self, gas: GasLimit) {
        self.backend.host_mut().result = None;
        self.budget = Budget { limit: gas.get(), left: gas.get(), stack_low: self.stack_words.into(), open: true };
    }

    /// Starts the instance: charges for instantiation, applies the segments, runs the start function.
    ///
    /// # Errors
    ///
    /// If no budget is open, if the instance was started before, or if something broke.
    pub fn start(&mut self) -> Result<Outcome, Fault> {
        if self.started != Started::NotYet {
            return Err(Fault::OutOfOrder { step: "start an instance", because: "it was started before" });
        }
        self.started = Started::Stopped;
        let outcome = self.call(names::START, &[], &[])?;
        if let Outcome::Completed(_) = outcome {
            self.started = Started::Completed;
        }
        Ok(outcome)
    }

    /// Calls a function that the original module exports.
    ///
    /// # Errors
    ///
    /// If there is no such function, if the arguments do not fit, if the instance was not started or its start
    /// stopped, if no budget is open, or if something broke.
    pub fn invoke(&mut self, export: &str, args: &[Value]) -> Result<Outcome, CallError> {
        let interface = Arc::clone(&self.interface);
        let (params, results) =
            function(&interface, export).ok_or_else(|| CallError::NoSuchFunction { name: export.to_owned() })?;
        if !args.iter().map(|arg| arg.value_type()).eq(params.iter().copied()) {
            return Err(CallError::ArgumentMismatch {
                name: export.to_owned(),
                expected: params.to_vec(),
                given: args.iter().map(|arg| arg.value_type()).collect(),
            });
        }
        let because = match self.started {
            Started::Completed => return Ok(self.call(export, args, results)?),
            Started::NotYet => "the instance was not started",
            Started::Stopped => "the instance's start did not complete",
        };
        Err(Fault::OutOfOrder { step: "invoke a function", because }.into())
    }

    /// The gas that the budget's calls have used: all of it if one of them trapped.
    #[must_use]
    pub fn gas_used(&self) -> u64 {
        self.budget.limit.saturating_sub(self.budget.left)
    }

    /// The gas that the budget has left.
    #[must_use]
    pub fn gas_left(&self) -> u64 {
        self.budget.left
    }

    /// The most words that live frames weighed in the budget's calls.
    #[must_use]
    pub fn stack_high_water(&self) -> u32 {
        u32::try_from(i64::from(self.stack_words) - self.budget.stack_low).unwrap_or(self.stack_words)
    }

    /// The memory's bytes, if the module has a memory.
    #[must_use]
    pub fn memory(&self) -> Option<&[u8]> {
        self.backend.memory()
    }

    /// The memory's bytes, to be written, if the module has a memory.
    pub fn memory_mut(&mut self) -> Option<&mut [u8]> {
        self.backend.memory_mut()
    }

    /// The values of the original module's globals, by index.
    ///
    /// # Errors
    ///
    /// If the engine shows something that cannot be named.
    pub fn globals(&mut self) -> Result<Vec<Value>, Fault> {
        self.backend.globals()
    }

    /// The elements of the original module's tables, by index.
    ///
    /// # Errors
    ///
    /// If the engine shows something that cannot be named.
    pub fn tables(&mut self) -> Result<Vec<Vec<Value>>, Fault> {
        self.backend.tables()
    }

    /// The calls that the guest made to the host. `modal.result` is left out.
    #[must_use]
    pub fn host_calls(&self) -> &[HostCall] {
        &self.backend.host().calls
    }

    /// Takes the log of calls to the host, which is empty afterwards.
    pub fn take_host_calls(&mut self) -> Vec<HostCall> {
        std::mem::take(&mut self.backend.host_mut().calls)
    }

    /// Takes gas from the budget for what is no call.
    pub(crate) fn spend(&mut self, gas: u64) -> Result<(), Trap> {
        self.budget.left = self.budget.left.checked_sub(gas).ok_or(Trap::OutOfGas)?;
        Ok(())
    }

    /// The fewest stack words that the budget's calls left.
    pub(crate) fn stack_low(&self) -> i64 {
        self.budget.stack_low
    }

    /// Consumes the whole budget, as everything does that ends it other than by returning.
    pub(crate) fn forfeit(&mut self) {
        self.budget.left = 0;
        self.budget.open = false;
    }

    /// Runs `body` on a native stack that is deep enough for calls, so that several of them share the cost of one.
    pub(crate) fn on_its_stack<T>(&mut self, body: impl FnOnce(&mut Self) -> T) -> T {
        with_native_stack(self.backend.native_stack(), || body(self))
    }

    fn call(&mut self, export: &str, args: &[Value], results: &[ValueType]) -> Result<Outcome, Fault> {
        if !self.budget.open {
            return Err(Fault::OutOfOrder { step: "call a function", because: "no budget of gas is open" });
        }
        let began = i64::try_from(self.budget.left).unwrap_or(i64::MAX);
        self.backend.set_counter(Counter::Gas, began)?;
        self.backend.set_counter(Counter::Stack, self.stack_words.into())?;
        self.backend.set_counter(Counter::StackLow, self.budget.stack_low)?;
        self.backend.set_counter(Counter::Status, 0)?;
        let stopped = match self.on_its_stack(|instance| instance.backend.call(export, args, results)) {
            Ok(values) => Ok(values),
            Err(Stop::Trap(trap)) => Err(trap),
            Err(Stop::Fault(fault)) => {
                self.forfeit();
                return Err(fault);
            }
        };
        let outcome = self.settle(stopped, began);
        if !matches!(outcome, Ok(Outcome::Completed(_))) {
            self.forfeit();
        }
        outcome
    }

    /// Reads the meter's counters after a call, and lets them have the last word on how it ended.
    fn settle(&mut self, ended: Result<Vec<Value>, Trap>, began: i64) -> Result<Outcome, Fault> {
        let code = self.backend.counter(Counter::Status)?;
        let low = self.backend.counter(Counter::StackLow)?;
        if !(0..=self.budget.stack_low).contains(&low) {
            let counter = Counter::StackLow.name();
            return Err(Fault::Counter { counter, found: low, began: self.budget.stack_low });
        }
        self.budget.stack_low = low;
        let values = match (ended, code, Status::from_code(code)) {
            (Ok(values), 0, _) => values,
            (Err(trap), 0, _) => return Ok(Outcome::Trapped(trap)),
            (Err(Trap::Unreachable), _, Some(status)) => return Ok(Outcome::Trapped(status.into())),
            (ended, status, _) => return Err(Fault::UnknownStatus { status, trap: ended.err() }),
        };
        let stack = self.backend.counter(Counter::Stack)?;
        if stack != i64::from(self.stack_words) {
            let counter = Counter::Stack.name();
            return Err(Fault::Counter { counter, found: stack, began: self.stack_words.into() });
        }
        let gas = self.backend.counter(Counter::Gas)?;
        if gas > began {
            return Err(Fault::Counter { counter: Counter::Gas.name(), found: gas, began });
        }
        // Completion is a checkpoint: a call that returned with less than nothing left did not complete.
        match u64::try_from(gas) {
            Ok(left) => {
                self.budget.left = left;
                Ok(Outcome::Completed(values))
            }
            Err(_) => Ok(Outcome::Trapped(Trap::OutOfGas)),
        }
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance").field("budget", &self.budget).field("started", &self.started).finish_non_exhaustive()
    }
}

fn list(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The parameters and results of an exported function.
pub(crate) fn function<'a>(interface: &'a Interface, name: &str) -> Option<(&'a [ValueType], &'a [ValueType])> {
    let export = interface.exports.iter().find(|export| export.name == name)?;
    match &export.item {
        ExportItem::Function { params, results, .. } => Some((params, results)),
        ExportItem::Memory | ExportItem::Table { .. } | ExportItem::Global { .. } => None,
    }
}
