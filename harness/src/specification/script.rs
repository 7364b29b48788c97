//! A script is a file of directives. Here it is taken apart into its modules and what is done to each.

use super::excluded::{NEEDS, OTHER, STALE, TEXT};
use super::linker::Linker;
use super::pattern::argument;
use super::report::Problem;
use super::subject::{Expected, Fate, Subject};
use crate::Call;
use modal_wasm_runtime::MAX_GAS_LIMIT;
use std::collections::BTreeMap;
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke};

/// A script, taken apart.
pub(super) struct Script<'a> {
    /// Its modules, in order.
    pub(super) subjects: Vec<Subject<'a>>,
    /// What no module stands for: the line and the reason.
    pub(super) not_run: Vec<(usize, Problem)>,
    linker: Linker,
    registered: BTreeMap<&'a str, usize>,
    named: BTreeMap<&'a str, usize>,
    last: Option<usize>,
}

impl<'a> Script<'a> {
    /// Takes a script apart.
    pub(super) fn new(text: &str, directives: Vec<WastDirective<'a>>) -> Self {
        let mut script = Self {
            subjects: Vec::new(),
            not_run: Vec::new(),
            linker: Linker::default(),
            registered: BTreeMap::new(),
            named: BTreeMap::new(),
            last: None,
        };
        for directive in directives {
            let line = directive.span().linecol_in(text).0 + 1;
            if let Err(problem) = script.take(line, directive) {
                script.not_run.push((line, problem));
            }
        }
        script
    }

    fn take(&mut self, line: usize, directive: WastDirective<'a>) -> Result<(), Problem> {
        match directive {
            WastDirective::Module(mut module) => {
                let name = module.name();
                let bytes = encode(&mut module)?;
                let index = self.linked(line, &bytes, Fate::Starts);
                self.last = Some(index);
                self.named.extend(name.map(|name| (name.name(), index)));
                Ok(())
            }
            WastDirective::ModuleDefinition(mut module) => {
                let bytes = encode(&mut module)?;
                self.linked(line, &bytes, Fate::Accepted);
                Ok(())
            }
            WastDirective::Register { name, module, .. } => {
                let index = self.index(module.map(|id| id.name()))?;
                let subject = &mut self.subjects[index];
                subject.check(line, Expected::Anything);
                self.linker.register(name, &subject.module);
                self.registered.insert(name, index);
                Ok(())
            }
            WastDirective::Invoke(invoke) => self.invoke(line, &invoke, Expected::Completes),
            WastDirective::AssertReturn { exec, results, .. } => match exec {
                WastExecute::Invoke(invoke) => self.invoke(line, &invoke, Expected::Returns(results)),
                WastExecute::Get { module, global, .. } => {
                    let index = self.index(module.map(|id| id.name()))?;
                    self.subjects[index].check(line, Expected::Holds { global, values: results });
                    Ok(())
                }
                WastExecute::Wat(_) => Err(Problem::Failed("a module returns nothing".to_owned())),
            },
            WastDirective::AssertTrap { exec, message, .. } => match exec {
                WastExecute::Invoke(invoke) => self.invoke(line, &invoke, Expected::Traps(message)),
                WastExecute::Wat(module) => {
                    let bytes = encode(&mut QuoteWat::Wat(module))?;
                    self.linked(line, &bytes, Fate::Traps(message));
                    Ok(())
                }
                WastExecute::Get { .. } => Err(Problem::Failed("a global traps never".to_owned())),
            },
            WastDirective::AssertExhaustion { call, message, .. } => self.invoke(line, &call, Expected::Traps(message)),
            WastDirective::AssertUnlinkable { module, .. } => {
                let bytes = encode(&mut QuoteWat::Wat(module))?;
                self.subject(line, bytes, Fate::Unlinkable);
                Ok(())
            }
            WastDirective::AssertInvalid { mut module, .. } | WastDirective::AssertMalformed { mut module, .. } => {
                let bytes = module.encode().map_err(|_| Problem::NotRun(TEXT))?;
                self.subject(line, bytes, Fate::Refused);
                Ok(())
            }
            WastDirective::AssertInvalidCustom { .. }
            | WastDirective::AssertMalformedCustom { .. }
            | WastDirective::ModuleInstance { .. }
            | WastDirective::AssertException { .. }
            | WastDirective::AssertSuspension { .. }
            | WastDirective::Thread(_)
            | WastDirective::Wait { .. } => Err(Problem::NotRun(OTHER)),
        }
    }

    /// Adds a module that is given what it imports. Where that cannot be, the lanes reject the module, and what it
    /// would have shared a state with is no longer what the script takes it for.
    fn linked(&mut self, line: usize, module: &[u8], fate: Fate<'a>) -> usize {
        let linked = self.linker.link(module);
        if linked.is_none() {
            for name in self.linker.shares_with(module) {
                if let Some(&exporter) = self.registered.get(name.as_str()) {
                    self.subjects[exporter].stale = true;
                }
            }
        }
        self.subject(line, linked.unwrap_or_else(|| module.to_vec()), fate)
    }

    fn subject(&mut self, line: usize, module: Vec<u8>, fate: Fate<'a>) -> usize {
        self.subjects.push(Subject { line, module, fate, stale: false, calls: Vec::new(), checks: Vec::new() });
        self.subjects.len() - 1
    }

    fn invoke(&mut self, line: usize, invoke: &WastInvoke<'a>, expected: Expected<'a>) -> Result<(), Problem> {
        let args = invoke.args.iter().map(argument).collect::<Option<Vec<_>>>();
        let args = args.ok_or_else(|| Problem::Failed("the arguments are outside the profile".to_owned()))?;
        let index = self.index(invoke.module.map(|id| id.name()))?;
        let subject = &mut self.subjects[index];
        subject.calls.push(Call { export: invoke.name.to_owned(), args, gas: MAX_GAS_LIMIT });
        subject.check(line, expected);
        Ok(())
    }

    /// The module of a name, or the last one.
    fn index(&self, name: Option<&str>) -> Result<usize, Problem> {
        let found = name.map_or(self.last, |name| self.named.get(name).copied());
        let index = found.ok_or(Problem::NotRun(NEEDS))?;
        if self.subjects[index].stale { Err(Problem::NotRun(STALE)) } else { Ok(index) }
    }
}

fn encode(module: &mut QuoteWat<'_>) -> Result<Vec<u8>, Problem> {
    module.encode().map_err(|error| Problem::Failed(format!("failed to encode: {error}")))
}
