//! Putting a sketch together again.

use super::{Constant, Element, ElementMode, Function, Items, Op, Sketch};
use std::fmt;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, ExportSection, FunctionSection,
    GlobalSection, ImportSection, Instruction, MemorySection, Module, Section, StartSection, TableSection, TypeSection,
};
use wasmparser::{ExternalKind, FuncType};

/// Something names a part that was left out.
#[derive(Debug)]
struct Dangling;

impl fmt::Display for Dangling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part that was left out is named")
    }
}

type Encoded<T> = Result<T, Error<Dangling>>;

/// The indices of what is left.
struct Renumber<'s> {
    types: &'s [FuncType],
    /// The types that were asked for, in that order: they are the module's.
    used: Vec<&'s FuncType>,
    functions: Vec<Option<u32>>,
    tables: Vec<Option<u32>>,
    globals: Vec<Option<u32>>,
    elements: Vec<Option<u32>>,
    data: Vec<Option<u32>>,
    memory: bool,
}

impl Reencode for Renumber<'_> {
    type Error = Dangling;

    fn type_index(&mut self, index: u32) -> Encoded<u32> {
        let ty = self.types.get(index as usize).ok_or(Error::UserError(Dangling))?;
        let at = self.used.iter().position(|used| *used == ty).unwrap_or_else(|| {
            self.used.push(ty);
            self.used.len() - 1
        });
        u32::try_from(at).map_err(|_| Error::UserError(Dangling))
    }

    fn function_index(&mut self, index: u32) -> Encoded<u32> {
        left(&self.functions, index)
    }

    fn table_index(&mut self, index: u32) -> Encoded<u32> {
        left(&self.tables, index)
    }

    fn global_index(&mut self, index: u32) -> Encoded<u32> {
        left(&self.globals, index)
    }

    fn element_index(&mut self, index: u32) -> Encoded<u32> {
        left(&self.elements, index)
    }

    fn data_index(&mut self, index: u32) -> Encoded<u32> {
        left(&self.data, index)
    }

    fn memory_index(&mut self, index: u32) -> Encoded<u32> {
        if self.memory { Ok(index) } else { Err(Error::UserError(Dangling)) }
    }
}

fn left(indices: &[Option<u32>], index: u32) -> Encoded<u32> {
    indices.get(index as usize).copied().flatten().ok_or(Error::UserError(Dangling))
}

/// The new indices of what is left of parts.
fn renumber(present: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut next = 0..;
    present.map(|present| if present { next.next() } else { None }).collect()
}

fn add(module: &mut Module, empty: bool, section: &impl Section) {
    if !empty {
        module.section(section);
    }
}

impl Sketch<'_> {
    /// The module, or `None` where something that is left names something that is not.
    pub(in crate::reduce) fn encode(&self) -> Option<Vec<u8>> {
        self.module().ok()
    }

    fn module(&self) -> Encoded<Vec<u8>> {
        let functions = self.imports.iter().map(Option::is_some).chain(self.functions.iter().map(Option::is_some));
        let mut renumber = Renumber {
            types: &self.types,
            used: Vec::new(),
            functions: renumber(functions),
            tables: renumber(self.tables.iter().map(Option::is_some)),
            globals: renumber(self.globals.iter().map(Option::is_some)),
            elements: renumber(self.elements.iter().map(Option::is_some)),
            data: renumber(self.data.iter().map(Option::is_some)),
            memory: self.memory.is_some(),
        };
        let mut imports = ImportSection::new();
        for import in self.imports.iter().flatten() {
            let ty = renumber.type_index(import.ty)?;
            imports.import(import.module, import.name, wasm_encoder::EntityType::Function(ty));
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for function in self.functions.iter().flatten() {
            functions.function(renumber.type_index(function.ty)?);
            code.function(&renumber.body(function)?);
        }
        let mut tables = TableSection::new();
        for table in self.tables.iter().flatten() {
            tables.table(renumber.table_type(*table)?);
        }
        let mut memories = MemorySection::new();
        if let Some(memory) = self.memory {
            memories.memory(renumber.memory_type(memory)?);
        }
        let mut globals = GlobalSection::new();
        for global in self.globals.iter().flatten() {
            globals.global(renumber.global_type(global.ty)?, &renumber.constant(&global.init)?);
        }
        let mut exports = ExportSection::new();
        for export in &self.exports {
            let index = match export.kind {
                ExternalKind::Func | ExternalKind::FuncExact => renumber.function_index(export.index)?,
                ExternalKind::Table => renumber.table_index(export.index)?,
                ExternalKind::Memory => renumber.memory_index(export.index)?,
                ExternalKind::Global => renumber.global_index(export.index)?,
                ExternalKind::Tag => return Err(Error::UserError(Dangling)),
            };
            exports.export(&export.name, renumber.export_kind(export.kind)?, index);
        }
        let start = self.start.map(|index| renumber.function_index(index)).transpose()?;
        let mut elements = ElementSection::new();
        for element in self.elements.iter().flatten() {
            renumber.element(element, &mut elements)?;
        }
        let mut data = DataSection::new();
        for segment in self.data.iter().flatten() {
            let bytes = segment.bytes.iter().copied();
            match &segment.offset {
                None => data.passive(bytes),
                Some(offset) => data.active(renumber.memory_index(0)?, &renumber.constant(offset)?, bytes),
            };
        }
        let mut types = TypeSection::new();
        for ty in std::mem::take(&mut renumber.used) {
            types.ty().func_type(&renumber.func_type(ty.clone())?);
        }
        let mut module = Module::new();
        add(&mut module, types.is_empty(), &types);
        add(&mut module, imports.is_empty(), &imports);
        add(&mut module, functions.is_empty(), &functions);
        add(&mut module, tables.is_empty(), &tables);
        add(&mut module, memories.is_empty(), &memories);
        add(&mut module, globals.is_empty(), &globals);
        add(&mut module, exports.is_empty(), &exports);
        if let Some(function_index) = start {
            module.section(&StartSection { function_index });
        }
        add(&mut module, elements.is_empty(), &elements);
        add(&mut module, data.is_empty(), &DataCountSection { count: data.len() });
        add(&mut module, code.is_empty(), &code);
        add(&mut module, data.is_empty(), &data);
        Ok(module.finish())
    }
}

impl Renumber<'_> {
    fn body(&mut self, function: &Function<'_>) -> Encoded<wasm_encoder::Function> {
        let locals = self.val_types(function.locals.clone())?;
        let mut body = wasm_encoder::Function::new_with_locals_types(locals);
        for op in &function.body {
            match op {
                Op::Plain(operator) => body.instruction(&self.instruction(operator.clone())?),
                Op::BrTable { targets, default } => body.instruction(&Instruction::BrTable(targets.into(), *default)),
            };
        }
        Ok(body)
    }

    fn constant(&mut self, operators: &Constant<'_>) -> Encoded<ConstExpr> {
        let instructions = operators.iter().map(|operator| self.instruction(operator.clone()));
        Ok(ConstExpr::extended(instructions.collect::<Result<Vec<_>, _>>()?))
    }

    fn element(&mut self, element: &Element<'_>, section: &mut ElementSection) -> Encoded<()> {
        let items = match &element.items {
            Items::Functions(functions) => {
                let functions = functions.iter().map(|&index| self.function_index(index));
                Elements::Functions(functions.collect::<Result<Vec<_>, _>>()?.into())
            }
            Items::Expressions(ty, items) => {
                let items = items.iter().map(|item| self.constant(item)).collect::<Result<Vec<_>, _>>()?;
                Elements::Expressions(self.ref_type(*ty)?, items.into())
            }
        };
        match &element.mode {
            ElementMode::Passive => section.passive(items),
            ElementMode::Declared => section.declared(items),
            ElementMode::Active { table, offset } => {
                // The short form, which names no table, is the one that every release of every engine reads.
                let table = Some(self.table_index(*table)?).filter(|&table| table != 0);
                section.active(table, &self.constant(offset)?, items)
            }
        };
        Ok(())
    }
}
