//! An instance is a module's memory, tables and globals, and the calls that the host makes on them.

use crate::budget::Budget;
use crate::error::{InstanceError, InvokeError};
use crate::host::Host;
use crate::import::{Extern, Imports};
use crate::memory::Memory;
use crate::module::{ElementMode, GlobalOrigin, Module, Parts};
use crate::table::Table;
use crate::trap::Trap;
use crate::types::{Limits, ValueType};
use crate::value::Value;
use crate::watch::{Unwatched, Watch};
use std::sync::Arc;

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It completed with these results.
    Returned(Vec<Value>),
    /// It trapped.
    Trapped(Trap),
}

/// An instance of a module.
#[derive(Debug)]
pub struct Instance {
    pub(crate) parts: Arc<Parts>,
    pub(crate) memory: Option<Memory>,
    pub(crate) tables: Vec<Table>,
    pub(crate) globals: Vec<Value>,
    pub(crate) dropped_data: Vec<bool>,
    pub(crate) dropped_elements: Vec<bool>,
    pub(crate) budget: Budget,
    phase: Phase,
}

/// How far an instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Made,
    Started,
    /// Trapped while it started: it can be looked at and no more.
    Failed,
}

/// Why a call stopped before it completed.
#[derive(Debug)]
pub(crate) enum Stop {
    Trap(Trap),
    Error(InvokeError),
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl Instance {
    /// Makes an instance of a module that imports functions only. Nothing of it runs, and no segment is applied.
    ///
    /// # Errors
    ///
    /// If the module imports something else.
    pub fn new(module: &Module) -> Result<Self, InstanceError> {
        Self::with_imports(module, &Imports::default())
    }

    /// Makes an instance of a module that imports globals, memories or tables.
    ///
    /// # Errors
    ///
    /// If one of them is missing, is of another type, or is not within the limits that the module asks for.
    pub fn with_imports(module: &Module, imports: &Imports) -> Result<Self, InstanceError> {
        let parts = Arc::clone(&module.parts);
        let mut globals = Vec::with_capacity(parts.globals.len());
        for plan in &parts.globals {
            globals.push(match &plan.origin {
                GlobalOrigin::Import(import) => match find(&parts, imports, *import)? {
                    Extern::Global(value) if value.value_type() == plan.value_type => value,
                    Extern::Global(_) | Extern::Memory(_) | Extern::Table(_) => return Err(missing(&parts, *import)),
                },
                GlobalOrigin::Expression(expression) => {
                    Value::from_slot(plan.value_type, expression.evaluate(&globals))
                }
            });
        }
        let mut tables = Vec::with_capacity(parts.tables.len());
        for plan in &parts.tables {
            let limits = match plan.import {
                None => plan.limits,
                Some(import) => match find(&parts, imports, import)? {
                    Extern::Table(limits) if limits.within(plan.limits) => limits,
                    Extern::Global(_) | Extern::Memory(_) | Extern::Table(_) => return Err(missing(&parts, import)),
                },
            };
            tables.push(Table::new(plan.element_type, limits.minimum, limits.capped(parts.config.table_elements)));
        }
        let memory = match &parts.memory {
            None => None,
            Some(plan) => {
                let limits = match plan.import {
                    None => plan.limits,
                    Some(import) => match find(&parts, imports, import)? {
                        Extern::Memory(limits) if limits.within(plan.limits) => limits,
                        Extern::Global(_) | Extern::Memory(_) | Extern::Table(_) => {
                            return Err(missing(&parts, import));
                        }
                    },
                };
                Some(Memory::new(limits.minimum, limits.capped(parts.config.memory_pages)))
            }
        };
        let dropped_data = vec![false; parts.data.len()];
        let dropped_elements = vec![false; parts.elements.len()];
        let budget = Budget::new(0);
        Ok(Self { parts, memory, tables, globals, dropped_data, dropped_elements, budget, phase: Phase::Made })
    }

    /// Opens a budget of gas for the calls that follow, until the next one is opened.
    pub fn begin(&mut self, gas_limit: u64) {
        self.budget = Budget::new(gas_limit);
    }

    /// Opens a budget for calls above other frames, of which so many words are live.
    pub fn begin_above(&mut self, words: u64, gas_limit: u64) {
        self.budget = Budget::above(words, gas_limit);
    }

    /// Charges the budget for something that is no call. This is a checkpoint.
    ///
    /// # Errors
    ///
    /// If the gas is not there.
    pub fn charge(&mut self, gas: u64) -> Result<(), Trap> {
        self.budget.charge(gas);
        self.budget.checkpoint()
    }

    /// Starts the instance: charges instantiation, applies the active segments, calls the start function.
    ///
    /// # Errors
    ///
    /// If it was started before, or if the host answers out of type.
    pub fn start(&mut self, host: &mut dyn Host) -> Result<Outcome, InvokeError> {
        self.start_watched(host, &mut Unwatched)
    }

    /// Starts the instance as [`Instance::start`] does, under a watch. Instantiation is no operator.
    ///
    /// # Errors
    ///
    /// As [`Instance::start`].
    pub fn start_watched<W: Watch>(&mut self, host: &mut dyn Host, watch: &mut W) -> Result<Outcome, InvokeError> {
        if self.phase != Phase::Made {
            return Err(InvokeError::AlreadyStarted);
        }
        self.phase = Phase::Failed;
        let started = self.instantiate(host, watch);
        let outcome = self.complete(started)?;
        if let Outcome::Returned(_) = outcome {
            self.phase = Phase::Started;
        }
        Ok(outcome)
    }

    /// Calls an exported function.
    ///
    /// # Errors
    ///
    /// If the call cannot be made: it says so and costs nothing. A trap is an outcome.
    pub fn invoke(&mut self, export: &str, args: &[Value], host: &mut dyn Host) -> Result<Outcome, InvokeError> {
        self.invoke_watched(export, args, host, &mut Unwatched)
    }

    /// Calls an exported function as [`Instance::invoke`] does, under a watch.
    ///
    /// # Errors
    ///
    /// As [`Instance::invoke`].
    pub fn invoke_watched<W: Watch>(
        &mut self,
        export: &str,
        args: &[Value],
        host: &mut dyn Host,
        watch: &mut W,
    ) -> Result<Outcome, InvokeError> {
        if self.phase != Phase::Started {
            return Err(InvokeError::NotStarted);
        }
        let Some(&function) = self.parts.exported_functions.get(export) else {
            return Err(InvokeError::NoSuchFunction(export.to_owned()));
        };
        let expected = &self.parts.function_type(function).params;
        let given: Vec<ValueType> = args.iter().map(|value| value.value_type()).collect();
        if *expected != given {
            return Err(InvokeError::WrongArguments { expected: expected.clone(), given });
        }
        let returned = self.call(function, args, host, watch);
        self.complete(returned)
    }

    /// The gas used since the budget was opened: all of it after a trap.
    #[must_use]
    pub fn gas_used(&self) -> u64 {
        self.budget.used
    }

    /// The gas left in the budget.
    #[must_use]
    pub fn gas_left(&self) -> u64 {
        self.budget.left()
    }

    /// The most words that live frames weighed since the budget was opened.
    #[must_use]
    pub fn stack_high_water(&self) -> u32 {
        self.budget.high_water()
    }

    /// The bytes of the memory, if there is one.
    #[must_use]
    pub fn memory(&self) -> Option<&[u8]> {
        self.memory.as_ref().map(|memory| memory.bytes.as_slice())
    }

    /// The bytes of the memory, if there is one, for the host to write to.
    #[must_use]
    pub fn memory_mut(&mut self) -> Option<&mut [u8]> {
        self.memory.as_mut().map(|memory| memory.bytes.as_mut_slice())
    }

    /// The globals, imported ones first.
    #[must_use]
    pub fn globals(&self) -> &[Value] {
        &self.globals
    }

    /// The tables, imported ones first.
    pub fn tables(&self) -> impl ExactSizeIterator<Item = &[Value]> {
        self.tables.iter().map(|table| table.elements.as_slice())
    }

    fn instantiate<W: Watch>(&mut self, host: &mut dyn Host, watch: &mut W) -> Result<Vec<Value>, Stop> {
        let parts = Arc::clone(&self.parts);
        self.budget.charge(parts.instantiation_gas);
        self.budget.checkpoint()?;
        for (index, segment) in (0..).zip(&parts.elements) {
            match &segment.mode {
                ElementMode::Active { table, offset } => {
                    let to = offset.evaluate(&self.globals) as u32;
                    self.table_init(*table, index, to, 0, segment.items.len() as u32)?;
                }
                ElementMode::Declared => {}
                ElementMode::Passive => continue,
            }
            self.dropped_elements[index as usize] = true;
        }
        for (index, segment) in (0..).zip(&parts.data) {
            if let Some(offset) = &segment.offset {
                let to = offset.evaluate(&self.globals) as u32;
                self.memory_init(index, to, 0, segment.bytes.len() as u32)?;
                self.dropped_data[index as usize] = true;
            }
        }
        match parts.start {
            Some(function) => self.call(function, &[], host, watch),
            None => Ok(Vec::new()),
        }
    }

    /// Completion is a checkpoint, and whatever does not complete consumes the whole limit.
    fn complete(&mut self, returned: Result<Vec<Value>, Stop>) -> Result<Outcome, InvokeError> {
        let stop = match returned.and_then(|results| Ok(self.budget.checkpoint().map(|()| results)?)) {
            Ok(results) => return Ok(Outcome::Returned(results)),
            Err(stop) => stop,
        };
        self.budget.consume();
        match stop {
            Stop::Trap(trap) => Ok(Outcome::Trapped(trap)),
            Stop::Error(error) => Err(error),
        }
    }
}

impl Limits {
    /// Whether something of these limits can be imported where `wanted` are asked for.
    fn within(self, wanted: Self) -> bool {
        self.minimum >= wanted.minimum
            && wanted.maximum.is_none_or(|wanted| self.maximum.is_some_and(|maximum| maximum <= wanted))
    }
}

fn find(parts: &Parts, imports: &Imports, import: u32) -> Result<Extern, InstanceError> {
    let wanted = &parts.imports[import as usize];
    imports.get(&wanted.module, &wanted.name).ok_or_else(|| missing(parts, import))
}

fn missing(parts: &Parts, import: u32) -> InstanceError {
    let wanted = &parts.imports[import as usize];
    InstanceError::Import { module: wanted.module.clone(), name: wanted.name.clone() }
}
