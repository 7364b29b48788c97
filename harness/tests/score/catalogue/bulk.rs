//! Faults of engines in bulk, table and reference operators.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::at;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::I32;
use wasm_encoder::{BlockType, HeapType};
use wasmparser::Operator as Op;

const BULK: Class = Class::Bulk;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            BULK,
            "memory.fill leaves the last byte",
            replaced!(Engine, site, Op::MemoryFill { mem } => {
                let [length, _] = site.pair(I32);
                [I::LocalTee(length), I::LocalGet(length), I::I32Eqz, I::I32Eqz, I::I32Sub, I::MemoryFill(*mem)]
            }),
        ),
        Bug::new(
            BULK,
            "memory.fill with a byte above 127 fills with its complement",
            replaced!(Engine, site, Op::MemoryFill { mem } => {
                let [byte, length] = site.pair(I32);
                [
                    I::LocalSet(length),
                    I::LocalTee(byte),
                    I::LocalGet(byte),
                    I::I32Extend8S,
                    I::I32Const(31),
                    I::I32ShrS,
                    I::I32Xor,
                    I::LocalGet(length),
                    I::MemoryFill(*mem),
                ]
            }),
        ),
        Bug::new(
            BULK,
            "memory.copy goes forwards where it has to go backwards",
            replaced!(Engine, site, Op::MemoryCopy { .. } => {
                let [to, from, length, place] = [0, 1, 2, 3].map(|number| site.spare(I32, number));
                [
                    I::LocalSet(length),
                    I::LocalSet(from),
                    I::LocalTee(to),
                    // The bounds, without a change.
                    I::LocalGet(to),
                    I::LocalGet(length),
                    I::MemoryCopy { src_mem: 0, dst_mem: 0 },
                    I::LocalGet(from),
                    I::LocalGet(from),
                    I::LocalGet(length),
                    I::MemoryCopy { src_mem: 0, dst_mem: 0 },
                    I::I32Const(0),
                    I::LocalSet(place),
                    I::Block(BlockType::Empty),
                    I::Loop(BlockType::Empty),
                    I::LocalGet(place),
                    I::LocalGet(length),
                    I::I32GeU,
                    I::BrIf(1),
                    I::LocalGet(to),
                    I::LocalGet(place),
                    I::I32Add,
                    I::LocalGet(from),
                    I::LocalGet(place),
                    I::I32Add,
                    I::I32Load8U(at(0)),
                    I::I32Store8(at(0)),
                    I::LocalGet(place),
                    I::I32Const(1),
                    I::I32Add,
                    I::LocalSet(place),
                    I::Br(0),
                    I::End,
                    I::End,
                ]
            }),
        ),
        Bug::new(
            BULK,
            "memory.init reads from where its segment begins",
            replaced!(Engine, site, Op::MemoryInit { data_index, mem } => {
                let [length, _] = site.pair(I32);
                [
                    I::LocalSet(length),
                    I::Drop,
                    I::I32Const(0),
                    I::LocalGet(length),
                    I::MemoryInit { mem: *mem, data_index: *data_index },
                ]
            }),
        ),
        Bug::new(
            BULK,
            "memory.init of no bytes never traps",
            replaced!(Engine, site, Op::MemoryInit { data_index, mem } => {
                let [length, from] = site.pair(I32);
                let to = site.spare(I32, 2);
                [
                    I::LocalSet(length),
                    I::LocalSet(from),
                    I::LocalSet(to),
                    I::LocalGet(length),
                    I::If(BlockType::Empty),
                    I::LocalGet(to),
                    I::LocalGet(from),
                    I::LocalGet(length),
                    I::MemoryInit { mem: *mem, data_index: *data_index },
                    I::End,
                ]
            }),
        ),
        Bug::new(BULK, "data.drop does nothing", replaced!(Engine, _site, Op::DataDrop { .. } => [])),
        Bug::new(BULK, "elem.drop does nothing", replaced!(Engine, _site, Op::ElemDrop { .. } => [])),
        Bug::new(
            BULK,
            "table.fill leaves the last element",
            replaced!(Engine, site, Op::TableFill { table } => {
                let [length, _] = site.pair(I32);
                [I::LocalTee(length), I::LocalGet(length), I::I32Eqz, I::I32Eqz, I::I32Sub, I::TableFill(*table)]
            }),
        ),
        Bug::new(
            BULK,
            "table.init takes one element less",
            replaced!(Engine, site, Op::TableInit { elem_index, table } => {
                let [length, _] = site.pair(I32);
                [
                    I::LocalTee(length),
                    I::LocalGet(length),
                    I::I32Eqz,
                    I::I32Eqz,
                    I::I32Sub,
                    I::TableInit { elem_index: *elem_index, table: *table },
                ]
            }),
        ),
        Bug::new(
            BULK,
            "table.copy copies to where it reads from",
            replaced!(Engine, site, Op::TableCopy { dst_table, src_table } => {
                let [length, from] = site.pair(I32);
                [
                    I::LocalSet(length),
                    I::LocalSet(from),
                    I::Drop,
                    I::LocalGet(from),
                    I::LocalGet(from),
                    I::LocalGet(length),
                    I::TableCopy { dst_table: *dst_table, src_table: *src_table },
                ]
            }),
        ),
        Bug::new(
            BULK,
            "table.size is one too many behind a table.grow",
            replaced!(Engine, site, Op::TableSize { table } if (1..40).any(|by| matches!(site.back(by), Some(Op::TableGrow { .. }))) => [
                I::TableSize(*table),
                I::I32Const(1),
                I::I32Add,
            ]),
        ),
        Bug::new(
            BULK,
            "table.grow by nothing fails",
            replaced!(Engine, site, Op::TableGrow { table } => {
                let [elements, _] = site.pair(I32);
                [I::LocalTee(elements), I::TableGrow(*table), I::I32Const(-1), I::LocalGet(elements), I::Select]
            }),
        ),
        Bug::new(
            BULK,
            "ref.is_null is false",
            replaced!(Engine, site, Op::RefIsNull if !matches!(site.ahead(1), Some(Op::If { .. })) => [I::RefIsNull, I::Drop, I::I32Const(0)]),
        ),
        Bug::new(
            BULK,
            "ref.func gives null",
            replaced!(Engine, _site, Op::RefFunc { .. } => [I::RefNull(HeapType::FUNC)]),
        ),
        Bug::new(
            BULK,
            "call_indirect in a loop calls the element before",
            replaced!(Engine, site, Op::CallIndirect { type_index, table_index } if site.in_loop() => {
                let [index, _] = site.pair(I32);
                [
                    I::LocalTee(index),
                    I::LocalGet(index),
                    I::I32Eqz,
                    I::I32Eqz,
                    I::I32Sub,
                    I::CallIndirect { type_index: *type_index, table_index: *table_index },
                ]
            }),
        ),
    ]
}
