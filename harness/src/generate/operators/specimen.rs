//! A specimen is one operator with the values that its operands may have and what it leaves.

use super::range::Range;
use super::{DATA, ELEMENTS, ENTRIES, PAGE, ROWS, ROWS_AT_LEAST};
use crate::coverage::{Cell, Context, Operand, Operands};
use crate::generate::bits::Bits;
use crate::generate::contract::operator::{Access, Danger, FAMILIES, LOADS, STORES, at};
use crate::generate::contract::types::{NUMBERS, Type};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use wasm_encoder::{HeapType, Instruction};

/// One operator.
#[derive(Clone, Debug)]
pub(super) struct Specimen {
    pub(super) operands: Vec<Range>,
    pub(super) act: Act,
    /// The type of what it leaves, if anything.
    pub(super) result: Option<Type>,
}

/// What is done with the operands.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// The operator, as it is.
    One(Instruction<'static>),
    /// A local of its own is written, and read afterwards.
    LocalSet(Type),
    /// A local of its own is written.
    LocalTee(Type),
    /// Operators around the operands: one below them, others behind them.
    Pattern { before: Option<Instruction<'static>>, after: Vec<Instruction<'static>> },
    /// A decision between two constants, or a transfer of one.
    Control(Control),
}

/// Operators of control, each around constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    If,
    Br,
    BrIf,
    BrTable,
    Return,
    Call,
    CallIndirect,
}

/// The specimen of a cell's operator, if there is one. An operator of any type is made one of `i32` if it is to be a
/// condition.
pub(super) fn specimen(Cell { operator: name, operands, context }: &Cell, bits: &mut Bits) -> Option<Specimen> {
    use Type::{ExternRef, FuncRef, I32};
    let condition = *context == Context::Condition;
    let number = if condition { I32 } else { bits.pick(&NUMBERS) };
    let one = |operands: Vec<Range>, operator, result| Specimen { operands, act: Act::One(operator), result };
    let decided = |operands, control| Specimen { operands, act: Act::Control(control), result: Some(I32) };
    let pair = |ty| vec![Range::Any(ty), Range::Any(ty), Range::between(0, 1)];
    // Places beyond the functions that are called through the table.
    let free = |room| Range::between(ENTRIES, ELEMENTS - room);
    let written = |room| Range::between(PAGE, 2 * PAGE - room);
    Some(match *name {
        "Drop" => one(vec![Range::Any(number)], Instruction::Drop, None),
        "Select" => one(pair(number), Instruction::Select, Some(number)),
        "TypedSelect" => {
            let ty = if bits.one_in(4) && !condition { FuncRef } else { number };
            one(pair(ty), Instruction::TypedSelect(ty.val()), Some(ty))
        }
        "LocalGet" => one(Vec::new(), Instruction::LocalGet(0), Some(I32)),
        "LocalSet" => Specimen { operands: vec![Range::Any(number)], act: Act::LocalSet(number), result: None },
        "LocalTee" => Specimen { operands: vec![Range::Any(number)], act: Act::LocalTee(number), result: Some(number) },
        "GlobalGet" => one(Vec::new(), Instruction::GlobalGet(global(number)), Some(number)),
        "GlobalSet" => one(vec![Range::Any(number)], Instruction::GlobalSet(global(number)), None),
        "MemorySize" => one(Vec::new(), Instruction::MemorySize(0), Some(I32)),
        "MemoryGrow" => one(vec![Range::between(0, 1)], Instruction::MemoryGrow(0), Some(I32)),
        "I32Const" | "I64Const" | "F32Const" | "F64Const" => {
            let ty = NUMBERS.into_iter().find(|ty| name.starts_with(&format!("{ty:?}")))?;
            one(Vec::new(), Range::Any(ty).constant(bits), Some(ty))
        }
        "MemoryInit" => {
            let operands = vec![written(DATA), Range::between(0, DATA / 2), Range::between(0, DATA / 2)];
            one(operands, Instruction::MemoryInit { mem: 0, data_index: 1 }, None)
        }
        "DataDrop" => one(Vec::new(), Instruction::DataDrop(2), None),
        "MemoryCopy" => {
            let operands = vec![written(64), Range::between(0, PAGE), Range::between(0, 64)];
            one(operands, Instruction::MemoryCopy { src_mem: 0, dst_mem: 0 }, None)
        }
        "MemoryFill" => {
            one(vec![written(64), Range::Any(I32), Range::between(0, 64)], Instruction::MemoryFill(0), None)
        }
        "TableInit" => {
            let operands = vec![free(1), Range::between(0, 1), Range::between(0, 1)];
            one(operands, Instruction::TableInit { elem_index: 1, table: 0 }, None)
        }
        "ElemDrop" => one(Vec::new(), Instruction::ElemDrop(2), None),
        "TableCopy" => {
            let operands = vec![free(2), Range::between(0, ELEMENTS - 2), Range::between(0, 2)];
            one(operands, Instruction::TableCopy { src_table: 0, dst_table: 0 }, None)
        }
        "TableFill" => one(vec![free(2), Range::Any(FuncRef), Range::between(0, 2)], Instruction::TableFill(0), None),
        "TableGet" => one(vec![Range::between(0, ELEMENTS - 1)], Instruction::TableGet(0), Some(FuncRef)),
        "TableSet" => one(vec![free(1), Range::Any(FuncRef)], Instruction::TableSet(0), None),
        "TableGrow" => one(vec![Range::Any(FuncRef), Range::between(0, 1)], Instruction::TableGrow(0), Some(I32)),
        "TableSize" => one(Vec::new(), Instruction::TableSize(0), Some(I32)),
        "RefNull" => one(Vec::new(), Instruction::RefNull(HeapType::FUNC), Some(FuncRef)),
        "RefIsNull" => {
            // The table, from which references are loaded, has functions.
            let ty =
                if *operands == Operands::of(&[Operand::Load]) { FuncRef } else { bits.pick(&[FuncRef, ExternRef]) };
            one(vec![Range::Any(ty)], Instruction::RefIsNull, Some(I32))
        }
        "RefFunc" => one(Vec::new(), Instruction::RefFunc(0), Some(FuncRef)),
        "If" => decided(vec![Range::between(0, 2)], Control::If),
        "BrIf" => decided(vec![Range::between(0, 2)], Control::BrIf),
        "BrTable" => decided(vec![Range::Any(I32)], Control::BrTable),
        "CallIndirect" => decided(vec![Range::between(0, ENTRIES - 1)], Control::CallIndirect),
        "Br" => decided(Vec::new(), Control::Br),
        "Return" => decided(Vec::new(), Control::Return),
        "Call" => decided(Vec::new(), Control::Call),
        _ => return numeric(name).or_else(|| access(name, bits)),
    })
}

/// The global of a number type.
fn global(ty: Type) -> u32 {
    (0..).zip(NUMBERS).find(|&(_, number)| number == ty).map_or(0, |(index, _)| index)
}

fn numeric(name: &str) -> Option<Specimen> {
    static NAMES: OnceLock<BTreeMap<String, (usize, usize)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let of_family = |(index, family): (usize, &'static crate::generate::contract::operator::Family)| {
            family.members.iter().enumerate().map(move |(member, operator)| (name_of(operator), (index, member)))
        };
        FAMILIES.iter().enumerate().flat_map(of_family).collect()
    });
    let &(family, member) = names.get(name)?;
    let family = &FAMILIES[family];
    let operands = match family.danger {
        Danger::None => family.operands.iter().map(|&ty| Range::Any(ty)).collect(),
        Danger::Division => vec![Range::Any(family.result), Range::Divisor(family.result)],
        Danger::Truncation => vec![Range::truncated(family.operands[0], family.result, name.ends_with('U'))],
    };
    let operator = family.members[member].clone();
    Some(Specimen { operands, act: Act::One(operator), result: Some(family.result) })
}

fn access(name: &str, bits: &mut Bits) -> Option<Specimen> {
    let named = |access: &&Access| name_of(&(access.operator)(at(0, 0))) == name;
    let load = LOADS.iter().find(named);
    let Access { ty, align, operator } = *load.or_else(|| STORES.iter().find(named))?;
    let width = 1 << align;
    // Offsets of all lengths, and such that wrap or meet the edge of a page; stores keep to the second page.
    let offset = bits.pick(&[0, 0, 1, 8, 0x7f, 0x80, 0x3fff, 0x7ff8, 0xffff, 0x1_0000, 0x1_0004, 0x1_fff0]);
    let first = if load.is_some() { 0 } else { PAGE.saturating_sub(offset) };
    let address = if load.is_some() && offset <= ROWS && !bits.one_in(3) {
        // Where there are values.
        Range::between(ROWS - offset, ROWS - offset + ROWS_AT_LEAST - width)
    } else {
        Range::between(first, 2 * PAGE - width - offset)
    };
    let memory = at(u64::from(offset), align - bits.below(align + 1));
    let act = Act::One(operator(memory));
    Some(match load {
        Some(_) => Specimen { operands: vec![address], act, result: Some(ty) },
        None => Specimen { operands: vec![address, Range::Any(ty)], act, result: None },
    })
}

/// The variant of an operator, which is the decoder's name for it.
pub(super) fn name_of(operator: &Instruction<'_>) -> String {
    format!("{operator:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}
