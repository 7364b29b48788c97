//! A guest's ABI is `alloc` and a method that digests its input into a length-prefixed JSON text.

use super::digest;
use super::genome::{AbiGenes, Breach};
use super::operator::at;
use super::plan::Plan;
use super::types::{Signatures, Type};
use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

/// What the method writes, apart from the digits.
const TEMPLATE: &[u8] =
    b"{\"hash\":\"0000000000000000\",\"mean\":\"0000000000000000\",\"count\":          ,\"valid\":true }";
/// What a terse method writes.
const TERSE: &[u8; 2] = b"{}";
const HASH_AT: u64 = 4 + 9;
const MEAN_AT: u64 = 4 + 35;
const COUNT_END: u64 = 4 + 71;
const VALID_AT: u64 = 4 + 80;
const _: () = assert!(
    TEMPLATE[HASH_AT as usize - 4] == b'0'
        && TEMPLATE[HASH_AT as usize + 11] == b'0'
        && TEMPLATE[MEAN_AT as usize - 4] == b'0'
        && TEMPLATE[MEAN_AT as usize + 11] == b'0'
        && TEMPLATE[COUNT_END as usize - 14] == b' '
        && TEMPLATE[COUNT_END as usize - 4] == b','
        && TEMPLATE[VALID_AT as usize - 4] == b't'
);

/// The functions, and what they need of the module.
#[derive(Debug)]
pub(super) struct Guest {
    /// The allocator and the method, which come after all other functions.
    pub(super) functions: [GuestFunction; 2],
    /// The initial value of the heap pointer, the last global.
    pub(super) heap: u32,
    /// The last data segment.
    pub(super) template: Option<&'static [u8]>,
}

/// A function and the index of its type.
#[derive(Debug)]
pub(super) struct GuestFunction {
    pub(super) ty: u32,
    pub(super) body: Function,
}

/// Locals of the method.
pub(super) mod local {
    pub(in super::super) const POINTER: u32 = 0;
    pub(in super::super) const LENGTH: u32 = 1;
    pub(in super::super) const INDEX: u32 = 2;
    pub(in super::super) const BYTE: u32 = 3;
    pub(in super::super) const COUNT: u32 = 4;
    pub(in super::super) const DEPTH: u32 = 5;
    pub(in super::super) const OUT: u32 = 6;
    pub(in super::super) const SCRATCH: u32 = 7;
    pub(in super::super) const HASH: u32 = 8;
    pub(in super::super) const MEAN: u32 = 9;
}

const METHOD_LOCALS: [(u32, ValType); 3] = [(6, ValType::I32), (1, ValType::I64), (1, ValType::F64)];

/// Builds the allocator and the method.
pub(super) fn build(plan: &Plan<'_>, genes: &AbiGenes, costs: &[u64], signatures: &mut Signatures) -> Guest {
    let pages = plan.pages.unwrap_or(1);
    let heap = if genes.high { (pages << 16) - 40 } else { 0xa000 };
    let heap_index = plan.genome.globals.len() as u32;
    let word: &[Type] = &[Type::I32];
    let wide: &[Type] = &[Type::I64];
    let (alloc_params, alloc_body) = match genes.breach {
        Some(Breach::AllocSignature) => (wide, constant_function(64)),
        Some(Breach::AllocOutOfBounds) => (word, constant_function(-8)),
        Some(Breach::AllocTraps) => {
            let mut body = Function::new([]);
            body.instructions().unreachable().end();
            (word, body)
        }
        Some(_) | None => (word, allocator(heap_index)),
    };
    let method_params: &[Type] =
        if genes.breach == Some(Breach::MethodSignature) { word } else { &[Type::I32, Type::I32] };
    let alloc = GuestFunction { ty: signatures.index(alloc_params, word), body: alloc_body };
    let body =
        if genes.breach == Some(Breach::MethodSignature) { constant_function(0) } else { method(plan, genes, costs) };
    let method = GuestFunction { ty: signatures.index(method_params, word), body };
    Guest { functions: [alloc, method], heap, template: (genes.segment && !genes.terse).then_some(TEMPLATE) }
}

fn constant_function(value: i32) -> Function {
    let mut body = Function::new([]);
    body.instructions().i32_const(value).end();
    body
}

/// A bump allocator, which grows the memory when it has to.
fn allocator(heap: u32) -> Function {
    let mut body = Function::new([(1, ValType::I32)]);
    let mut code = body.instructions();
    code.global_get(heap).local_tee(1).local_get(0).i32_add();
    code.i32_const(7).i32_add().i32_const(-8).i32_and().global_set(heap);
    code.block(BlockType::Empty);
    code.global_get(heap).memory_size(0).i32_const(16).i32_shl().i32_le_u().br_if(0);
    code.global_get(heap).memory_size(0).i32_const(16).i32_shl().i32_sub();
    code.i32_const(0xffff).i32_add().i32_const(16).i32_shr_u().memory_grow(0);
    code.i32_const(-1).i32_ne().br_if(0).unreachable().end();
    code.local_get(1).end();
    body
}

fn method(plan: &Plan<'_>, genes: &AbiGenes, costs: &[u64]) -> Function {
    let mut body = Function::new(METHOD_LOCALS);
    let mut code = body.instructions();
    code.i64_const(0xcbf2_9ce4_8422_2325_u64 as i64).local_set(local::HASH);
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(local::INDEX).local_get(local::LENGTH).i32_ge_u().br_if(1);
    code.local_get(local::POINTER).local_get(local::INDEX).i32_add();
    code.i32_load8_u(at(0, 0)).local_set(local::BYTE);
    digest::step(genes.digest, &mut code);
    if let Some(helper) = genes.helper {
        call_helper(plan, helper, costs, &mut code);
    }
    code.local_get(local::INDEX).i32_const(1).i32_add().local_set(local::INDEX).br(0).end().end();

    let alloc = plan.function(plan.genome.functions.len());
    let length = if genes.terse { TERSE.len() } else { TEMPLATE.len() } as i32;
    code.i32_const(4 + length);
    if genes.breach == Some(Breach::AllocSignature) {
        code.i64_extend_i32_u();
    }
    code.call(alloc).local_tee(local::OUT).i32_const(length).i32_store(at(0, 2));
    if genes.terse {
        code.local_get(local::OUT).i32_const(i32::from(u16::from_le_bytes(*TERSE))).i32_store16(at(4, 1));
    } else {
        write_text(plan, genes.segment, &mut code);
    }
    finish(genes.breach, &mut code);
    code.end();
    body
}

/// Every few bytes, the fewer the dearer the function is, calls it and folds its results into the hash.
fn call_helper(plan: &Plan<'_>, helper: u32, costs: &[u64], code: &mut InstructionSink<'_>) {
    let functions: Vec<usize> = plan.callees(plan.genome.functions.len()).collect();
    let Some(&position) = functions.get(helper as usize % functions.len().max(1)) else { return };
    let every = (costs.get(position).copied().unwrap_or(0) / 4).clamp(16, 1 << 20).next_power_of_two();
    let signature = &plan.signatures[position];
    code.local_get(local::INDEX).i32_const(every as i32 - 1).i32_and().i32_eqz().if_(BlockType::Empty);
    for (index, &ty) in signature.params.iter().enumerate() {
        match ty {
            Type::I32 if index == 0 => code.local_get(local::BYTE),
            Type::I32 => code.local_get(local::HASH).i32_wrap_i64(),
            Type::I64 => code.local_get(local::HASH),
            Type::F32 => code.local_get(local::MEAN).f32_demote_f64(),
            Type::F64 => code.local_get(local::MEAN),
            Type::FuncRef => code.ref_null(wasm_encoder::HeapType::FUNC),
            Type::ExternRef => code.ref_null(wasm_encoder::HeapType::EXTERN),
        };
    }
    code.call(plan.function(position));
    for &ty in signature.results.iter().rev() {
        match ty {
            Type::I32 => code.i64_extend_i32_u(),
            Type::I64 => code,
            Type::F32 => code.i32_reinterpret_f32().i64_extend_i32_s(),
            Type::F64 => code.i64_reinterpret_f64(),
            Type::FuncRef | Type::ExternRef => code.ref_is_null().i64_extend_i32_u(),
        };
        code.local_get(local::HASH).i64_xor().i64_const(3).i64_rotl().local_set(local::HASH);
    }
    code.end();
}

/// Writes the template and what belongs in it.
fn write_text(plan: &Plan<'_>, segment: bool, code: &mut InstructionSink<'_>) {
    write_template(plan, segment, code);
    write_hex(HASH_AT, code, |code| {
        code.local_get(local::HASH);
    });
    write_hex(MEAN_AT, code, |code| {
        code.local_get(local::MEAN).i64_reinterpret_f64();
    });
    write_count(code);
    // "false" in place of "true " when brackets do not match.
    code.local_get(local::DEPTH).if_(BlockType::Empty);
    code.local_get(local::OUT).i32_const(i32::from_le_bytes(*b"fals")).i32_store(at(VALID_AT, 0));
    code.local_get(local::OUT).i32_const(i32::from(b'e')).i32_store8(at(VALID_AT + 4, 0)).end();
}

fn write_template(plan: &Plan<'_>, segment: bool, code: &mut InstructionSink<'_>) {
    let length = TEMPLATE.len() as i32;
    if segment {
        code.local_get(local::OUT).i32_const(4).i32_add().i32_const(0).i32_const(length);
        code.memory_init(0, plan.data);
        return;
    }
    for (index, chunk) in (0..).zip(TEMPLATE.chunks(8)) {
        let mut word = [b' '; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let offset = 4 + 8 * index;
        if let Ok(word) = <[u8; 8]>::try_from(chunk) {
            code.local_get(local::OUT).i64_const(i64::from_le_bytes(word)).i64_store(at(offset, 0));
        } else {
            for (place, &byte) in (0..).zip(chunk) {
                code.local_get(local::OUT).i32_const(i32::from(byte)).i32_store8(at(offset + place, 0));
            }
        }
    }
}

/// Writes sixteen hexadecimal digits.
fn write_hex(offset: u64, code: &mut InstructionSink<'_>, value: impl Fn(&mut InstructionSink<'_>)) {
    code.i32_const(0).local_set(local::SCRATCH);
    code.loop_(BlockType::Empty);
    code.local_get(local::OUT).local_get(local::SCRATCH).i32_add();
    value(code);
    code.i32_const(60).local_get(local::SCRATCH).i32_const(2).i32_shl().i32_sub().i64_extend_i32_u().i64_shr_u();
    code.i32_wrap_i64().i32_const(15).i32_and().local_tee(local::BYTE);
    code.i32_const(i32::from(b'a') - 10).i32_const(i32::from(b'0'));
    code.local_get(local::BYTE).i32_const(9).i32_gt_u().select().i32_add();
    code.i32_store8(at(offset, 0));
    code.local_get(local::SCRATCH).i32_const(1).i32_add().local_tee(local::SCRATCH);
    code.i32_const(16).i32_lt_u().br_if(0).end();
}

/// Writes the count in decimal, from its last digit.
fn write_count(code: &mut InstructionSink<'_>) {
    code.local_get(local::OUT).local_set(local::SCRATCH);
    code.loop_(BlockType::Empty);
    code.local_get(local::SCRATCH).local_get(local::COUNT).i32_const(10).i32_rem_u();
    code.i32_const(i32::from(b'0')).i32_add().i32_store8(at(COUNT_END - 1, 0));
    code.local_get(local::SCRATCH).i32_const(1).i32_sub().local_set(local::SCRATCH);
    code.local_get(local::COUNT).i32_const(10).i32_div_u().local_tee(local::COUNT).br_if(0).end();
}

/// Leaves the result pointer, or something else in its place.
fn finish(breach: Option<Breach>, code: &mut InstructionSink<'_>) {
    match breach {
        Some(Breach::ResultOutOfBounds) => {
            code.memory_size(0).i32_const(16).i32_shl().i32_const(2).i32_sub();
            return;
        }
        Some(Breach::LengthStraddlesEnd) => {
            // The length stands in the last four bytes, and one byte of text would follow.
            code.memory_size(0).i32_const(16).i32_shl().i32_const(4).i32_sub().local_tee(local::OUT);
            code.i32_const(1).i32_store(at(0, 0));
        }
        Some(Breach::LengthOutOfBounds) => {
            code.local_get(local::OUT).i32_const(-5).i32_store(at(0, 2));
        }
        Some(Breach::NotUtf8) => {
            code.local_get(local::OUT).i32_const(0x80bf_eda0_u32 as i32).i32_store(at(4, 0));
        }
        Some(Breach::TooLong) => {
            // All of a memory that has grown by more than any output limit.
            code.i32_const(40).memory_grow(0).drop().local_get(local::OUT);
            code.memory_size(0).i32_const(16).i32_shl().local_get(local::OUT).i32_sub().i32_const(4).i32_sub();
            code.i32_store(at(0, 2));
        }
        Some(Breach::Empty) => {
            code.local_get(local::OUT).i32_const(0).i32_store(at(0, 2));
        }
        Some(
            Breach::AllocOutOfBounds
            | Breach::AllocTraps
            | Breach::MissingMemory
            | Breach::MissingAlloc
            | Breach::MissingMethod
            | Breach::AllocSignature
            | Breach::MethodSignature
            | Breach::MethodKind,
        )
        | None => {}
    }
    code.local_get(local::OUT);
}
