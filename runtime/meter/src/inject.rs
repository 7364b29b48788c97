//! Injecting writes a metered module: the original's sections, each with what the meter adds behind it.

mod body;
mod code;
mod constant;
mod function;
mod layout;
mod start;

use crate::original::Original;
use crate::treatment::Treatment;
use crate::{Limit, Meter, Rejection, names};
use constant::Folding;
use layout::{Layout, value};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, ExportKind, ExportSection, FunctionSection,
    GlobalSection, GlobalType, ImportSection, MemorySection, Module, StartSection, TableSection, TypeSection, ValType,
};
use wasmparser::{DataKind, ElementKind};

/// Writes the metered form of `original`.
pub(crate) fn inject(original: &Original<'_>, meter: &Meter) -> Result<Vec<u8>, Rejection> {
    let layout = Layout::of(original)?;
    let mut module = Module::new();
    module.section(&types(original, &layout)?);
    if let Some(section) = &original.sections.imports {
        let mut imports = ImportSection::new();
        RoundtripReencoder.parse_import_section(&mut imports, section.clone()).map_err(Rejection::defect)?;
        module.section(&imports);
    }
    module.section(&functions(original, &layout)?);
    if !original.tables.is_empty() {
        module.section(&tables(original, meter)?);
    }
    if let Some(memories) = memories(original, meter)? {
        module.section(&memories);
    }
    module.section(&globals(original, meter)?);
    module.section(&exports(original, &layout)?);
    if let Some(function_index) = original.start
        && !meter.treats(Treatment::StartStripped)
    {
        module.section(&StartSection { function_index });
    }
    if original.sections.elements.is_some() {
        module.section(&elements(original, meter)?);
    }
    if original.data_segments > 0 {
        module.section(&DataCountSection { count: original.data_segments });
    }
    module.section(&bodies(original, &layout, meter)?);
    if original.data_segments > 0 {
        module.section(&data(original, meter)?);
    }
    Ok(module.finish())
}

fn types(original: &Original<'_>, layout: &Layout) -> Result<TypeSection, Rejection> {
    let mut types = TypeSection::new();
    if let Some(section) = &original.sections.types {
        RoundtripReencoder.parse_type_section(&mut types, section.clone()).map_err(Rejection::defect)?;
    }
    types.ty().function([], []);
    types.ty().function([ValType::I32], []);
    for results in layout.types.result_lists() {
        types.ty().function([], results.iter().map(|&ty| value(ty)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(types)
}

fn functions(original: &Original<'_>, layout: &Layout) -> Result<FunctionSection, Rejection> {
    let mut functions = FunctionSection::new();
    if let Some(section) = &original.sections.functions {
        RoundtripReencoder.parse_function_section(&mut functions, section.clone()).map_err(Rejection::defect)?;
    }
    // In the order of `layout::Functions`: stop, deepen, start.
    functions.function(layout.types.unary).function(layout.types.nullary).function(layout.types.nullary);
    Ok(functions)
}

fn tables(original: &Original<'_>, meter: &Meter) -> Result<TableSection, Rejection> {
    let mut tables = TableSection::new();
    for &table in &original.tables {
        let mut table = RoundtripReencoder.table_type(table).map_err(Rejection::defect)?;
        if meter.treats(Treatment::TableCap) {
            table.maximum = Some(cap(table.maximum, meter, Limit::TableElements));
        }
        tables.table(table);
    }
    Ok(tables)
}

fn memories(original: &Original<'_>, meter: &Meter) -> Result<Option<MemorySection>, Rejection> {
    let Some(memory) = original.memory else { return Ok(None) };
    let mut memory = RoundtripReencoder.memory_type(memory).map_err(Rejection::defect)?;
    if meter.treats(Treatment::MemoryCap) {
        memory.maximum = Some(cap(memory.maximum, meter, Limit::MemoryPages));
    }
    let mut memories = MemorySection::new();
    memories.memory(memory);
    Ok(Some(memories))
}

/// The smaller of a declared maximum and the profile's.
fn cap(declared: Option<u64>, meter: &Meter, limit: Limit) -> u64 {
    let limit = u64::from(meter.profile().limits.get(limit));
    declared.map_or(limit, |declared| declared.min(limit))
}

fn globals(original: &Original<'_>, meter: &Meter) -> Result<GlobalSection, Rejection> {
    let mut globals = GlobalSection::new();
    if let Some(section) = &original.sections.globals {
        Folding(meter).parse_global_section(&mut globals, section.clone()).map_err(Rejection::defect)?;
    }
    let variable = |val_type| GlobalType { val_type, mutable: true, shared: false };
    // In the order of `layout::Globals`: gas, stack, stack_low, status.
    globals.global(variable(ValType::I64), &ConstExpr::i64_const(0));
    for _ in 0..3 {
        globals.global(variable(ValType::I32), &ConstExpr::i32_const(0));
    }
    Ok(globals)
}

fn exports(original: &Original<'_>, layout: &Layout) -> Result<ExportSection, Rejection> {
    let mut exports = ExportSection::new();
    for &export in &original.exports {
        RoundtripReencoder.parse_export(&mut exports, export).map_err(Rejection::defect)?;
    }
    exports.export(names::GAS, ExportKind::Global, layout.globals.gas);
    exports.export(names::STACK, ExportKind::Global, layout.globals.stack);
    exports.export(names::STACK_LOW, ExportKind::Global, layout.globals.stack_low);
    exports.export(names::STATUS, ExportKind::Global, layout.globals.status);
    exports.export(names::START, ExportKind::Func, layout.functions.start);
    if original.memory.is_some() {
        exports.export(names::MEMORY, ExportKind::Memory, 0);
    }
    for (index, _) in (0..).zip(&original.tables) {
        exports.export(&names::table(index), ExportKind::Table, index);
    }
    for (index, _) in (0..).zip(&original.globals) {
        exports.export(&names::global(index), ExportKind::Global, index);
    }
    for &index in &original.referenced {
        exports.export(&names::function(index), ExportKind::Func, index);
    }
    Ok(exports)
}

fn elements(original: &Original<'_>, meter: &Meter) -> Result<ElementSection, Rejection> {
    let mut elements = ElementSection::new();
    for segment in original.sections.elements.clone().into_iter().flatten() {
        let mut segment = segment.map_err(Rejection::defect)?;
        if matches!(segment.kind, ElementKind::Active { .. }) && meter.treats(Treatment::SegmentsByStart) {
            segment.kind = ElementKind::Passive;
        }
        Folding(meter).parse_element(&mut elements, segment).map_err(Rejection::defect)?;
    }
    Ok(elements)
}

fn data(original: &Original<'_>, meter: &Meter) -> Result<DataSection, Rejection> {
    let mut data = DataSection::new();
    for segment in original.sections.data.clone().into_iter().flatten() {
        let mut segment = segment.map_err(Rejection::defect)?;
        if matches!(segment.kind, DataKind::Active { .. }) && meter.treats(Treatment::SegmentsByStart) {
            segment.kind = DataKind::Passive;
        }
        Folding(meter).parse_data(&mut data, segment).map_err(Rejection::defect)?;
    }
    Ok(data)
}

fn bodies(original: &Original<'_>, layout: &Layout, meter: &Meter) -> Result<CodeSection, Rejection> {
    let mut code = CodeSection::new();
    for body in &original.bodies {
        code.function(&function::function(body, original, layout, meter)?);
    }
    code.function(&start::stop(layout));
    code.function(&start::deepen(layout, meter));
    code.function(&start::start(original, layout, meter)?);
    Ok(code)
}
