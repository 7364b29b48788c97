//! A linker puts what a module imports into the module, since modules of the profile import nothing of the kind.
//!
//! It can do so with what has no state and uses nothing of its own module: functions of constants and parameters, and
//! constant globals. Whether such a thing is imported or defined makes no difference to any directive.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Encode as _, FunctionSection, GlobalSection, GlobalType,
    Module, RawSection, SectionId,
};
use wasmparser::{ExternalKind, FunctionBody, Global, Import, Operator, OperatorsReader, Parser, Payload, TypeRef};

/// The host module of the official tests, but for its memory and its table, which have a state.
const SPECTEST: &str = r#"(module
  (func (export "print"))
  (func (export "print_i32") (param i32))
  (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32))
  (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32))
  (func (export "print_f64_f64") (param f64 f64))
  (global (export "global_i32") i32 (i32.const 666))
  (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6))
  (global (export "global_f64") f64 (f64.const 666.6)))"#;

/// The order of a module's sections, in which the count of data segments comes before the code.
const ORDER: [SectionId; 11] = [
    SectionId::Type,
    SectionId::Function,
    SectionId::Table,
    SectionId::Memory,
    SectionId::Global,
    SectionId::Export,
    SectionId::Start,
    SectionId::Element,
    SectionId::DataCount,
    SectionId::Code,
    SectionId::Data,
];

/// The modules that can be imported from.
pub(super) struct Linker {
    exporters: BTreeMap<String, BTreeMap<String, Definition>>,
}

/// What can be put in the place of an import.
enum Definition {
    Function { body: Vec<u8> },
    Global { global_type: GlobalType, value: Vec<u8> },
}

/// Copies constant expressions, with the values of the imported globals in the place of their names: constant
/// expressions can name no other globals.
#[derive(Default)]
struct Substitution {
    values: Vec<Vec<u8>>,
}

impl Reencode for Substitution {
    type Error = Infallible;

    fn const_expr(&mut self, expression: wasmparser::ConstExpr<'_>) -> Result<ConstExpr, reencode::Error> {
        let mut bytes = Vec::new();
        for operator in expression.get_operators_reader() {
            match operator? {
                Operator::GlobalGet { global_index } if (global_index as usize) < self.values.len() => {
                    bytes.extend(&self.values[global_index as usize]);
                }
                Operator::End => {}
                other => self.instruction(other)?.encode(&mut bytes),
            }
        }
        Ok(ConstExpr::raw(bytes))
    }
}

impl Default for Linker {
    fn default() -> Self {
        let spectest = wat::parse_str(SPECTEST).expect("the host module is valid");
        let mut linker = Self { exporters: BTreeMap::new() };
        linker.register("spectest", &spectest);
        linker
    }
}

impl Linker {
    /// Lets modules import from this one under a name.
    pub(super) fn register(&mut self, name: &str, module: &[u8]) {
        self.exporters.insert(name.to_owned(), definitions(module).unwrap_or_default());
    }

    /// The module with definitions in the place of its imports, if there are such. One without imports keeps every
    /// byte.
    pub(super) fn link(&self, module: &[u8]) -> Option<Vec<u8>> {
        let imports = imports(module)?;
        if imports.is_empty() {
            return Some(module.to_vec());
        }
        let (mut functions, mut globals, mut code) = (FunctionSection::new(), GlobalSection::new(), CodeSection::new());
        let mut substitution = Substitution::default();
        for import in imports {
            match (self.definition(&import)?, import.ty) {
                (Definition::Function { body }, TypeRef::Func(index)) => {
                    functions.function(index);
                    code.raw(body);
                }
                (Definition::Global { global_type, value }, TypeRef::Global(_)) => {
                    globals.global(*global_type, &ConstExpr::raw(value.iter().copied()));
                    substitution.values.push(value.clone());
                }
                (Definition::Function { .. } | Definition::Global { .. }, _) => return None,
            }
        }
        let (mut elements, mut data) = (ElementSection::new(), DataSection::new());
        let mut others = BTreeMap::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload.ok()? {
                Payload::ImportSection(_) | Payload::CodeSectionStart { .. } | Payload::CustomSection(_) => {}
                Payload::FunctionSection(own) => substitution.parse_function_section(&mut functions, own).ok()?,
                Payload::GlobalSection(own) => substitution.parse_global_section(&mut globals, own).ok()?,
                Payload::ElementSection(own) => substitution.parse_element_section(&mut elements, own).ok()?,
                Payload::DataSection(own) => substitution.parse_data_section(&mut data, own).ok()?,
                Payload::CodeSectionEntry(body) => {
                    code.raw(body.as_bytes());
                }
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let range = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
                        others.insert(id, module.get(range)?);
                    }
                }
            }
        }
        let mut linked = Module::new();
        for section in ORDER {
            match section {
                SectionId::Function => linked.section(&functions),
                SectionId::Global => linked.section(&globals),
                SectionId::Element => linked.section(&elements),
                SectionId::Code => linked.section(&code),
                SectionId::Data => linked.section(&data),
                other => match others.get(&other.into()) {
                    Some(data) => linked.section(&RawSection { id: other.into(), data }),
                    None => &mut linked,
                },
            };
        }
        Some(linked.finish())
    }

    /// The names of the modules with which this one would share a state.
    pub(super) fn shares_with(&self, module: &[u8]) -> BTreeSet<String> {
        let imports = imports(module).unwrap_or_default().into_iter();
        imports.filter(|import| self.definition(import).is_none()).map(|import| import.module.to_owned()).collect()
    }

    fn definition(&self, import: &Import<'_>) -> Option<&Definition> {
        self.exporters.get(import.module)?.get(import.name)
    }
}

fn imports(module: &[u8]) -> Option<Vec<Import<'_>>> {
    let mut imports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload.ok()? {
            imports = section.into_imports().collect::<Result<_, _>>().ok()?;
        }
    }
    Some(imports)
}

/// What others can import of a module that imports nothing itself.
fn definitions(module: &[u8]) -> Option<BTreeMap<String, Definition>> {
    let (mut bodies, mut globals, mut exports) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.ok()? {
            Payload::ImportSection(_) => return None,
            Payload::GlobalSection(section) => globals = section.into_iter().collect::<Result<_, _>>().ok()?,
            Payload::ExportSection(section) => exports = section.into_iter().collect::<Result<_, _>>().ok()?,
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let mut definitions = BTreeMap::new();
    for export in exports {
        let index = usize::try_from(export.index).ok()?;
        let definition = match export.kind {
            ExternalKind::Func => bodies.get(index).and_then(function),
            ExternalKind::Global => globals.get(index).and_then(global),
            _ => None,
        };
        definitions.extend(definition.map(|definition| (export.name.to_owned(), definition)));
    }
    Some(definitions)
}

fn function(body: &FunctionBody<'_>) -> Option<Definition> {
    let closed = is_closed(body.get_operators_reader().ok()?);
    closed.then(|| Definition::Function { body: body.as_bytes().to_vec() })
}

fn global(global: &Global<'_>) -> Option<Definition> {
    if global.ty.mutable || !is_closed(global.init_expr.get_operators_reader()) {
        return None;
    }
    let global_type = RoundtripReencoder.global_type(global.ty).ok()?;
    let mut expression = global.init_expr.get_binary_reader();
    // The last operator is the end.
    let value = expression.read_bytes(expression.bytes_remaining().checked_sub(1)?).ok()?.to_vec();
    Some(Definition::Global { global_type, value })
}

/// Whether code has no state and uses nothing of its module.
fn is_closed(operators: OperatorsReader<'_>) -> bool {
    operators.into_iter().all(|operator| {
        matches!(
            operator,
            Ok(Operator::I32Const { .. }
                | Operator::I64Const { .. }
                | Operator::F32Const { .. }
                | Operator::F64Const { .. }
                | Operator::LocalGet { .. }
                | Operator::End)
        )
    })
}
