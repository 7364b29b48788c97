//! An original is a module that the profile admits, read once, with everything that injecting needs to know about it.

mod body;
mod reader;

pub(crate) use body::Body;

use crate::interface::value_types;
use crate::{Export, ExportItem, GlobalType, Import, Interface, Meter, Rejection, TableType, ValueType};
use reader::Reader;
use std::collections::BTreeSet;
use wasmparser::{
    DataSectionReader, ElementSectionReader, ExternalKind, FuncType, FunctionSectionReader, GlobalSectionReader,
    ImportSectionReader, MemoryType, TypeSectionReader,
};

/// A validated module within the limits, whose imports and exports are allowed.
#[derive(Default)]
pub(crate) struct Original<'a> {
    /// The function types.
    pub(crate) types: Vec<FuncType>,
    /// The imported functions.
    pub(crate) imports: Vec<Import>,
    /// The type index of every function, imported ones first.
    pub(crate) functions: Vec<u32>,
    /// The tables.
    pub(crate) tables: Vec<wasmparser::TableType>,
    /// The memory, if there is one.
    pub(crate) memory: Option<MemoryType>,
    /// The globals.
    pub(crate) globals: Vec<wasmparser::GlobalType>,
    /// The exports, in order.
    pub(crate) exports: Vec<wasmparser::Export<'a>>,
    /// The start function.
    pub(crate) start: Option<u32>,
    /// Every function that an element segment or a `ref.func` names.
    pub(crate) referenced: BTreeSet<u32>,
    /// The number of data segments.
    pub(crate) data_segments: u32,
    /// What instantiation costs.
    pub(crate) instantiation_gas: u64,
    /// The functions that the module defines.
    pub(crate) bodies: Vec<Body<'a>>,
    /// The sections that are copied item by item.
    pub(crate) sections: Sections<'a>,
}

/// The sections of an original, as far as it has them.
#[derive(Default)]
pub(crate) struct Sections<'a> {
    pub(crate) types: Option<TypeSectionReader<'a>>,
    pub(crate) imports: Option<ImportSectionReader<'a>>,
    pub(crate) functions: Option<FunctionSectionReader<'a>>,
    pub(crate) globals: Option<GlobalSectionReader<'a>>,
    pub(crate) elements: Option<ElementSectionReader<'a>>,
    pub(crate) data: Option<DataSectionReader<'a>>,
}

impl<'a> Original<'a> {
    /// Reads a module, or says why it is not admitted.
    pub(crate) fn read(bytes: &'a [u8], meter: &Meter) -> Result<Self, Rejection> {
        Reader::new(meter).read(bytes)
    }

    /// The type of the function at `index`.
    pub(crate) fn function_type(&self, index: u32) -> Result<&FuncType, Rejection> {
        let ty = self.functions.get(index as usize).and_then(|&ty| self.types.get(ty as usize));
        ty.ok_or_else(|| Rejection::defect(format_args!("function {index} has no type")))
    }

    /// What the outside can see.
    pub(crate) fn interface(&self) -> Result<Interface, Rejection> {
        Ok(Interface {
            exports: self.exports.iter().map(|export| self.export(export)).collect::<Result<_, _>>()?,
            has_memory: self.memory.is_some(),
            // The profile's limit on pages was checked, and is far below where this could saturate.
            initial_pages: self.memory.map_or(0, |memory| u32::try_from(memory.initial).unwrap_or(u32::MAX)),
            tables: self.tables.iter().map(table_type).collect::<Result<_, _>>()?,
            globals: self.globals.iter().map(global_type).collect::<Result<_, _>>()?,
            functions: self.referenced.iter().copied().collect(),
            imports: self.imports.clone(),
        })
    }

    fn export(&self, export: &wasmparser::Export<'_>) -> Result<Export, Rejection> {
        let index = export.index;
        let item = match export.kind {
            ExternalKind::Func => {
                let ty = self.function_type(index)?;
                ExportItem::Function { index, params: value_types(ty.params())?, results: value_types(ty.results())? }
            }
            ExternalKind::Memory => ExportItem::Memory,
            ExternalKind::Table => ExportItem::Table { index },
            ExternalKind::Global => ExportItem::Global { index },
            ExternalKind::Tag | ExternalKind::FuncExact => {
                return Err(Rejection::defect(format_args!("an export of kind {:?} passed validation", export.kind)));
            }
        };
        Ok(Export { name: export.name.to_owned(), item })
    }
}

fn table_type(table: &wasmparser::TableType) -> Result<TableType, Rejection> {
    let elements = |count: u64| u32::try_from(count).map_err(|_| Rejection::defect("a table of 64-bit size"));
    Ok(TableType {
        element: ValueType::try_from(wasmparser::ValType::Ref(table.element_type))?,
        minimum: elements(table.initial)?,
        maximum: table.maximum.map(elements).transpose()?,
    })
}

fn global_type(global: &wasmparser::GlobalType) -> Result<GlobalType, Rejection> {
    Ok(GlobalType { value: ValueType::try_from(global.content_type)?, mutable: global.mutable })
}
