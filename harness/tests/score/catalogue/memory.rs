//! Faults of engines in loads and stores: width, sign, offset, and the bounds.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::{Site, at};
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::{I32, I64};
use wasmparser::Operator as Op;

const MEMORY: Class = Class::Memory;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            MEMORY,
            "i32.load8_s with an offset loads unsigned",
            replaced!(Engine, _site, Op::I32Load8S { memarg } if memarg.offset > 0 => [I::I32Load8U(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "i64.load16_u loads 32 bits",
            replaced!(Engine, _site, Op::I64Load16U { memarg } => [I::I64Load32U(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "i64.load32_s of a local's address loads unsigned",
            replaced!(Engine, site, Op::I64Load32S { memarg } if site.local(1).is_some() => [I::I64Load32U(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "i32.load takes offsets modulo 256",
            replaced!(Engine, _site, Op::I32Load { memarg } if memarg.offset > 255 => [I::I32Load(at(memarg.offset % 256))]),
        ),
        Bug::new(
            MEMORY,
            "i64.load wraps address and offset at 32 bits",
            replaced!(Engine, _site, Op::I64Load { memarg } => [
                I::I32Const(memarg.offset as i32),
                I::I32Add,
                I::I64Load(at(0)),
            ]),
        ),
        Bug::new(
            MEMORY,
            "i32.store16 in a loop stores a byte",
            replaced!(Engine, site, Op::I32Store16 { memarg } if site.in_loop() => [I::I32Store8(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "i32.store8 stores 16 bits",
            replaced!(Engine, _site, Op::I32Store8 { memarg } => [I::I32Store16(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "i64.store of a constant stores its low half",
            replaced!(Engine, site, Op::I64Store { memarg } if site.right().is_some() => [I::I64Store32(at(memarg.offset))]),
        ),
        Bug::new(
            MEMORY,
            "f64.store in a loop is one byte off",
            replaced!(Engine, site, Op::F64Store { memarg } if site.in_loop() => [I::F64Store(at(memarg.offset + 1))]),
        ),
        Bug::new(
            MEMORY,
            "the second of two near stores is lost",
            replaced!(Engine, site, Op::I32Store { .. } if near_store(site) => [I::Drop, I::Drop]),
        ),
        Bug::new(
            MEMORY,
            "i32.load behind a store in a loop gives what it gave a round before",
            replaced!(Engine, site, Op::I32Load { .. } if site.in_loop() && near_store(site) => {
                let [loaded, _] = site.pair(I32);
                // What was loaded there in the round before.
                let Op::I32Load { memarg } = site.operator() else { return None };
                let before = site.spare(I32, 1);
                [
                    I::I32Load(at(memarg.offset)),
                    I::LocalSet(loaded),
                    I::LocalGet(before),
                    I::LocalGet(loaded),
                    I::LocalSet(before),
                ]
            }),
        ),
        Bug::new(
            MEMORY,
            "an i32.load that is out of bounds by less than four bytes gives zero",
            replaced!(Engine, site, Op::I32Load { memarg } => {
                let [address, _] = site.pair(I32);
                let [end, _] = site.pair(I64);
                [
                    I::LocalTee(address),
                    I::I64ExtendI32U,
                    I::I64Const(memarg.offset as i64),
                    I::I64Add,
                    I::LocalSet(end),
                    // The first byte is there and the last is not.
                    I::LocalGet(end),
                    I::MemorySize(0),
                    I::I64ExtendI32U,
                    I::I64Const(16),
                    I::I64Shl,
                    I::I64LtU,
                    I::LocalGet(end),
                    I::I64Const(3),
                    I::I64Add,
                    I::MemorySize(0),
                    I::I64ExtendI32U,
                    I::I64Const(16),
                    I::I64Shl,
                    I::I64GeU,
                    I::I32And,
                    I::If(wasm_encoder::BlockType::Result(I32)),
                    I::I32Const(0),
                    I::Else,
                    I::LocalGet(address),
                    I::I32Load(at(memarg.offset)),
                    I::End,
                ]
            }),
        ),
        Bug::new(
            MEMORY,
            "memory.grow gives the new size",
            replaced!(Engine, site, Op::MemoryGrow { mem } => {
                let [old, _] = site.pair(I32);
                [
                    I::MemoryGrow(*mem),
                    I::LocalTee(old),
                    I::MemorySize(*mem),
                    I::LocalGet(old),
                    I::I32Const(-1),
                    I::I32Eq,
                    I::Select,
                ]
            }),
        ),
        Bug::new(
            MEMORY,
            "memory.grow by nothing fails",
            replaced!(Engine, site, Op::MemoryGrow { mem } => {
                let [pages, _] = site.pair(I32);
                [I::LocalTee(pages), I::MemoryGrow(*mem), I::I32Const(-1), I::LocalGet(pages), I::Select]
            }),
        ),
        Bug::new(
            MEMORY,
            "memory.size behind a memory.grow is what it was",
            replaced!(Engine, site, Op::MemorySize { mem } if (1..24).any(|by| matches!(site.back(by), Some(Op::MemoryGrow { .. }))) => [I::MemorySize(*mem), I::I32Const(1), I::I32Sub]),
        ),
    ]
}

/// Whether a store stands shortly before.
fn near_store(site: &Site<'_>) -> bool {
    (1..=6).any(|by| {
        matches!(
            site.back(by),
            Some(
                Op::I32Store { .. }
                    | Op::I64Store { .. }
                    | Op::F32Store { .. }
                    | Op::F64Store { .. }
                    | Op::I32Store8 { .. }
            )
        )
    })
}
