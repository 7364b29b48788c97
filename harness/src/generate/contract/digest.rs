//! A digest is the work that a method does for one byte of its input.

use super::abi::local;
use super::genome::Digest;
use super::operator::at;
use wasm_encoder::{BlockType, InstructionSink};

/// Appends the work for the byte at hand, and counts digits and brackets.
pub(super) fn step(digest: Digest, code: &mut InstructionSink<'_>) {
    match digest {
        Digest::Fnv => {
            mix_in(code).i64_xor().i64_const(0x0100_0000_01b3).i64_mul().local_set(local::HASH);
        }
        Digest::Djb => {
            code.local_get(local::HASH).i64_const(33).i64_mul();
            code.local_get(local::BYTE).i64_extend_i32_u().i64_add().local_set(local::HASH);
        }
        Digest::Crc => crc(code),
        Digest::Rotate => {
            mix_in(code).i64_xor().local_get(local::BYTE).i64_extend_i32_s().i64_rotl();
            code.i64_const(0x9e37_79b9_7f4a_7c15_u64 as i64).i64_add().local_set(local::HASH);
        }
        Digest::Braces => {
            mix_in(code).i64_add().i64_const(7).i64_rotr().local_set(local::HASH);
            brackets(code);
        }
        Digest::Float => {
            mean(code);
            mix_in(code).i64_xor().local_get(local::MEAN).i64_reinterpret_f64().i64_add().local_set(local::HASH);
        }
    }
    if digest != Digest::Crc {
        code.local_get(local::COUNT).local_get(local::BYTE).i32_const(i32::from(b'0')).i32_sub();
        code.i32_const(10).i32_lt_u().i32_add().local_set(local::COUNT);
    }
}

/// Leaves the hash and the byte.
fn mix_in<'a, 'b>(code: &'a mut InstructionSink<'b>) -> &'a mut InstructionSink<'b> {
    code.local_get(local::HASH).local_get(local::BYTE).i64_extend_i32_u()
}

/// CRC-32 of the first bytes by shifting out one bit after the other, of the others by words of memory.
fn crc(code: &mut InstructionSink<'_>) {
    mix_in(code).i64_xor().local_set(local::HASH);
    code.local_get(local::INDEX).i32_const(96).i32_lt_u().if_(BlockType::Empty);
    code.i32_const(8).local_set(local::SCRATCH).loop_(BlockType::Empty);
    code.local_get(local::HASH).i64_const(1).i64_shr_u();
    code.i64_const(0xedb8_8320).i64_const(0).local_get(local::HASH).i32_wrap_i64().i32_const(1).i32_and().select();
    code.i64_xor().local_set(local::HASH);
    code.local_get(local::SCRATCH).i32_const(1).i32_sub().local_tee(local::SCRATCH).br_if(0).end();
    code.else_();
    code.local_get(local::HASH).local_get(local::POINTER).local_get(local::INDEX).i32_add().i32_const(8).i32_sub();
    code.i64_load32_s(at(0, 0)).i64_sub().local_set(local::HASH).end();
}

/// Counts the depth of brackets through a `br_table`.
fn brackets(code: &mut InstructionSink<'_>) {
    code.block(BlockType::Empty).block(BlockType::Empty).block(BlockType::Empty);
    code.local_get(local::BYTE).i32_const(0x20).i32_or().i32_const(i32::from(b'{')).i32_sub();
    code.br_table([0, 2, 1], 2).end();
    code.local_get(local::DEPTH).i32_const(1).i32_add().local_set(local::DEPTH).br(1).end();
    code.local_get(local::DEPTH).i32_const(1).i32_sub().local_set(local::DEPTH).end();
}

/// A running mean with a NaN now and then, which does not last.
fn mean(code: &mut InstructionSink<'_>) {
    code.local_get(local::MEAN).local_get(local::BYTE).f64_convert_i32_u();
    code.local_get(local::MEAN).f64_sub();
    code.local_get(local::INDEX).f64_convert_i32_u().f64_const(1.0.into()).f64_add();
    code.f64_div().f64_add().local_set(local::MEAN);
    code.local_get(local::BYTE).i32_const(i32::from(b'x')).i32_eq().if_(BlockType::Empty);
    code.local_get(local::HASH);
    code.local_get(local::MEAN).f64_neg().f64_sqrt().f64_neg().i64_reinterpret_f64().i64_xor().local_set(local::HASH);
    code.end();
}
