//! A module of functions around single operators, and one that calls them all in turn with values from their rows.

use super::function::{Made, Maker, load, store};
use super::pattern::Pattern;
use super::range::Range;
use super::specimen::specimen;
use super::{DATA, ELEMENTS, ENTRIES, PAGE, ROWS, Rows, VALUES, identity};
use crate::coverage::{Cell, Context, Operand, Operands};
use crate::generate::bits::Bits;
use crate::generate::contract::constant;
use crate::generate::contract::types::{NUMBERS, Signatures, Type};
use std::borrow::Cow;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, Instruction, MemorySection, MemoryType,
    Module, RefType, TableSection, TableType,
};

/// Where the results of a function's calls are stored, 64 bytes for each function.
const RESULTS: u32 = 0x8000;

/// Where operands of patterns come from.
const OPERANDS: [Operand; 4] = [Operand::Local, Operand::Local, Operand::Load, Operand::Constant];

/// A module and what can be called in it.
pub(super) struct Assembled {
    pub(super) bytes: Vec<u8>,
    /// What each of the functions `c0`, `c1`, ... takes behind the place in the rows.
    pub(super) functions: Vec<Vec<Range>>,
}

/// The module of some cells and patterns. Operators without a specimen are left out, which coverage tells.
pub(super) fn assemble<'c>(
    cells: impl Iterator<Item = &'c Cell>,
    patterns: impl Iterator<Item = Pattern>,
    bits: &mut Bits,
) -> Assembled {
    let mut signatures = Signatures::default();
    let mut rows = Rows::default();
    let mut made = Vec::new();
    for cell in cells {
        if let Some(specimen) = specimen(cell, bits) {
            made.push(Maker::new(&mut signatures, &mut rows, bits).make(&specimen, &cell.operands, cell.context));
        }
    }
    for pattern in patterns {
        let specimen = pattern.specimen(bits);
        let operands = Operands::Of(specimen.operands.iter().map(|_| bits.pick(&OPERANDS)).collect());
        let fits = |context: &Context| *context != Context::Condition || specimen.result == Some(Type::I32);
        let contexts = Context::PLACES.into_iter().chain(Context::USES).filter(fits).collect::<Vec<_>>();
        let context = bits.pick(&contexts);
        made.push(Maker::new(&mut signatures, &mut rows, bits).make(&specimen, &operands, context));
    }
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut exports = ExportSection::new();
    for ty in IDENTITIES {
        functions.function(signatures.index(&[ty], &[ty]));
        let mut body = Function::new([]);
        body.instruction(&Instruction::LocalGet(0)).instruction(&Instruction::End);
        code.function(&body);
    }
    for (index, made) in (0u32..).zip(&made) {
        let params = [Type::I32].into_iter().chain(made.params.iter().map(|param| param.ty())).collect::<Vec<_>>();
        let results = made.result.into_iter().collect::<Vec<_>>();
        functions.function(signatures.index(&params, &results));
        code.function(&made.function);
        exports.export(&format!("c{index}"), ExportKind::Func, FIRST + index);
    }
    functions.function(signatures.index(&[Type::I32], &[]));
    exports.export("all", ExportKind::Func, FIRST + made.len() as u32);
    exports.export("memory", ExportKind::Memory, 0);
    let all = all(&made, &mut rows, bits);
    code.function(&all);

    let mut module = Module::new();
    module.section(&signatures.section()).section(&functions);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: u64::from(ELEMENTS),
        maximum: Some(u64::from(ELEMENTS) + 2),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 2, maximum: Some(4), memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    for ty in NUMBERS {
        let value = constant::expression(ty, constant::bits_of(ty, bits), false);
        globals.global(GlobalType { val_type: ty.val(), mutable: true, shared: false }, &value);
    }
    module.section(&tables).section(&memories).section(&globals).section(&exports);
    let mut elements = ElementSection::new();
    let entry = identity(Type::I32);
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(Cow::Owned(vec![entry; ENTRIES as usize])));
    elements.passive(Elements::Functions(Cow::Borrowed(&[0, 1])));
    elements.passive(Elements::Functions(Cow::Borrowed(&[1])));
    module.section(&elements).section(&DataCountSection { count: 3 }).section(&code);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(ROWS as i32), rows.bytes);
    data.passive((0..DATA).map(|byte| byte as u8 ^ 0xa5));
    data.passive([1, 2, 3]);
    module.section(&data);
    let functions = made.into_iter().map(|made| made.params).collect();
    Assembled { bytes: module.finish(), functions }
}

/// The types of which there is a function that returns its argument.
pub(super) const IDENTITIES: [Type; 5] = [Type::I32, Type::I64, Type::F32, Type::F64, Type::FuncRef];

/// The first function around an operator.
const FIRST: u32 = IDENTITIES.len() as u32;

/// `all(rounds)`: in each round, calls every function with every place of the rows and stores what it returns.
fn all(made: &[Made], rows: &mut Rows, bits: &mut Bits) -> Function {
    const PLACE: u32 = 1;
    let mut body = Function::new([(1, Type::I32.val())]);
    let mut emit = |operator: &Instruction<'_>| {
        body.instruction(operator);
    };
    emit(&Instruction::Loop(BlockType::Empty));
    emit(&Instruction::I32Const(0));
    emit(&Instruction::LocalSet(PLACE));
    emit(&Instruction::Loop(BlockType::Empty));
    for (index, made) in (0u32..).zip(made) {
        if made.result.is_some() {
            emit(&Instruction::LocalGet(PLACE));
        }
        emit(&Instruction::LocalGet(PLACE));
        for param in &made.params {
            if param.ty().is_number() {
                let row = rows.add(*param, bits);
                emit(&Instruction::LocalGet(PLACE));
                emit(&load(param.ty(), row));
            } else {
                emit(&param.constant(bits));
            }
        }
        emit(&Instruction::Call(FIRST + index));
        match made.result {
            Some(ty) if ty.is_number() => emit(&store(ty, RESULTS + index * 64)),
            Some(_) => {
                emit(&Instruction::RefIsNull);
                emit(&store(Type::I32, RESULTS + index * 64));
            }
            None => {}
        }
    }
    for operator in [
        Instruction::LocalGet(PLACE),
        Instruction::I32Const(8),
        Instruction::I32Add,
        Instruction::LocalTee(PLACE),
        Instruction::I32Const(8 * VALUES as i32),
        Instruction::I32LtU,
        Instruction::BrIf(0),
        Instruction::End,
        Instruction::LocalGet(0),
        Instruction::I32Const(1),
        Instruction::I32Sub,
        Instruction::LocalTee(0),
        Instruction::BrIf(0),
        Instruction::End,
        Instruction::End,
    ] {
        emit(&operator);
    }
    body
}

// Results and rows keep to the first page, what operators store to the second.
const _: () = assert!(RESULTS + 64 * 64 < super::SCRATCH && super::SCRATCH < PAGE);
