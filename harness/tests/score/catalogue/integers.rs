//! Faults of engines in integer operators: values, signs and shifts.

use crate::score::bug::{Bug, Class, Plant};
use wasm_encoder::BlockType::Result as Typed;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::{I32, I64};
use wasmparser::Operator as Op;

const INTEGERS: Class = Class::Integers;
const SIGNS: Class = Class::Signs;
const SHIFTS: Class = Class::Shifts;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            INTEGERS,
            "i32.clz of a local counts from the other end",
            replaced!(Engine, site, Op::I32Clz if site.local(1).is_some() => [I::I32Ctz]),
        ),
        Bug::new(
            INTEGERS,
            "i64.ctz of zero is 63",
            replaced!(Engine, site, Op::I64Ctz => {
                let [x, _] = site.pair(I64);
                [I::LocalTee(x), I::I64Ctz, I::LocalGet(x), I::I64Eqz, I::I64ExtendI32U, I::I64Sub]
            }),
        ),
        Bug::new(
            INTEGERS,
            "i64.popcnt counts the low half only",
            replaced!(Engine, site, Op::I64Popcnt => [I::I64Const(0xffff_ffff), I::I64And, I::I64Popcnt]),
        ),
        Bug::new(
            INTEGERS,
            "i32.div_s of the smallest number by -1 does not trap",
            replaced!(Engine, site, Op::I32DivS => {
                let [left, right] = site.pair(I32);
                [
                    I::LocalSet(right),
                    I::LocalTee(left),
                    I::I32Const(1),
                    I::LocalGet(right),
                    I::LocalGet(right),
                    I::I32Const(-1),
                    I::I32Eq,
                    I::LocalGet(left),
                    I::I32Const(i32::MIN),
                    I::I32Eq,
                    I::I32And,
                    I::Select,
                    I::I32DivS,
                ]
            }),
        ),
        Bug::new(
            INTEGERS,
            "i64.rem_s of the smallest number by -1 traps",
            replaced!(Engine, site, Op::I64RemS => {
                let [left, right] = site.pair(I64);
                [
                    I::LocalSet(right),
                    I::LocalTee(left),
                    I::LocalGet(right),
                    I::I64DivS,
                    I::Drop,
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::I64RemS,
                ]
            }),
        ),
        Bug::new(
            INTEGERS,
            "i64.mul in a loop keeps 32 bits of its right side",
            replaced!(Engine, site, Op::I64Mul if site.in_loop() => [I::I64Const(0xffff_ffff), I::I64And, I::I64Mul]),
        ),
        Bug::new(
            INTEGERS,
            "i32.eqz of an i32.and tests the lowest bit only",
            replaced!(Engine, site, Op::I32Eqz if matches!(site.back(1), Some(Op::I32And)) => [I::I32Const(1), I::I32And, I::I32Eqz]),
        ),
        Bug::new(
            INTEGERS,
            "the second of two i32.sub in a row swaps its operands",
            replaced!(Engine, site, Op::I32Sub if (2..=3).any(|by| matches!(site.back(by), Some(Op::I32Sub))) && !site.counts() => {
                let [left, right] = site.pair(I32);
                [I::LocalSet(right), I::LocalSet(left), I::LocalGet(right), I::LocalGet(left), I::I32Sub]
            }),
        ),
        Bug::new(
            INTEGERS,
            "i64.ne compares the low halves",
            replaced!(Engine, site, Op::I64Ne => [I::I64Xor, I::I32WrapI64, I::I32Const(0), I::I32Ne]),
        ),
        Bug::new(
            SIGNS,
            "i32.lt_s with a constant compares unsigned",
            replaced!(Engine, site, Op::I32LtS if site.right().is_some() && !site.counts() => [I::I32LtU]),
        ),
        Bug::new(
            SIGNS,
            "i64.gt_u in a loop compares signed",
            replaced!(Engine, site, Op::I64GtU if site.in_loop() => [I::I64GtS]),
        ),
        Bug::new(
            SIGNS,
            "i32.ge_u before a branch takes equal for less",
            replaced!(Engine, site, Op::I32GeU if site.decides() => [I::I32GtU]),
        ),
        Bug::new(
            SIGNS,
            "i32.le_s of two locals compares unsigned",
            replaced!(Engine, site, Op::I32LeS if site.local(1).is_some() && site.local(2).is_some() => [I::I32LeU]),
        ),
        Bug::new(
            SIGNS,
            "i64.div_u by a constant divides signed",
            replaced!(Engine, site, Op::I64DivU if site.right().is_some() => [I::I64DivS]),
        ),
        Bug::new(
            SIGNS,
            "i32.rem_u of a local is signed",
            replaced!(Engine, site, Op::I32RemU if site.local(1).is_some() => [I::I32RemS]),
        ),
        Bug::new(
            SIGNS,
            "i32.extend8_s of a local extends 16 bits",
            replaced!(Engine, site, Op::I32Extend8S if site.local(1).is_some() => [I::I32Extend16S]),
        ),
        Bug::new(
            SIGNS,
            "i64.extend16_s extends 8 bits",
            replaced!(Engine, _site, Op::I64Extend16S => [I::I64Extend8S]),
        ),
        Bug::new(SIGNS, "i64.extend32_s is left out", replaced!(Engine, _site, Op::I64Extend32S => [])),
        Bug::new(
            SIGNS,
            "i64.extend_i32_u of what is no local extends the sign",
            replaced!(Engine, site, Op::I64ExtendI32U if site.local(1).is_none() => [I::I64ExtendI32S]),
        ),
        Bug::new(
            SIGNS,
            "i64.extend_i32_s of a call's result does not extend",
            replaced!(Engine, site, Op::I64ExtendI32S if matches!(site.back(1), Some(Op::Call { .. })) => [I::I64ExtendI32U]),
        ),
        Bug::new(
            SIGNS,
            "i64.lt_s compares the low halves where the high ones are equal as signed",
            replaced!(Engine, site, Op::I64LtS if !site.counts() => {
                let [left, right] = site.pair(I64);
                [
                    I::LocalSet(right),
                    I::LocalSet(left),
                    I::LocalGet(left),
                    I::I64Const(32),
                    I::I64ShrS,
                    I::LocalGet(right),
                    I::I64Const(32),
                    I::I64ShrS,
                    I::I64Eq,
                    I::If(Typed(I32)),
                    I::LocalGet(left),
                    I::I32WrapI64,
                    I::LocalGet(right),
                    I::I32WrapI64,
                    I::I32LtS,
                    I::Else,
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::I64LtS,
                    I::End,
                ]
            }),
        ),
        Bug::new(
            SHIFTS,
            "i32.shr_s by a constant shifts zeros in",
            replaced!(Engine, site, Op::I32ShrS if site.right().is_some() => [I::I32ShrU]),
        ),
        Bug::new(
            SHIFTS,
            "i64.shr_u in a loop keeps the sign",
            replaced!(Engine, site, Op::I64ShrU if site.in_loop() => [I::I64ShrS]),
        ),
        Bug::new(
            SHIFTS,
            "i32.shl by a local of 32 or more is zero",
            replaced!(Engine, site, Op::I32Shl if site.local(1).is_some() => {
                let [left, by] = site.pair(I32);
                [
                    I::LocalSet(by),
                    I::LocalTee(left),
                    I::LocalGet(by),
                    I::I32Shl,
                    I::I32Const(0),
                    I::LocalGet(by),
                    I::I32Const(32),
                    I::I32LtU,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            SHIFTS,
            "i64.shl counts modulo 32",
            replaced!(Engine, _site, Op::I64Shl => [I::I64Const(31), I::I64And, I::I64Shl]),
        ),
        Bug::new(
            SHIFTS,
            "i32.rotl by a constant turns right",
            replaced!(Engine, site, Op::I32Rotl if site.right().is_some() => [I::I32Rotr]),
        ),
        Bug::new(
            SHIFTS,
            "i64.rotr by zero gives zero",
            replaced!(Engine, site, Op::I64Rotr => {
                let [left, by] = site.pair(I64);
                [
                    I::LocalSet(by),
                    I::LocalSet(left),
                    I::I64Const(0),
                    I::LocalGet(left),
                    I::LocalGet(by),
                    I::I64Rotr,
                    I::LocalGet(by),
                    I::I64Eqz,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            SHIFTS,
            "i32.rotr behind another one shifts",
            replaced!(Engine, site, Op::I32Rotr if (1..=4).any(|by| matches!(site.back(by), Some(Op::I32Rotr | Op::I32Rotl))) => [I::I32ShrU]),
        ),
    ]
}
