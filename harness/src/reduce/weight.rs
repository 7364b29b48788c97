//! A weight says which of two cases is smaller: every step of a reduction makes it less, so that a reduction ends.
//!
//! It counts what a person reads: operators first, then what is around them, then how odd their numbers are.

use super::sketch::{Constant, Element, ElementMode, Function, Items, Op, Sketch, memarg};
use crate::{CallableModule, Case, Run};
use modal_wasm_runtime::Value;
use wasmparser::{FuncType, MemArg, Operator};

/// The gas limit of a case of the corpus that names none, and so the plainest.
pub(super) const PLAIN_GAS: u64 = 1_000_000;

/// The weight of a case: that of its modules, and of what is around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    /// The sum of both, which tells cases apart.
    pub(super) sum: u64,
    modules: u64,
}

impl Weight {
    /// The weight of a case, and of one whose modules are those of another.
    pub(super) fn of(case: &Case, like: Option<(&Case, Self)>) -> Self {
        let modules = match like {
            // A large module is taken apart once, not for each candidate that leaves it as it is.
            Some((other, weight)) if other.module == case.module && other.modules == case.modules => weight.modules,
            Some(_) | None => {
                let callable = case
                    .modules
                    .values()
                    .map(|CallableModule { bytes, gas: limit }| 1_000 + gas(*limit) + module(bytes));
                module(&case.module) + callable.sum::<u64>()
            }
        };
        let beside = usize::from(case.upload.is_some()) + usize::from(case.parent.is_some());
        let told = (case.relations.len() + case.validations.len() + beside) as u64;
        Self { sum: modules + case.runs.iter().map(run).sum::<u64>() + 200 * told, modules }
    }
}

/// How many operators the functions of a module have, their last `end` not counted, if it can be taken apart.
pub(super) fn operators(module: &[u8]) -> Option<usize> {
    Some(Sketch::decode(module)?.bodies().map(|(_, function)| function.body.len() - 1).sum())
}

/// What cannot be taken apart weighs by its bytes.
fn module(bytes: &[u8]) -> u64 {
    Sketch::decode(bytes).map_or(20 * bytes.len() as u64, |sketch| sketch_weight(&sketch))
}

fn gas(limit: u64) -> u64 {
    if limit == PLAIN_GAS { 0 } else { 50 + bits(limit) }
}

fn run(run: &Run) -> u64 {
    2_000
        + match run {
            Run::Exports { start_gas, calls } => {
                let call = |call: &crate::Call| {
                    500 + gas(call.gas) + call.args.iter().map(|arg| 20 + value(*arg)).sum::<u64>() + name(&call.export)
                };
                // A file of the corpus has one limit for the calls of a run.
                let several = calls.windows(2).any(|pair| pair[0].gas != pair[1].gas);
                gas(*start_gas) + calls.iter().map(call).sum::<u64>() + if several { 200 } else { 0 }
            }
            Run::Abi { method, input, gas: limit } => {
                gas(*limit) + name(method) + input.bytes().map(|byte| 4 + u64::from(byte != b'a')).sum::<u64>()
            }
        }
}

/// A letter is the plainest name.
fn name(name: &str) -> u64 {
    match name.as_bytes() {
        [letter] if letter.is_ascii_lowercase() => 0,
        name => 20 + 4 * name.len() as u64,
    }
}

/// How odd a value is: nothing for zero, little for one, the more the more of its bits matter.
pub(super) fn value(value: Value) -> u64 {
    match value {
        Value::I32(bits) => integer(i64::from(bits.cast_signed())),
        Value::I64(bits) => integer(bits.cast_signed()),
        Value::F32(bits) => float(u64::from(bits) << 32),
        Value::F64(bits) => float(bits),
        Value::FuncRef(None) | Value::ExternRef(None) => 0,
        Value::FuncRef(Some(index)) | Value::ExternRef(Some(index)) => 1 + bits(u64::from(index)),
    }
}

fn integer(value: i64) -> u64 {
    2 * bits(value.unsigned_abs()) + u64::from(value < 0)
}

fn bits(value: u64) -> u64 {
    u64::from(u64::BITS - value.leading_zeros())
}

/// The plainest number with a fraction is one; what ends in zeros reads better.
fn float(bits: u64) -> u64 {
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    match bits {
        0 => 0,
        ONE | 0x3f80_0000_0000_0000 => 2,
        bits => 3 + u64::from(u64::BITS - bits.trailing_zeros()),
    }
}

fn sketch_weight(sketch: &Sketch<'_>) -> u64 {
    let signature = |ty: u32| sketch.types.get(ty as usize).map_or(0, func_type);
    let functions = sketch.bodies().map(|(_, function)| signature(function.ty) + body(sketch, function));
    let imports = sketch.imports.iter().flatten().map(|import| 300 + signature(import.ty));
    let globals = sketch.globals.iter().flatten().map(|global| 200 + constant(&global.init));
    let exports = sketch.exports.iter().map(|export| 100 + name(&export.name));
    let limits = |least: u64, most: Option<u64>| 200 + bits(least) + most.map_or(0, |most| 20 + bits(most));
    let tables = sketch.tables.iter().flatten().map(|table| limits(table.initial, table.maximum));
    let memory = sketch.memory.iter().map(|memory| limits(memory.initial, memory.maximum));
    let data = sketch.data.iter().flatten().map(|data| {
        let bytes = data.bytes.iter().map(|&byte| 3 + u64::from(byte != 0));
        200 + data.offset.as_ref().map_or(0, constant) + bytes.sum::<u64>()
    });
    functions.sum::<u64>()
        + imports.sum::<u64>()
        + globals.sum::<u64>()
        + exports.sum::<u64>()
        + tables.sum::<u64>()
        + memory.sum::<u64>()
        + data.sum::<u64>()
        + sketch.elements.iter().flatten().map(element).sum::<u64>()
        + sketch.start.map_or(0, |_| 100)
}

fn func_type(ty: &FuncType) -> u64 {
    50 * ty.params().len() as u64 + 250 * ty.results().len() as u64
}

fn element(element: &Element<'_>) -> u64 {
    let items = match &element.items {
        Items::Functions(functions) => functions.iter().map(|&index| 20 + bits(u64::from(index))).sum::<u64>(),
        Items::Expressions(_, items) => 10 + items.iter().map(|item| 30 + constant(item)).sum::<u64>(),
    };
    200 + items
        + match &element.mode {
            ElementMode::Passive | ElementMode::Declared => 0,
            ElementMode::Active { table, offset } => bits(u64::from(*table)) + constant(offset),
        }
}

/// An access at its natural alignment, and at no offset, needs no words.
fn address(memarg: &MemArg) -> u64 {
    bits(memarg.offset) + if memarg.align == memarg.max_align { 0 } else { 5 }
}

fn constant(operators: &Constant<'_>) -> u64 {
    operators.iter().map(|plain| operator(plain)).sum()
}

fn body(sketch: &Sketch<'_>, function: &Function<'_>) -> u64 {
    let ops = function.body.iter().map(|op| {
        let ty = op.begins().map(|ty| sketch.block_type(ty));
        let ty = ty.map_or(0, |ty| 120 * (ty.params().len() + ty.results().len()) as u64);
        ty + match op {
            Op::Plain(plain) => operator(plain),
            Op::BrTable { targets, .. } => 170 + 10 * targets.len() as u64,
        }
    });
    300 + 40 * function.locals.len() as u64 + ops.sum::<u64>()
}

fn operator(operator: &Operator<'_>) -> u64 {
    match operator {
        // An end goes with its block.
        Operator::End => 0,
        Operator::Nop => 30,
        Operator::Unreachable => 40,
        Operator::Drop => 45,
        Operator::I32Const { value } => 50 + integer(i64::from(*value)).min(40),
        Operator::I64Const { value } => 50 + integer(*value).min(40),
        Operator::F32Const { value } => 50 + float(u64::from(value.bits()) << 32).min(40),
        Operator::F64Const { value } => 50 + float(value.bits()).min(40),
        Operator::RefNull { .. } => 50,
        Operator::LocalGet { local_index } => 95 + bits(u64::from(*local_index)).min(5),
        Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
            100 + bits(u64::from(*local_index)).min(5)
        }
        Operator::CallIndirect { .. } => 200,
        Operator::BrIf { .. } => 160,
        Operator::TypedSelect { .. } => 120,
        Operator::Block { .. } => 130,
        Operator::Loop { .. } => 140,
        Operator::If { .. } => 150,
        other => 110 + memarg(&mut other.clone()).map_or(0, |memarg| address(memarg)),
    }
}
