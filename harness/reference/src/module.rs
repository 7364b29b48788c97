//! A module is decoded bytes, ready to be instantiated any number of times.

use crate::config::Config;
use crate::constant::ConstExpr;
use crate::decode::Decoder;
use crate::error::DecodeError;
use crate::translate::Body;
use crate::types::{ExternType, FunctionType, Limits, ValueType};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A decoded module. Clones share it.
#[derive(Clone, Debug)]
pub struct Module {
    pub(crate) parts: Arc<Parts>,
}

/// Something that a module needs from its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The import's module.
    pub module: String,
    /// The import's name.
    pub name: String,
    /// What is imported.
    pub extern_type: ExternType,
}

impl Module {
    /// Validates and translates the bytes of a module.
    ///
    /// # Errors
    ///
    /// If they are malformed, invalid, or outside the profile.
    pub fn decode(bytes: &[u8], config: &Config) -> Result<Self, DecodeError> {
        let parts = Decoder::new(config).decode(bytes)?;
        Ok(Self { parts: Arc::new(parts) })
    }

    /// The imports, in order.
    #[must_use]
    pub fn imports(&self) -> &[Import] {
        &self.parts.imports
    }

    /// The exports and their types, in order.
    pub fn exports(&self) -> impl Iterator<Item = (&str, ExternType)> {
        self.parts.exports.iter().map(|(name, export)| (name.as_str(), self.parts.export_type(*export)))
    }

    /// The type of the exported function of a name.
    #[must_use]
    pub fn exported_function(&self, name: &str) -> Option<&FunctionType> {
        self.parts.exported_functions.get(name).map(|&function| self.parts.function_type(function))
    }

    /// The index of the export of a name, among the functions, tables, memories or globals.
    #[must_use]
    pub fn export_index(&self, name: &str) -> Option<u32> {
        let (_, export) = self.parts.exports.iter().find(|(exported, _)| exported == name)?;
        Some(match *export {
            Export::Function(index) | Export::Table(index) | Export::Global(index) => index,
            Export::Memory => 0,
        })
    }

    /// The gas that starting an instance costs before its start function is called.
    #[must_use]
    pub fn instantiation_gas(&self) -> u64 {
        self.parts.instantiation_gas
    }

    /// The pages that the memory of an instance starts with: none without a memory.
    #[must_use]
    pub fn initial_pages(&self) -> u32 {
        self.parts.memory.as_ref().map_or(0, |memory| memory.limits.minimum)
    }

    /// The elements that the tables of an instance start with, added up.
    #[must_use]
    pub fn initial_elements(&self) -> u64 {
        self.parts.tables.iter().map(|table| u64::from(table.limits.minimum)).sum()
    }

    /// The words that a frame of a function weighs; nothing if the module has no body of that index.
    #[must_use]
    pub fn frame_words(&self, function: u32) -> Option<u32> {
        match self.parts.functions.get(function as usize)?.code {
            FunctionCode::Host { .. } => None,
            FunctionCode::Body(body) => Some(self.parts.bodies[body as usize].frame_words),
        }
    }
}

/// What a module is made of, validated.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) config: Config,
    pub(crate) types: Vec<FunctionType>,
    /// For each type, the first type that is equal to it.
    pub(crate) canonical_types: Vec<u32>,
    pub(crate) imports: Vec<Import>,
    pub(crate) functions: Vec<Function>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) tables: Vec<TablePlan>,
    pub(crate) memory: Option<MemoryPlan>,
    pub(crate) globals: Vec<GlobalPlan>,
    pub(crate) exports: Vec<(String, Export)>,
    pub(crate) exported_functions: BTreeMap<String, u32>,
    pub(crate) start: Option<u32>,
    pub(crate) elements: Vec<ElementSegment>,
    pub(crate) data: Vec<DataSegment>,
    pub(crate) instantiation_gas: u64,
}

impl Parts {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            config: config.clone(),
            types: Vec::new(),
            canonical_types: Vec::new(),
            imports: Vec::new(),
            functions: Vec::new(),
            bodies: Vec::new(),
            tables: Vec::new(),
            memory: None,
            globals: Vec::new(),
            exports: Vec::new(),
            exported_functions: BTreeMap::new(),
            start: None,
            elements: Vec::new(),
            data: Vec::new(),
            instantiation_gas: 0,
        }
    }

    pub(crate) fn function_type(&self, function: u32) -> &FunctionType {
        &self.types[self.functions[function as usize].type_index as usize]
    }

    fn export_type(&self, export: Export) -> ExternType {
        match export {
            Export::Function(function) => ExternType::Function(self.function_type(function).clone()),
            Export::Table(table) => {
                let table = &self.tables[table as usize];
                ExternType::Table(table.element_type, table.limits)
            }
            Export::Memory => {
                ExternType::Memory(self.memory.as_ref().expect("validation checked that it exists").limits)
            }
            Export::Global(global) => {
                let global = &self.globals[global as usize];
                ExternType::Global { value: global.value_type, mutable: global.mutable }
            }
        }
    }
}

/// A function of the index space: its canonical type, and what a call of it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function {
    pub(crate) type_index: u32,
    pub(crate) code: FunctionCode,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FunctionCode {
    /// An import of the host's.
    Host { import: u32 },
    /// A body of the module's.
    Body(u32),
}

#[derive(Debug)]
pub(crate) struct TablePlan {
    pub(crate) element_type: ValueType,
    pub(crate) limits: Limits,
    /// The index of the import, if it is one.
    pub(crate) import: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct MemoryPlan {
    pub(crate) limits: Limits,
    /// The index of the import, if it is one.
    pub(crate) import: Option<u32>,
}

#[derive(Debug)]
pub(crate) struct GlobalPlan {
    pub(crate) value_type: ValueType,
    pub(crate) mutable: bool,
    pub(crate) origin: GlobalOrigin,
}

#[derive(Debug)]
pub(crate) enum GlobalOrigin {
    Import(u32),
    Expression(ConstExpr),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Export {
    Function(u32),
    Table(u32),
    Memory,
    Global(u32),
}

#[derive(Debug)]
pub(crate) struct ElementSegment {
    pub(crate) mode: ElementMode,
    pub(crate) element_type: ValueType,
    pub(crate) items: Vec<ConstExpr>,
}

#[derive(Debug)]
pub(crate) enum ElementMode {
    Active { table: u32, offset: ConstExpr },
    Passive,
    Declared,
}

#[derive(Debug)]
pub(crate) struct DataSegment {
    /// The offset of an active segment.
    pub(crate) offset: Option<ConstExpr>,
    pub(crate) bytes: Vec<u8>,
}
