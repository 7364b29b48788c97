//! Faults of engines in operators on floats.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::at;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::{F32, F64, I32};
use wasm_encoder::{Ieee32, Ieee64};
use wasmparser::Operator as Op;

const FLOATS: Class = Class::Floats;

fn f32_const(value: f32) -> I<'static> {
    I::F32Const(Ieee32::new(value.to_bits()))
}

fn f64_const(value: f64) -> I<'static> {
    I::F64Const(Ieee64::new(value.to_bits()))
}

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            FLOATS,
            "f32.min with a NaN on the right gives the left",
            replaced!(Engine, site, Op::F32Min => {
                let [left, right] = site.pair(F32);
                [
                    I::LocalSet(right),
                    I::LocalTee(left),
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::F32Min,
                    I::LocalGet(right),
                    I::LocalGet(right),
                    I::F32Ne,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f64.max of zeros gives the right one",
            replaced!(Engine, site, Op::F64Max => {
                let [left, right] = site.pair(F64);
                [
                    I::LocalSet(right),
                    I::LocalSet(left),
                    I::LocalGet(right),
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::F64Max,
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::F64Eq,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.nearest rounds halves up",
            replaced!(Engine, _site, Op::F32Nearest => [f32_const(0.5), I::F32Add, I::F32Floor]),
        ),
        Bug::new(FLOATS, "f64.nearest rounds down", replaced!(Engine, _site, Op::F64Nearest => [I::F64Floor])),
        Bug::new(
            FLOATS,
            "f64.trunc goes through an integer",
            replaced!(Engine, _site, Op::F64Trunc => [I::I64TruncSatF64S, I::F64ConvertI64S]),
        ),
        Bug::new(
            FLOATS,
            "f32.ceil of a number between -1 and 0 loses its sign",
            replaced!(Engine, _site, Op::F32Ceil => [I::F32Ceil, f32_const(0.0), I::F32Add]),
        ),
        Bug::new(
            FLOATS,
            "i32.trunc_f64_s saturates",
            replaced!(Engine, _site, Op::I32TruncF64S => [I::I32TruncSatF64S]),
        ),
        Bug::new(
            FLOATS,
            "i64.trunc_f32_u saturates behind a load",
            replaced!(Engine, site, Op::I64TruncF32U if (1..12).any(|by| matches!(site.back(by), Some(Op::F32Load { .. }))) => [I::I64TruncSatF32U]),
        ),
        Bug::new(
            FLOATS,
            "i64.trunc_sat_f32_u converts signed",
            replaced!(Engine, _site, Op::I64TruncSatF32U => [I::I64TruncSatF32S]),
        ),
        Bug::new(
            FLOATS,
            "i32.trunc_sat_f64_s of a NaN is the smallest number",
            replaced!(Engine, site, Op::I32TruncSatF64S => {
                let [x, _] = site.pair(F64);
                [
                    I::LocalTee(x),
                    I::I32TruncSatF64S,
                    I::I32Const(i32::MIN),
                    I::LocalGet(x),
                    I::LocalGet(x),
                    I::F64Eq,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.copysign with a constant is left out",
            replaced!(Engine, site, Op::F32Copysign if matches!(site.back(1), Some(Op::F32Const { .. })) => [I::Drop]),
        ),
        Bug::new(
            FLOATS,
            "f64.copysign takes the sign of the left",
            replaced!(Engine, _site, Op::F64Copysign => [I::Drop]),
        ),
        Bug::new(
            FLOATS,
            "f64.neg subtracts from zero",
            replaced!(Engine, site, Op::F64Neg => {
                let [x, _] = site.pair(F64);
                [I::LocalSet(x), f64_const(0.0), I::LocalGet(x), I::F64Sub]
            }),
        ),
        Bug::new(
            FLOATS,
            "f64.abs leaves the sign of a NaN",
            replaced!(Engine, site, Op::F64Abs => {
                let [x, _] = site.pair(F64);
                [
                    I::LocalTee(x),
                    I::F64Abs,
                    I::LocalGet(x),
                    I::LocalGet(x),
                    I::LocalGet(x),
                    I::F64Eq,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.demote_f64 rounds towards zero",
            replaced!(Engine, _site, Op::F32DemoteF64 => [
                I::I64ReinterpretF64,
                I::I64Const(!0x1fff_ffff),
                I::I64And,
                I::F64ReinterpretI64,
                I::F32DemoteF64,
            ]),
        ),
        Bug::new(
            FLOATS,
            "f64.convert_i64_u converts signed",
            replaced!(Engine, _site, Op::F64ConvertI64U => [I::F64ConvertI64S]),
        ),
        Bug::new(
            FLOATS,
            "f32.convert_i32_u of a local converts signed",
            replaced!(Engine, site, Op::F32ConvertI32U if site.local(1).is_some() => [I::F32ConvertI32S]),
        ),
        Bug::new(
            FLOATS,
            "f32.convert_i64_s rounds twice",
            replaced!(Engine, _site, Op::F32ConvertI64S => [I::F64ConvertI64S, I::F32DemoteF64]),
        ),
        Bug::new(
            FLOATS,
            "f64.sqrt of negative zero is zero",
            replaced!(Engine, _site, Op::F64Sqrt => [I::F64Sqrt, f64_const(0.0), I::F64Add]),
        ),
        Bug::new(
            FLOATS,
            "f32.add flushes subnormal results to zero",
            replaced!(Engine, site, Op::F32Add => {
                let [sum, _] = site.pair(F32);
                [
                    I::F32Add,
                    I::LocalSet(sum),
                    f32_const(0.0),
                    I::LocalGet(sum),
                    I::LocalGet(sum),
                    I::I32ReinterpretF32,
                    I::I32Const(0x7f80_0000),
                    I::I32And,
                    I::I32Eqz,
                    I::LocalGet(sum),
                    f32_const(0.0),
                    I::F32Ne,
                    I::I32And,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.mul in a loop rounds ties away from zero",
            replaced!(Engine, site, Op::F32Mul if site.in_loop() => {
                let [left, right] = site.pair(F64);
                [
                    I::F64PromoteF32,
                    I::LocalSet(right),
                    I::F64PromoteF32,
                    I::LocalSet(left),
                    I::LocalGet(left),
                    I::LocalGet(right),
                    I::F64Mul,
                    f64_const(1.0 + f64::EPSILON),
                    I::F64Mul,
                    I::F32DemoteF64,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.div by a constant multiplies by its inverse",
            replaced!(Engine, site, Op::F32Div if matches!(site.back(1), Some(Op::F32Const { .. })) => {
                let Some(Op::F32Const { value }) = site.back(1) else { return None };
                [I::Drop, f32_const(1.0 / f32::from_bits(value.bits())), I::F32Mul]
            }),
        ),
        Bug::new(FLOATS, "f64.lt is true for a NaN", replaced!(Engine, _site, Op::F64Lt => [I::F64Ge, I::I32Eqz])),
        Bug::new(
            FLOATS,
            "f32.ge of a local is false for equals",
            replaced!(Engine, site, Op::F32Ge if site.local(1).is_some() => [I::F32Gt]),
        ),
        Bug::new(
            FLOATS,
            "f32.eq of unlike operands compares bits",
            replaced!(Engine, site, Op::F32Eq if site.local(1) != site.local(2) || site.local(1).is_none() => {
                let [right, _] = site.pair(I32);
                [I::I32ReinterpretF32, I::LocalSet(right), I::I32ReinterpretF32, I::LocalGet(right), I::I32Eq]
            }),
        ),
        Bug::new(
            FLOATS,
            "i32.reinterpret_f32 makes NaNs quiet",
            replaced!(Engine, site, Op::I32ReinterpretF32 => {
                let [x, _] = site.pair(F32);
                [
                    I::LocalTee(x),
                    I::I32ReinterpretF32,
                    I::LocalGet(x),
                    I::LocalGet(x),
                    I::F32Ne,
                    I::I32Const(22),
                    I::I32Shl,
                    I::I32Or,
                ]
            }),
        ),
        Bug::new(
            FLOATS,
            "f32.load goes through a double",
            replaced!(Engine, _site, Op::F32Load { memarg } => [
                I::F32Load(at(memarg.offset)),
                I::F64PromoteF32,
                I::F32DemoteF64,
            ]),
        ),
    ]
}
