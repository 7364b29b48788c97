//! A script is a file of directives that are carried out one after the other.

use crate::excluded::{ASIDE, NEEDS, STALE};
use crate::linker::{GAS, LinkError, Linked, Linker, Links, Registered};
use crate::pattern::{argument, matches, traps};
use modal_wasm_reference::{Config, Instance, Module, Outcome, Schedule, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, Wat};

/// What became of all directives.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) run: usize,
    pub(crate) not_run: BTreeMap<(String, &'static str), usize>,
    pub(crate) failures: Vec<String>,
}

/// A file while it is carried out.
pub(crate) struct Script<'r, 't> {
    file: String,
    text: &'t str,
    report: &'r mut Report,
    linker: Linker,
    named: BTreeMap<String, Registered>,
    last: Registered,
}

/// Why a directive did not pass.
enum Problem {
    Failed(String),
    NotRun(&'static str),
}

/// How an execution ended: as a call does, or not linked.
enum Execution {
    Outcome(Outcome),
    Unlinkable,
}

impl<'r, 't> Script<'r, 't> {
    pub(crate) fn new(file: String, text: &'t str, report: &'r mut Report) -> Self {
        let (linker, named) = (Linker::default(), BTreeMap::new());
        Self { file, text, report, linker, named, last: Err(NEEDS) }
    }

    pub(crate) fn directive(&mut self, directive: WastDirective<'_>) {
        let line = directive.span().linecol_in(self.text).0 + 1;
        let aside = ASIDE.iter().find(|(file, aside, _)| *file == self.file && *aside == line);
        match (self.carry_out(directive), aside) {
            (Ok(()), None) => self.report.run += 1,
            (Ok(()), Some(_)) => self.report.failures.push(format!("{}:{line}: passes, but is listed", self.file)),
            (Err(_), Some(&(_, _, reason))) | (Err(Problem::NotRun(reason)), None) => {
                *self.report.not_run.entry((self.file.clone(), reason)).or_default() += 1;
            }
            (Err(Problem::Failed(what)), None) => {
                self.report.failures.push(format!("{}:{line}: {what}", self.file));
            }
        }
    }

    fn carry_out(&mut self, directive: WastDirective<'_>) -> Result<(), Problem> {
        match directive {
            WastDirective::Module(mut module) => {
                let name = module.name().map(|name| name.name().to_owned());
                let linked = match self.instantiate(&encode(&mut module)?) {
                    Ok(linked) => Ok(linked),
                    Err(Problem::NotRun(reason)) => Err(reason),
                    Err(Problem::Failed(what)) => return Err(Problem::Failed(what)),
                };
                if let Some(name) = name {
                    self.named.insert(name, linked.clone());
                }
                let reason = linked.as_ref().err().copied();
                self.last = linked.map_err(|_| NEEDS);
                reason.map_or(Ok(()), |reason| Err(Problem::NotRun(reason)))
            }
            WastDirective::Register { name, module, .. } => {
                let linked = self.find(module.map(|id| id.name()));
                self.linker.register(name, linked.clone());
                linked.map(|_| ()).map_err(Problem::NotRun)
            }
            WastDirective::Invoke(invoke) => match self.invoke(&invoke)? {
                Outcome::Returned(_) => Ok(()),
                Outcome::Trapped(trap) => fail(format!("trapped: {trap}")),
            },
            WastDirective::AssertReturn { exec, results, .. } => match self.execute(exec)? {
                Execution::Outcome(Outcome::Returned(values)) => {
                    let equal = values.len() == results.len()
                        && results.iter().zip(&values).all(|(expected, &value)| matches(expected, value));
                    if equal { Ok(()) } else { fail(format!("expected {results:?}, got {values:x?}")) }
                }
                Execution::Outcome(Outcome::Trapped(trap)) => fail(format!("trapped: {trap}")),
                Execution::Unlinkable => fail("unlinkable".to_owned()),
            },
            WastDirective::AssertTrap { exec, message, .. } => match self.execute(exec)? {
                Execution::Outcome(outcome) => expect_trap(&outcome, message),
                Execution::Unlinkable => fail("unlinkable".to_owned()),
            },
            WastDirective::AssertExhaustion { call, message, .. } => expect_trap(&self.invoke(&call)?, message),
            WastDirective::AssertUnlinkable { module, .. } => match self.execute(WastExecute::Wat(module))? {
                Execution::Unlinkable => Ok(()),
                Execution::Outcome(outcome) => fail(format!("linked, and started with {outcome:?}")),
            },
            WastDirective::AssertInvalid { mut module, .. } | WastDirective::AssertMalformed { mut module, .. } => {
                match module.encode() {
                    Err(_) => Ok(()),
                    Ok(bytes) => match Module::decode(&bytes, &config()) {
                        Err(_) => Ok(()),
                        Ok(_) => fail("decoded".to_owned()),
                    },
                }
            }
            WastDirective::ModuleDefinition(mut module) => {
                decode(&encode(&mut module)?)?;
                Ok(())
            }
            WastDirective::AssertInvalidCustom { .. } | WastDirective::AssertMalformedCustom { .. } => {
                Err(Problem::NotRun("custom sections are not looked into"))
            }
            WastDirective::ModuleInstance { .. } => Err(Problem::NotRun("instantiates a definition by name")),
            WastDirective::AssertException { .. } => Err(Problem::NotRun("exceptions")),
            WastDirective::AssertSuspension { .. } => Err(Problem::NotRun("stack switching")),
            WastDirective::Thread(_) | WastDirective::Wait { .. } => Err(Problem::NotRun("threads")),
        }
    }

    fn execute(&mut self, execute: WastExecute<'_>) -> Result<Execution, Problem> {
        match execute {
            WastExecute::Invoke(invoke) => Ok(Execution::Outcome(self.invoke(&invoke)?)),
            WastExecute::Get { module, global, .. } => {
                let linked = self.find(module.map(|id| id.name())).map_err(Problem::NotRun)?;
                match linked.global(global) {
                    Some(value) => Ok(Execution::Outcome(Outcome::Returned(vec![value]))),
                    None => Err(Problem::Failed(format!("no global {global}"))),
                }
            }
            WastExecute::Wat(mut module) => {
                let module = decode(&encode_wat(&mut module)?)?;
                match self.start(&module) {
                    Ok((_, _, outcome)) => Ok(Execution::Outcome(outcome)),
                    Err(LinkError::Unlinkable(_)) => Ok(Execution::Unlinkable),
                    Err(LinkError::NotRun(reason)) => Err(Problem::NotRun(reason)),
                }
            }
        }
    }

    fn instantiate(&mut self, bytes: &[u8]) -> Result<Rc<Linked>, Problem> {
        let module = decode(bytes)?;
        match self.start(&module) {
            Ok((instance, exporters, Outcome::Returned(_))) => {
                let (instance, stale) = (RefCell::new(instance), Cell::new(false));
                Ok(Rc::new(Linked { module, instance, stale, exporters }))
            }
            Ok((_, _, Outcome::Trapped(trap))) => Err(Problem::Failed(format!("trapped at the start: {trap}"))),
            Err(LinkError::Unlinkable(import)) => Err(Problem::Failed(format!("unlinkable: {import}"))),
            Err(LinkError::NotRun(reason)) => Err(Problem::NotRun(reason)),
        }
    }

    fn start(&self, module: &Module) -> Result<(Instance, Vec<Rc<Linked>>, Outcome), LinkError> {
        let Links { imports, exporters } = self.linker.link(module)?;
        let mut instance = Instance::with_imports(module, &imports).expect("the linker found the imports");
        instance.begin(GAS);
        let outcome = instance.start(&mut &self.linker).expect("it was not started before");
        Ok((instance, exporters, outcome))
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Result<Outcome, Problem> {
        let linked = self.find(invoke.module.map(|id| id.name())).map_err(Problem::NotRun)?;
        let args: Option<Vec<Value>> = invoke.args.iter().map(argument).collect();
        let Some(args) = args else { return Err(Problem::Failed("arguments outside the profile".to_owned())) };
        let mut instance = linked.instance.borrow_mut();
        instance.begin(GAS);
        instance.invoke(invoke.name, &args, &mut &self.linker).map_err(|error| Problem::Failed(error.to_string()))
    }

    /// The instance of a name, or the last one.
    fn find(&self, name: Option<&str>) -> Registered {
        let found = name.map_or(Some(&self.last), |name| self.named.get(name));
        match found {
            Some(Ok(linked)) if !linked.is_stale() => Ok(Rc::clone(linked)),
            Some(Ok(_)) => Err(STALE),
            Some(Err(_)) | None => Err(NEEDS),
        }
    }
}

fn fail<T>(what: String) -> Result<T, Problem> {
    Err(Problem::Failed(what))
}

fn expect_trap(outcome: &Outcome, message: &str) -> Result<(), Problem> {
    match outcome {
        Outcome::Trapped(kind) if traps(message).contains(kind) => Ok(()),
        other => fail(format!("expected a trap for {message:?}, got {other:?}")),
    }
}

fn encode(module: &mut QuoteWat<'_>) -> Result<Vec<u8>, Problem> {
    module.encode().map_err(|error| Problem::Failed(format!("failed to encode: {error}")))
}

fn encode_wat(module: &mut Wat<'_>) -> Result<Vec<u8>, Problem> {
    module.encode().map_err(|error| Problem::Failed(format!("failed to encode: {error}")))
}

fn decode(bytes: &[u8]) -> Result<Module, Problem> {
    Module::decode(bytes, &config()).map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        Problem::Failed(format!("failed to {error}: {source}"))
    })
}

/// The caps are those of the specification, as far as a machine can hold them.
fn config() -> Config {
    Config { schedule: Schedule::instr_1(), memory_pages: 65_536, table_elements: 10_000_000 }
}
