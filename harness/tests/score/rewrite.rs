//! A rewriting puts other code in the place of single operators of a metered module: what an engine does that
//! miscompiles them, or a meter that writes them wrongly.
//!
//! Every rewritten module also counts its function entries and loop rounds, and traps after more of them than sound modules
//! make: a fault that takes the end away from a loop is noticed too, after the same work on every machine.

use crate::score::branch::Branches;
use crate::score::site::{Site, Spare};
use std::cell::OnceCell;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, Function, GlobalSection, GlobalType, Instruction, Module, RawSection, ValType,
};
use wasmparser::{
    FuncToValidate, FunctionBody, Operator, Parser, Payload, SubType, ValidPayload, Validator, ValidatorResources,
    WasmFeatures,
};

/// What is planted: the code that takes the place of an operator, if the fault is there.
pub(crate) type Fault = fn(&Site<'_>) -> Option<Vec<Instruction<'static>>>;

/// How operators are replaced: by a planted fault, or by something that follows from one.
pub(crate) type Replace<'a> = &'a dyn Fn(&Site<'_>) -> Option<Vec<Instruction<'static>>>;

/// Function entries and loop rounds of one instance. The largest generated gas limits would pay for more, and no sound module
/// makes as many: each runs rewritten as well, and one that was cut short would be a false alarm.
const ROUNDS: i64 = 1 << 21;

/// A rewritten module.
#[derive(Debug)]
pub(crate) struct Rewritten {
    pub(crate) bytes: Vec<u8>,
    /// The operators that were replaced.
    pub(crate) sites: usize,
}

/// What a body is read with: the module's types, functions and globals.
#[derive(Default)]
pub(crate) struct Shape {
    pub(crate) types: Vec<wasmparser::FuncType>,
    /// The type of every function, imported ones first.
    pub(crate) functions: Vec<u32>,
    pub(crate) imports: usize,
    pub(crate) globals: Vec<ValType>,
}

/// A metered module with other code in the place of some operators, or with the count of rounds alone.
///
/// # Panics
///
/// Panics if the planted fault makes an invalid module: it would be noticed for that, whoever looks.
pub(crate) fn rewrite(metered: &[u8], replace: Option<Replace<'_>>) -> Rewritten {
    match written(metered, replace) {
        Ok(rewritten) => {
            let checked = Validator::new_with_features(WasmFeatures::all()).validate_all(&rewritten.bytes);
            if let Err(error) = checked {
                panic!("{INVALID}: {error}");
            }
            rewritten
        }
        // A meter that lets everything pass lets pass what this cannot write. The engine is handed that as it is.
        Err(Unwritten) => Rewritten { bytes: metered.to_vec(), sites: 0 },
    }
}

/// How the panic of an invalid rewriting begins, by which it is told from what engines say.
pub(crate) const INVALID: &str = "the planted fault writes an invalid module";

/// A module with parts outside of the profile.
struct Unwritten;

impl From<wasmparser::Error> for Unwritten {
    fn from(_: wasmparser::Error) -> Self {
        Self
    }
}

impl From<wasm_encoder::reencode::Error> for Unwritten {
    fn from(_: wasm_encoder::reencode::Error) -> Self {
        Self
    }
}

fn written(metered: &[u8], replace: Option<Replace<'_>>) -> Result<Rewritten, Unwritten> {
    let (mut module, mut shape, mut code) = (Module::new(), Shape::default(), CodeSection::new());
    let (mut left, mut sites) = (0, 0);
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    for payload in Parser::new(0).parse_all(metered) {
        let payload = payload?;
        let valid = validator.payload(&payload)?;
        match &payload {
            Payload::TypeSection(types) => {
                for group in types.clone() {
                    let types = group?.into_types().collect::<Vec<SubType>>();
                    shape.types.extend(types.iter().map(|ty| ty.unwrap_func().clone()));
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    let wasmparser::TypeRef::Func(ty) = import?.ty else { return Err(Unwritten) };
                    shape.functions.push(ty);
                    shape.imports += 1;
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions.clone() {
                    shape.functions.push(ty?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals.clone() {
                    shape.globals.push(RoundtripReencoder.val_type(global?.ty.content_type)?);
                }
                let mut section = GlobalSection::new();
                RoundtripReencoder.parse_global_section(&mut section, globals.clone())?;
                let rounds = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
                section.global(rounds, &ConstExpr::i64_const(ROUNDS));
                module.section(&section);
                continue;
            }
            Payload::CodeSectionStart { count, .. } => {
                left = *count;
                continue;
            }
            Payload::CodeSectionEntry(body) => {
                let ValidPayload::Func(valid, _) = valid else { return Err(Unwritten) };
                sites += function(&shape, valid, body, replace, &mut code)?;
                left -= 1;
                if left == 0 {
                    module.section(&code);
                }
                continue;
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: &metered[range.start as usize..range.end as usize] });
        }
    }
    Ok(Rewritten { bytes: module.finish(), sites })
}

/// Writes one function and says how many of its operators were replaced.
fn function(
    shape: &Shape,
    valid: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    replace: Option<Replace<'_>>,
    code: &mut CodeSection,
) -> Result<usize, Unwritten> {
    let ty = shape.types.get(valid.ty as usize).ok_or(Unwritten)?;
    let mut locals = Vec::new();
    for declared in body.get_locals_reader()? {
        let (count, ty) = declared?;
        locals.push((count, RoundtripReencoder.val_type(ty)?));
    }
    let params = ty.params().iter().map(|&ty| RoundtripReencoder.val_type(ty)).collect::<Result<Vec<_>, _>>()?;
    let declared = locals.iter().flat_map(|&(count, ty)| std::iter::repeat_n(ty, count as usize));
    let types = params.into_iter().chain(declared).collect::<Vec<_>>();
    let spare = Spare::behind(types.len());
    let operators = body.get_operators_reader()?.into_iter().collect::<Result<Vec<_>, _>>()?;
    let validator = valid.into_validator(Default::default());
    let branches = Branches { shape, body, operators: &operators, validator, found: OnceCell::new() };
    let (mut loops, mut labels, mut sites) = (0, Vec::new(), 0);
    let mut written = round(shape);
    for (at, operator) in operators.iter().enumerate() {
        let site = Site { shape, operators: &operators, at, loops, locals: &types, branches: &branches, spare: &spare };
        match replace.and_then(|replace| replace(&site)) {
            Some(other) => {
                sites += 1;
                written.extend(other);
            }
            None => written.push(RoundtripReencoder.instruction(operator.clone())?),
        }
        match operator {
            Operator::Loop { .. } => {
                written.extend(round(shape));
                labels.push(true);
                loops += 1;
            }
            Operator::Block { .. } | Operator::If { .. } => labels.push(false),
            Operator::End if labels.pop() == Some(true) => loops -= 1,
            _ => {}
        }
    }
    locals.extend(spare.taken().into_iter().map(|ty| (1, ty)));
    let mut function = Function::new(locals);
    written.iter().for_each(|instruction| _ = function.instruction(instruction));
    code.function(&function);
    Ok(sites)
}

/// Counts an entry or a round, and traps if there were too many.
fn round(shape: &Shape) -> Vec<Instruction<'static>> {
    use Instruction as I;
    let rounds = shape.globals.len() as u32;
    vec![
        I::GlobalGet(rounds),
        I::I64Const(1),
        I::I64Sub,
        I::GlobalSet(rounds),
        I::GlobalGet(rounds),
        I::I64Eqz,
        I::If(BlockType::Empty),
        I::Unreachable,
        I::End,
    ]
}
