//! Taking a module apart.

use super::{Constant, Data, Element, ElementMode, Export, Function, Global, Import, Items, Op, Sketch};
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBody, Operator, Parser, Payload, TableInit, TypeRef,
};

impl<'a> Sketch<'a> {
    /// The parts of a module, or `None` for one that is no module or is far from the profile.
    pub(in crate::reduce) fn decode(bytes: &'a [u8]) -> Option<Self> {
        let mut sketch = Self {
            types: Vec::new(),
            imports: Vec::new(),
            functions: Vec::new(),
            tables: Vec::new(),
            memory: None,
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            elements: Vec::new(),
            data: Vec::new(),
        };
        let mut declared = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.ok()? {
                Payload::TypeSection(reader) => {
                    for ty in reader.into_iter_err_on_gc_types() {
                        sketch.types.push(ty.ok()?);
                    }
                }
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        let import = import.ok()?;
                        let TypeRef::Func(ty) = import.ty else { return None };
                        sketch.imports.push(Some(Import { module: import.module, name: import.name, ty }));
                    }
                }
                Payload::FunctionSection(reader) => {
                    declared = reader.into_iter().collect::<Result<_, _>>().ok()?;
                }
                Payload::TableSection(reader) => {
                    for table in reader {
                        let table = table.ok()?;
                        let TableInit::RefNull = table.init else { return None };
                        sketch.tables.push(Some(table.ty));
                    }
                }
                Payload::MemorySection(reader) => {
                    for memory in reader {
                        if sketch.memory.replace(memory.ok()?).is_some() {
                            return None;
                        }
                    }
                }
                Payload::GlobalSection(reader) => {
                    for global in reader {
                        let global = global.ok()?;
                        sketch.globals.push(Some(Global { ty: global.ty, init: constant(&global.init_expr)? }));
                    }
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export.ok()?;
                        let name = export.name.to_owned();
                        sketch.exports.push(Export { name, kind: export.kind, index: export.index });
                    }
                }
                Payload::StartSection { func, .. } => sketch.start = Some(func),
                Payload::ElementSection(reader) => {
                    for element in reader {
                        sketch.elements.push(Some(self::element(element.ok()?)?));
                    }
                }
                Payload::DataSection(reader) => {
                    for data in reader {
                        let data = data.ok()?;
                        let offset = match &data.kind {
                            DataKind::Passive => None,
                            DataKind::Active { memory_index: 0, offset_expr } => Some(constant(offset_expr)?),
                            DataKind::Active { .. } => return None,
                        };
                        sketch.data.push(Some(Data { offset, bytes: data.data.into() }));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let ty = *declared.get(sketch.functions.len())?;
                    sketch.functions.push(Some(function(ty, &body)?));
                }
                Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                // Components and proposals outside the profile; the decoder's enum is open.
                _ => return None,
            }
        }
        (sketch.functions.len() == declared.len()).then_some(sketch)
    }
}

fn function<'a>(ty: u32, body: &FunctionBody<'a>) -> Option<Function<'a>> {
    /// The profile's limit is far below; this only keeps a hostile count from being spread out.
    const MOST_LOCALS: usize = 100_000;
    let mut locals = Vec::new();
    for group in body.get_locals_reader().ok()? {
        let (count, ty) = group.ok()?;
        if locals.len() + count as usize > MOST_LOCALS {
            return None;
        }
        locals.extend((0..count).map(|_| ty));
    }
    let mut operators = Vec::new();
    for operator in body.get_operators_reader().ok()? {
        operators.push(match operator.ok()? {
            Operator::BrTable { targets } => {
                Op::BrTable { targets: targets.targets().collect::<Result<_, _>>().ok()?, default: targets.default() }
            }
            plain => Op::Plain(plain),
        });
    }
    Some(Function { ty, locals, body: operators })
}

fn element(element: wasmparser::Element<'_>) -> Option<Element<'_>> {
    let mode = match &element.kind {
        ElementKind::Passive => ElementMode::Passive,
        ElementKind::Declared => ElementMode::Declared,
        ElementKind::Active { table_index, offset_expr } => {
            ElementMode::Active { table: table_index.unwrap_or(0), offset: constant(offset_expr)? }
        }
    };
    let items = match element.items {
        ElementItems::Functions(reader) => Items::Functions(reader.into_iter().collect::<Result<_, _>>().ok()?),
        ElementItems::Expressions(ty, reader) => {
            let items = reader.into_iter().map(|item| constant(&item.ok()?)).collect::<Option<_>>()?;
            Items::Expressions(ty, items)
        }
    };
    Some(Element { mode, items })
}

fn constant<'a>(expression: &ConstExpr<'a>) -> Option<Constant<'a>> {
    let mut operators = expression.get_operators_reader().into_iter().collect::<Result<Vec<_>, _>>().ok()?;
    (operators.pop()? == Operator::End).then_some(operators)
}
