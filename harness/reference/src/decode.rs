//! A decoder validates the sections of a module and takes down what they say.

use crate::config::Config;
use crate::constant::ConstExpr;
use crate::error::DecodeError;
use crate::module::{
    DataSegment, ElementMode, ElementSegment, Export, Function, FunctionCode, GlobalOrigin, GlobalPlan, Import,
    MemoryPlan, Parts, TablePlan,
};
use crate::translate::translate;
use crate::types::{ExternType, FunctionType, Limits, ValueType};
use std::collections::BTreeMap;
use wasmparser::{
    DataKind, Element, ElementItems, ElementKind, ExternalKind, FuncValidatorAllocations, MemoryType, Parser, Payload,
    TableInit, TableType, TypeRef, ValidPayload, Validator, WasmFeatures,
};

/// The features of the profile. `FLOATS` and `GC_TYPES` are the decoder's own switches: without the second there is
/// no `externref`.
const FEATURES: WasmFeatures = WasmFeatures::FLOATS
    .union(WasmFeatures::GC_TYPES)
    .union(WasmFeatures::MUTABLE_GLOBAL)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::EXTENDED_CONST);

pub(crate) struct Decoder {
    parts: Parts,
    type_numbers: BTreeMap<FunctionType, u32>,
}

impl Decoder {
    pub(crate) fn new(config: &Config) -> Self {
        Self { parts: Parts::new(config), type_numbers: BTreeMap::new() }
    }

    pub(crate) fn decode(mut self, bytes: &[u8]) -> Result<Parts, DecodeError> {
        let mut validator = Validator::new_with_features(FEATURES);
        let mut allocations = FuncValidatorAllocations::default();
        let mut parser = Parser::new(0);
        parser.set_features(FEATURES);
        for payload in parser.parse_all(bytes) {
            let payload = payload?;
            if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
                let mut function = function.into_validator(allocations);
                function.validate(&body)?;
                let body = translate(&self.parts, function.index(), &body)?;
                self.parts.bodies.push(body);
                allocations = function.into_allocations();
            }
            self.section(payload)?;
        }
        Ok(self.parts)
    }

    fn section(&mut self, payload: Payload<'_>) -> Result<(), DecodeError> {
        match payload {
            Payload::TypeSection(section) => {
                for function_type in section.into_iter_err_on_gc_types() {
                    self.function_type(FunctionType::decode(&function_type?)?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(&import?)?;
                }
            }
            Payload::FunctionSection(section) => {
                for (body, type_index) in (0..).zip(section) {
                    self.function(type_index?, FunctionCode::Body(body));
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    let table = table?;
                    match table.init {
                        TableInit::RefNull => self.table(&table.ty, None)?,
                        TableInit::Expr(_) => return Err(DecodeError::Unsupported("a table initialiser")),
                    }
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memory(&memory?, None)?;
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    let expression = ConstExpr::decode(&global.init_expr)?;
                    self.charge_expression(&expression);
                    self.parts.globals.push(GlobalPlan {
                        value_type: ValueType::decode(global.ty.content_type)?,
                        mutable: global.ty.mutable,
                        origin: GlobalOrigin::Expression(expression),
                    });
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.export(export.name, export.kind, export.index)?;
                }
            }
            Payload::StartSection { func, .. } => self.parts.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.element(element?)?;
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    let offset = match data.kind {
                        DataKind::Passive => None,
                        DataKind::Active { memory_index: _, offset_expr } => {
                            let offset = ConstExpr::decode(&offset_expr)?;
                            self.charge_expression(&offset);
                            self.charge(data.data.len(), self.parts.config.schedule.instantiation.data_byte);
                            Some(offset)
                        }
                    };
                    self.parts.data.push(DataSegment { offset, bytes: data.data.to_vec() });
                }
            }
            // Counts, custom sections and the ends of things say nothing that is needed, and what belongs to other
            // proposals did not pass the validator.
            _ => {}
        }
        Ok(())
    }

    fn function_type(&mut self, function_type: FunctionType) {
        let index = self.parts.types.len() as u32;
        let canonical = *self.type_numbers.entry(function_type.clone()).or_insert(index);
        self.parts.canonical_types.push(canonical);
        self.parts.types.push(function_type);
    }

    fn function(&mut self, type_index: u32, code: FunctionCode) {
        let type_index = self.parts.canonical_types[type_index as usize];
        self.parts.functions.push(Function { type_index, code });
    }

    fn import(&mut self, import: &wasmparser::Import<'_>) -> Result<(), DecodeError> {
        let index = self.parts.imports.len() as u32;
        let extern_type = match import.ty {
            TypeRef::Func(type_index) => {
                self.function(type_index, FunctionCode::Host { import: index });
                ExternType::Function(self.parts.types[type_index as usize].clone())
            }
            TypeRef::Table(table) => {
                self.table(&table, Some(index))?;
                ExternType::Table(ValueType::from_heap_type(table.element_type.heap_type())?, table_limits(&table))
            }
            TypeRef::Memory(memory) => {
                self.memory(&memory, Some(index))?;
                ExternType::Memory(memory_limits(&memory))
            }
            TypeRef::Global(global) => {
                let value_type = ValueType::decode(global.content_type)?;
                let origin = GlobalOrigin::Import(index);
                self.parts.globals.push(GlobalPlan { value_type, mutable: global.mutable, origin });
                ExternType::Global { value: value_type, mutable: global.mutable }
            }
            TypeRef::Tag(_) => return Err(DecodeError::Unsupported("a tag")),
            TypeRef::FuncExact(_) => return Err(DecodeError::Unsupported("an exact function type")),
        };
        let (module, name) = (import.module.to_owned(), import.name.to_owned());
        self.parts.imports.push(Import { module, name, extern_type });
        Ok(())
    }

    fn table(&mut self, table: &TableType, import: Option<u32>) -> Result<(), DecodeError> {
        let cap = self.parts.config.table_elements;
        if table.initial > u64::from(cap) {
            return Err(DecodeError::TableTooLarge { elements: table.initial, cap });
        }
        let element_type = ValueType::from_heap_type(table.element_type.heap_type())?;
        self.parts.tables.push(TablePlan { element_type, limits: table_limits(table), import });
        Ok(())
    }

    fn memory(&mut self, memory: &MemoryType, import: Option<u32>) -> Result<(), DecodeError> {
        let cap = self.parts.config.memory_pages;
        if memory.initial > u64::from(cap) {
            return Err(DecodeError::MemoryTooLarge { pages: memory.initial, cap });
        }
        self.parts.memory = Some(MemoryPlan { limits: memory_limits(memory), import });
        Ok(())
    }

    fn export(&mut self, name: &str, kind: ExternalKind, index: u32) -> Result<(), DecodeError> {
        let export = match kind {
            ExternalKind::Func => {
                self.parts.exported_functions.insert(name.to_owned(), index);
                Export::Function(index)
            }
            ExternalKind::Table => Export::Table(index),
            ExternalKind::Memory => Export::Memory,
            ExternalKind::Global => Export::Global(index),
            ExternalKind::Tag => return Err(DecodeError::Unsupported("a tag")),
            ExternalKind::FuncExact => return Err(DecodeError::Unsupported("an exact function type")),
        };
        self.parts.exports.push((name.to_owned(), export));
        Ok(())
    }

    fn element(&mut self, element: Element<'_>) -> Result<(), DecodeError> {
        let mode = match element.kind {
            ElementKind::Passive => ElementMode::Passive,
            ElementKind::Declared => ElementMode::Declared,
            ElementKind::Active { table_index, offset_expr } => {
                let offset = ConstExpr::decode(&offset_expr)?;
                self.charge_expression(&offset);
                ElementMode::Active { table: table_index.unwrap_or(0), offset }
            }
        };
        let mut items = Vec::new();
        let element_type = match element.items {
            ElementItems::Functions(functions) => {
                for function in functions {
                    items.push(ConstExpr::function(function?));
                }
                ValueType::FuncRef
            }
            ElementItems::Expressions(element_type, expressions) => {
                for expression in expressions {
                    items.push(ConstExpr::decode(&expression?)?);
                }
                ValueType::from_heap_type(element_type.heap_type())?
            }
        };
        self.charge(items.len(), self.parts.config.schedule.instantiation.element);
        self.parts.elements.push(ElementSegment { mode, element_type, items });
        Ok(())
    }

    fn charge_expression(&mut self, expression: &ConstExpr) {
        self.charge(expression.operators(), self.parts.config.schedule.instantiation.const_operator);
    }

    fn charge(&mut self, count: usize, price: u32) {
        self.parts.instantiation_gas += count as u64 * u64::from(price);
    }
}

fn table_limits(table: &TableType) -> Limits {
    Limits { minimum: bound(table.initial), maximum: table.maximum.map(bound) }
}

fn memory_limits(memory: &MemoryType) -> Limits {
    Limits { minimum: bound(memory.initial), maximum: memory.maximum.map(bound) }
}

/// The validator admits no limits past 32 bits without 64-bit memories.
fn bound(limit: u64) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}
