//! A reader goes through a module's sections once: it validates, applies the limits and keeps what injecting needs.

use super::Original;
use crate::interface::value_types;
use crate::limits::Subject;
use crate::treatment::Treatment;
use crate::{Import, Limit, Meter, Rejection, feature, imports, names};
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, FuncValidatorAllocations, Operator, Parser, Payload,
    SectionLimited, TableInit, TypeRef, ValidPayload, Validator,
};

/// Reads one module.
pub(super) struct Reader<'m, 'a> {
    pub(super) meter: &'m Meter,
    pub(super) original: Original<'a>,
    /// The elements of all element segments so far.
    elements: u64,
    /// The values carried over control flow so far.
    pub(super) carried_values: u64,
}

/// Why reading stopped: the parser or the validator found fault, or one of the profile's own rules did.
pub(super) enum Refusal {
    Wasm(wasmparser::Error),
    Profile(Rejection),
}

impl From<wasmparser::Error> for Refusal {
    fn from(error: wasmparser::Error) -> Self {
        Self::Wasm(error)
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Profile(rejection)
    }
}

impl<'m, 'a> Reader<'m, 'a> {
    pub(super) fn new(meter: &'m Meter) -> Self {
        Self { meter, original: Original::default(), elements: 0, carried_values: 0 }
    }

    pub(super) fn read(mut self, bytes: &'a [u8]) -> Result<Original<'a>, Rejection> {
        let meter = self.meter;
        meter.check(Limit::ModuleBytes, bytes.len() as u64, Subject::Module)?;
        if Parser::is_component(bytes) {
            return Err(feature::component(meter.profile()));
        }
        match self.payloads(bytes) {
            Ok(()) => {}
            Err(Refusal::Profile(rejection)) => return Err(rejection),
            Err(Refusal::Wasm(error)) => return Err(feature::explain(bytes, meter.profile(), &error)),
        }
        meter.check(Limit::InstantiationGas, self.original.instantiation_gas, Subject::Module)?;
        if meter.treats(Treatment::ReservedNames) {
            self.original.exports.iter().try_for_each(|export| names::check(export.name))?;
        }
        Ok(self.original)
    }

    fn payloads(&mut self, bytes: &'a [u8]) -> Result<(), Refusal> {
        let features = self.meter.features();
        let mut parser = Parser::new(0);
        parser.set_features(features);
        let mut validator = Validator::new_with_features(features);
        let mut allocations = FuncValidatorAllocations::default();
        for payload in parser.parse_all(bytes) {
            let payload = payload?;
            // Counts are looked at before the validator spends work on what they count.
            self.counts(&payload)?;
            if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
                allocations = self.body(function.into_validator(allocations), body)?;
            }
            self.section(payload)?;
        }
        Ok(())
    }

    /// Applies the limits on the number of items in a section.
    fn counts(&self, payload: &Payload<'a>) -> Result<(), Rejection> {
        let imported = self.original.functions.len() as u64;
        let (limit, found) = match payload {
            Payload::TypeSection(section) => (Limit::Types, section.count().into()),
            Payload::ImportSection(section) => (Limit::Imports, section.count().into()),
            Payload::FunctionSection(section) => (Limit::Functions, imported + u64::from(section.count())),
            Payload::TableSection(section) => (Limit::Tables, section.count().into()),
            Payload::GlobalSection(section) => (Limit::Globals, section.count().into()),
            Payload::ExportSection(section) => (Limit::Exports, section.count().into()),
            Payload::ElementSection(section) => (Limit::ElementSegments, section.count().into()),
            Payload::DataSection(section) => (Limit::DataSegments, section.count().into()),
            // A module of the profile has one memory, no tags, and as many bodies as its function section says; the
            // validator sees to it.
            _ => return Ok(()),
        };
        self.meter.check(limit, found, Subject::Module)
    }

    /// Keeps what a validated section declares.
    fn section(&mut self, payload: Payload<'a>) -> Result<(), Refusal> {
        match payload {
            Payload::TypeSection(section) => {
                self.original.sections.types = Some(section.clone());
                self.types(section)
            }
            Payload::ImportSection(section) => {
                self.original.sections.imports = Some(section.clone());
                section.into_imports().try_for_each(|import| self.import(&import?))
            }
            Payload::FunctionSection(section) => {
                self.original.sections.functions = Some(section.clone());
                section.into_iter().try_for_each(|ty| {
                    self.original.functions.push(ty?);
                    Ok(())
                })
            }
            Payload::TableSection(section) => section.into_iter().try_for_each(|table| self.table(table?)),
            Payload::MemorySection(section) => section.into_iter().try_for_each(|memory| {
                let memory = memory?;
                self.meter.check(Limit::MemoryPages, memory.initial, Subject::Memory)?;
                self.original.memory = Some(memory);
                Ok(())
            }),
            Payload::GlobalSection(section) => {
                self.original.sections.globals = Some(section.clone());
                section.into_iter().try_for_each(|global| {
                    let global = global?;
                    self.original.globals.push(global.ty);
                    self.constant(&global.init_expr)
                })
            }
            Payload::ExportSection(section) => {
                self.original.exports = section.into_iter().collect::<Result<_, _>>()?;
                Ok(())
            }
            Payload::StartSection { func, .. } => {
                self.original.start = Some(func);
                Ok(())
            }
            Payload::ElementSection(section) => {
                self.original.sections.elements = Some(section.clone());
                section.into_iter().try_for_each(|segment| self.element_segment(segment?))
            }
            Payload::DataSection(section) => {
                self.original.data_segments = section.count();
                self.original.sections.data = Some(section.clone());
                section.into_iter().try_for_each(|segment| self.data_segment(&segment?))
            }
            // Custom sections are dropped, bodies are read while they are validated, and the rest declares nothing.
            _ => Ok(()),
        }
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'a>) -> Result<(), Refusal> {
        for ty in section.into_iter_err_on_gc_types() {
            let ty = ty?;
            let subject = Subject::Type(self.original.types.len() as u32);
            self.meter.check(Limit::Params, ty.params().len() as u64, subject)?;
            self.meter.check(Limit::Results, ty.results().len() as u64, subject)?;
            self.original.types.push(ty);
        }
        Ok(())
    }

    fn import(&mut self, import: &wasmparser::Import<'a>) -> Result<(), Refusal> {
        let what = match import.ty {
            TypeRef::Func(index) => {
                let ty = self.original.types.get(index as usize);
                let ty = ty.ok_or_else(|| Rejection::defect(format_args!("an import has the unknown type {index}")))?;
                let import = Import {
                    module: import.module.to_owned(),
                    name: import.name.to_owned(),
                    params: value_types(ty.params())?,
                    results: value_types(ty.results())?,
                };
                if self.meter.treats(Treatment::ImportList) {
                    imports::check(&import)?;
                }
                self.original.functions.push(index);
                self.original.imports.push(import);
                return Ok(());
            }
            TypeRef::FuncExact(_) => "exact function",
            TypeRef::Table(_) => "table",
            TypeRef::Memory(_) => "memory",
            TypeRef::Global(_) => "global",
            TypeRef::Tag(_) => "tag",
        };
        Err(imports::not_a_function(import.module, import.name, what).into())
    }

    fn table(&mut self, table: wasmparser::Table<'a>) -> Result<(), Refusal> {
        let index = self.original.tables.len() as u32;
        self.meter.check(Limit::TableElements, table.ty.initial, Subject::Table(index))?;
        match table.init {
            TableInit::RefNull => {}
            TableInit::Expr(_) => {
                return Err(Rejection::defect("a table with an initialiser passed validation").into());
            }
        }
        self.original.tables.push(table.ty);
        Ok(())
    }

    fn element_segment(&mut self, segment: wasmparser::Element<'a>) -> Result<(), Refusal> {
        let elements = match segment.items {
            ElementItems::Functions(functions) => {
                let count = self.elements(&functions)?;
                for function in functions {
                    self.original.referenced.insert(function?);
                }
                count
            }
            ElementItems::Expressions(_, expressions) => {
                let count = self.elements(&expressions)?;
                for expression in expressions {
                    self.operators(&expression?)?;
                }
                count
            }
        };
        let prices = self.meter.schedule().instantiation;
        self.original.instantiation_gas += elements * u64::from(prices.element);
        match segment.kind {
            ElementKind::Active { offset_expr, .. } => self.constant(&offset_expr),
            ElementKind::Passive | ElementKind::Declared => Ok(()),
        }
    }

    /// Counts a segment's elements and holds their sum against the limit.
    fn elements<T>(&mut self, items: &SectionLimited<'a, T>) -> Result<u64, Rejection> {
        let count = u64::from(items.count());
        self.elements += count;
        self.meter.check(Limit::Elements, self.elements, Subject::Module)?;
        Ok(count)
    }

    fn data_segment(&mut self, segment: &wasmparser::Data<'a>) -> Result<(), Refusal> {
        match &segment.kind {
            DataKind::Active { offset_expr, .. } => {
                let prices = self.meter.schedule().instantiation;
                self.original.instantiation_gas += segment.data.len() as u64 * u64::from(prices.data_byte);
                self.constant(offset_expr)
            }
            DataKind::Passive => Ok(()),
        }
    }

    /// Charges instantiation for a constant expression that it evaluates.
    fn constant(&mut self, expression: &ConstExpr<'a>) -> Result<(), Refusal> {
        let operators = self.operators(expression)?;
        let prices = self.meter.schedule().instantiation;
        self.original.instantiation_gas += operators * u64::from(prices.const_operator);
        Ok(())
    }

    /// Counts the operators of a constant expression, without its `end`, and keeps the functions that they name.
    fn operators(&mut self, expression: &ConstExpr<'a>) -> Result<u64, Refusal> {
        let mut operators = 0;
        let mut reader = expression.get_operators_reader();
        while !reader.is_end_then_eof() {
            if let Operator::RefFunc { function_index } = reader.read()? {
                self.original.referenced.insert(function_index);
            }
            operators += 1;
        }
        self.meter.check(Limit::ConstantOperators, operators, Subject::Module)?;
        Ok(operators)
    }
}
