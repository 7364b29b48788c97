//! A linker gives modules what they import: the host module `spectest`, and the instances that a script registered.

use crate::excluded::{NEEDS, SHARES_FUNCTION, SHARES_GLOBAL, SHARES_MEMORY, SHARES_TABLE};
use modal_wasm_reference::{
    Caller, Extern, ExternType, FunctionType, Host, Imports, Instance, Limits, Module, Outcome, Trap, Value, ValueType,
};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Gas for any one call: the official tests are not about gas.
pub(crate) const GAS: u64 = 1 << 40;

/// A module and its instance.
pub(crate) struct Linked {
    pub(crate) module: Module,
    pub(crate) instance: RefCell<Instance>,
    /// Whether a module that is not run would have changed it.
    pub(crate) stale: Cell<bool>,
    /// The instances that it imports from.
    pub(crate) exporters: Vec<Rc<Linked>>,
}

/// What a module needs to become an instance.
#[derive(Default)]
pub(crate) struct Links {
    pub(crate) imports: Imports,
    pub(crate) exporters: Vec<Rc<Linked>>,
}

/// The instances that can be imported from.
#[derive(Default)]
pub(crate) struct Linker {
    registered: BTreeMap<String, Registered>,
}

/// What stands behind a registered name.
pub(crate) type Registered = Result<Rc<Linked>, &'static str>;

/// Why a module cannot be linked.
#[derive(Debug)]
pub(crate) enum LinkError {
    /// An import is missing, or is of another type.
    Unlinkable(String),
    /// It would have to share something that this linker does not share.
    NotRun(&'static str),
}

impl Linker {
    pub(crate) fn register(&mut self, name: &str, linked: Registered) {
        self.registered.insert(name.to_owned(), linked);
    }

    /// Checks the imports of a module and collects those that are no functions.
    pub(crate) fn link(&self, module: &Module) -> Result<Links, LinkError> {
        let mut links = Links::default();
        let mut not_run = None;
        for import in module.imports() {
            let unlinkable = || LinkError::Unlinkable(format!("{}.{}", import.module, import.name));
            let (found, value, exporter) = if import.module == "spectest" {
                let (found, value) = spectest(&import.name).ok_or_else(unlinkable)?;
                (found, value, None)
            } else {
                match self.registered.get(&import.module).ok_or_else(unlinkable)? {
                    Ok(linked) => {
                        let found = linked.export(&import.name).ok_or_else(unlinkable)?;
                        let value = linked.global(&import.name).map(Extern::Global);
                        (found, value, Some(linked))
                    }
                    Err(_) => {
                        not_run = Some(NEEDS);
                        continue;
                    }
                }
            };
            if !fits(&found, &import.extern_type) {
                return Err(unlinkable());
            }
            if let Some(value) = value {
                links.imports.define(&import.module, &import.name, value);
            }
            if let Some(exporter) = exporter {
                if let Some(reason) = shared(&found) {
                    exporter.stale.set(true);
                    not_run = Some(reason);
                }
                links.exporters.push(Rc::clone(exporter));
            }
        }
        not_run.map_or(Ok(links), |reason| Err(LinkError::NotRun(reason)))
    }
}

/// What two instances would have to share if one imported this from the other.
fn shared(import: &ExternType) -> Option<&'static str> {
    match import {
        ExternType::Function(_) => None,
        ExternType::Global { value: ValueType::FuncRef, .. } => Some(SHARES_FUNCTION),
        ExternType::Global { mutable: true, .. } => Some(SHARES_GLOBAL),
        ExternType::Global { mutable: false, .. } => None,
        ExternType::Memory(_) => Some(SHARES_MEMORY),
        ExternType::Table(_, _) => Some(SHARES_TABLE),
    }
}

impl Linked {
    /// Whether a call could come across something that a module that is not run would have changed.
    pub(crate) fn is_stale(&self) -> bool {
        self.stale.get() || self.exporters.iter().any(|exporter| exporter.is_stale())
    }

    /// The value of an exported global.
    pub(crate) fn global(&self, name: &str) -> Option<Value> {
        let (_, extern_type) = self.module.exports().find(|(exported, _)| *exported == name)?;
        let index = self.module.export_index(name)?;
        match extern_type {
            ExternType::Global { .. } => Some(self.instance.borrow().globals()[index as usize]),
            ExternType::Function(_) | ExternType::Memory(_) | ExternType::Table(_, _) => None,
        }
    }

    /// The type of an export, with the size that it has grown to.
    fn export(&self, name: &str) -> Option<ExternType> {
        let (_, extern_type) = self.module.exports().find(|(exported, _)| *exported == name)?;
        let index = self.module.export_index(name)?;
        let instance = self.instance.borrow();
        Some(match extern_type {
            ExternType::Memory(limits) => {
                let pages = instance.memory()?.len() / 65_536;
                ExternType::Memory(Limits { minimum: u32::try_from(pages).ok()?, ..limits })
            }
            ExternType::Table(element, limits) => {
                let elements = instance.tables().nth(index as usize)?.len();
                ExternType::Table(element, Limits { minimum: u32::try_from(elements).ok()?, ..limits })
            }
            other @ (ExternType::Function(_) | ExternType::Global { .. }) => other,
        })
    }
}

impl Host for &Linker {
    fn call(&mut self, module: &str, name: &str, args: &[Value], _: &mut Caller<'_>) -> Result<Vec<Value>, Trap> {
        if module == "spectest" {
            return Ok(Vec::new());
        }
        let linked = self.registered[module].as_ref().expect("it was linked");
        let mut instance = linked.instance.borrow_mut();
        instance.begin(GAS);
        match instance.invoke(name, args, self).expect("it was linked") {
            Outcome::Returned(results) => Ok(results),
            Outcome::Trapped(trap) => Err(trap),
        }
    }
}

/// Whether something found can be imported as what is asked for.
fn fits(found: &ExternType, asked: &ExternType) -> bool {
    match (found, asked) {
        (ExternType::Table(found, size), ExternType::Table(asked, limits)) => found == asked && within(*size, *limits),
        (ExternType::Memory(size), ExternType::Memory(limits)) => within(*size, *limits),
        (found, asked) => found == asked,
    }
}

fn within(found: Limits, asked: Limits) -> bool {
    found.minimum >= asked.minimum
        && asked.maximum.is_none_or(|asked| found.maximum.is_some_and(|found| found <= asked))
}

fn spectest(name: &str) -> Option<(ExternType, Option<Extern>)> {
    let print = |params: &[ValueType]| {
        let function_type = FunctionType { params: params.to_vec(), results: Vec::new() };
        Some((ExternType::Function(function_type), None))
    };
    let global = |value: Value| {
        let extern_type = ExternType::Global { value: value.value_type(), mutable: false };
        Some((extern_type, Some(Extern::Global(value))))
    };
    let table = Limits { minimum: 10, maximum: Some(20) };
    let memory = Limits { minimum: 1, maximum: Some(2) };
    match name {
        "print" => print(&[]),
        "print_i32" => print(&[ValueType::I32]),
        "print_i64" => print(&[ValueType::I64]),
        "print_f32" => print(&[ValueType::F32]),
        "print_f64" => print(&[ValueType::F64]),
        "print_i32_f32" => print(&[ValueType::I32, ValueType::F32]),
        "print_f64_f64" => print(&[ValueType::F64, ValueType::F64]),
        "global_i32" => global(Value::I32(666)),
        "global_i64" => global(Value::I64(666)),
        "global_f32" => global(Value::F32(666.6_f32.to_bits())),
        "global_f64" => global(Value::F64(666.6_f64.to_bits())),
        "table" => Some((ExternType::Table(ValueType::FuncRef, table), Some(Extern::Table(table)))),
        "memory" => Some((ExternType::Memory(memory), Some(Extern::Memory(memory)))),
        _ => None,
    }
}
