//! A run is an instance under budgets of gas: the counters are set before each call and have the last word after it.

use crate::engine::{Fault, Instance, Stop, Trap};
use crate::value::Value;
use modal_wasm_meter::{ExportItem, GasLimit, Interface, Schedule, Status, ValueType, names};

/// An instance with the budget of its calls.
pub(crate) struct Running<'a, I> {
    pub(crate) instance: I,
    pub(crate) interface: &'a Interface,
    stack_words: u32,
    limit: u64,
    left: u64,
    stack_low: u32,
}

impl<'a, I: Instance> Running<'a, I> {
    pub(crate) fn new(instance: I, interface: &'a Interface, schedule: &Schedule) -> Self {
        let stack_words = schedule.stack.limit_words;
        Self { instance, interface, stack_words, limit: 0, left: 0, stack_low: stack_words }
    }

    /// Opens a budget for the calls that follow.
    pub(crate) fn begin(&mut self, gas: u64) -> Result<(), Fault> {
        let limit = GasLimit::new(gas).map_err(|error| Fault::new("Usage", error))?.get();
        (self.limit, self.left, self.stack_low) = (limit, limit, self.stack_words);
        Ok(())
    }

    pub(crate) fn gas_left(&self) -> u64 {
        self.left
    }

    pub(crate) fn gas_used(&self) -> u64 {
        self.limit - self.left
    }

    pub(crate) fn stack_high_water(&self) -> u32 {
        self.stack_words - self.stack_low
    }

    /// Consumes the budget, as everything does that ends it other than by returning.
    pub(crate) fn forfeit(&mut self) {
        self.left = 0;
    }

    pub(crate) fn start(&mut self) -> Result<Vec<Value>, Stop> {
        self.call(names::START, &[], 0)
    }

    /// Calls a function that the original exports.
    pub(crate) fn invoke(&mut self, export: &str, args: &[Value]) -> Result<Vec<Value>, Stop> {
        let (params, results) = function(self.interface, export)
            .ok_or_else(|| Fault::new("Usage", format!("no function {export:?} is exported")))?;
        if !args.iter().map(value_type).eq(params.iter().copied()) {
            return Err(Fault::new("Usage", format!("the arguments do not fit {export:?}")).into());
        }
        self.call(export, args, results.len())
    }

    fn call(&mut self, export: &str, args: &[Value], results: usize) -> Result<Vec<Value>, Stop> {
        let began = self.left;
        self.instance.set_global(names::GAS, Value::I64(began))?;
        self.instance.set_global(names::STACK, Value::I32(self.stack_words))?;
        self.instance.set_global(names::STACK_LOW, Value::I32(self.stack_low))?;
        self.instance.set_global(names::STATUS, Value::I32(0))?;
        let ended = match self.instance.call(export, args, results) {
            Err(Stop::Fault(fault)) => return Err(fault.into()),
            ended => ended,
        };
        let settled = self.settle(ended, began);
        if settled.is_err() {
            self.forfeit();
        }
        settled
    }

    /// What the counters make of the end of a call.
    fn settle(&mut self, ended: Result<Vec<Value>, Stop>, began: u64) -> Result<Vec<Value>, Stop> {
        let status = self.word(names::STATUS)?;
        let low = self.word(names::STACK_LOW)?;
        if low > self.stack_low {
            return Err(Fault::new("Counter", format!("{} is {low} after {}", names::STACK_LOW, self.stack_low)).into());
        }
        self.stack_low = low;
        let values = match (ended, status, Status::from_code(status.into())) {
            (Ok(values), 0, _) => values,
            (Err(stop), 0, _) => return Err(stop),
            (Err(Stop::Trap(Trap::Unreachable)), _, Some(status)) => return Err(trap(status).into()),
            (_, status, _) => return Err(Fault::new("UnknownStatus", format!("the status is {status}")).into()),
        };
        let stack = self.word(names::STACK)?;
        if stack != self.stack_words {
            return Err(Fault::new("Counter", format!("{} is {stack}, not {}", names::STACK, self.stack_words)).into());
        }
        let Value::I64(gas) = self.instance.global(names::GAS)? else {
            return Err(Fault::new("Counter", format!("{} is no i64", names::GAS)).into());
        };
        // Completion is a checkpoint: a call that returned with less than nothing left did not complete.
        let Ok(left) = u64::try_from(gas.cast_signed()) else { return Err(Trap::OutOfGas.into()) };
        if left > began {
            return Err(Fault::new("Counter", format!("{} is {left} after {began}", names::GAS)).into());
        }
        self.left = left;
        Ok(values)
    }

    fn word(&mut self, counter: &str) -> Result<u32, Fault> {
        match self.instance.global(counter)? {
            // A negative one is above whatever it is compared with.
            Value::I32(word) => Ok(word),
            other => Err(Fault::new("Counter", format!("{counter} is {other}"))),
        }
    }
}

fn trap(status: Status) -> Trap {
    match status {
        Status::OutOfGas => Trap::OutOfGas,
        Status::CallStackExhausted => Trap::CallStackExhausted,
        Status::BadConversionToInteger => Trap::BadConversionToInteger,
        Status::IndirectCallToNull => Trap::IndirectCallToNull,
    }
}

fn value_type(value: &Value) -> ValueType {
    match value {
        Value::I32(_) => ValueType::I32,
        Value::I64(_) => ValueType::I64,
        Value::F32(_) => ValueType::F32,
        Value::F64(_) => ValueType::F64,
        Value::FuncRef(_) => ValueType::FuncRef,
        Value::ExternRef(_) => ValueType::ExternRef,
    }
}

/// The parameters and results of an exported function.
pub(crate) fn function<'a>(interface: &'a Interface, name: &str) -> Option<(&'a [ValueType], &'a [ValueType])> {
    let export = interface.exports.iter().find(|export| export.name == name)?;
    match &export.item {
        ExportItem::Function { params, results, .. } => Some((params, results)),
        ExportItem::Memory | ExportItem::Table { .. } | ExportItem::Global { .. } => None,
    }
}
