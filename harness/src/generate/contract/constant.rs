//! A constant is a number chosen for the edges it touches: signs, powers of two, infinities, NaNs and the neighbours of
//! integer bounds.

use super::types::Type;
use crate::generate::bits::Bits;
use wasm_encoder::{ConstExpr, Ieee32, Ieee64, Instruction};

const I32: &[u32] = &[
    0,
    1,
    0xffff_ffff,
    0x8000_0000,
    0x7fff_ffff,
    0x8000_0001,
    0xffff_fffe,
    2,
    3,
    7,
    31,
    32,
    33,
    63,
    64,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    0x1_0000,
    // A float of 24 bits rounds them to even, down and up.
    0x0100_0001,
    0x0100_0003,
    0x0100_0193,
    0x811c_9dc5,
    0xedb8_8320,
    0x5555_5555,
    0xaaaa_aaaa,
];

const I64: &[u64] = &[
    0,
    1,
    u64::MAX,
    1 << 63,
    (1 << 63) - 1,
    (1 << 63) + 1,
    u64::MAX - 1,
    2,
    3,
    31,
    32,
    33,
    63,
    64,
    65,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x1_0000_0000,
    0xffff_ffff_8000_0000,
    // Floats of 53 and of 24 bits round them to even, down and up, and to the bound.
    0x0020_0000_0000_0001,
    0x0020_0000_0000_0003,
    0x7fff_ffff_ffff_fdff,
    0x7fff_ffff_ffff_fe00,
    0xffff_ffff_ffff_fbff,
    0xffff_ff7f_ffff_ffff,
    0x0000_0040_0000_4000,
    0x0100_0000_01b3,
    0xcbf2_9ce4_8422_2325,
    0x9e37_79b9_7f4a_7c15,
];

const F32: &[u32] = &[
    // 0, 1, -1, -0.
    0x0000_0000,
    0x3f80_0000,
    0xbf80_0000,
    0x8000_0000,
    // Infinities.
    0x7f80_0000,
    0xff80_0000,
    // Quiet NaNs.
    0x7fc0_0000,
    0xffc0_0000,
    0x7fc0_1234,
    0xffd0_abcd,
    0x7fff_ffff,
    // Signalling NaNs.
    0x7fa0_0001,
    0x7f80_0001,
    0xffa5_a5a5,
    // Subnormals, smallest normal, largest.
    0x0000_0001,
    0x807f_ffff,
    0x0080_0000,
    0x7f7f_ffff,
    0xff7f_ffff,
    // Halves and their neighbours.
    0x3f00_0000,
    0xbf00_0000,
    0x3fc0_0000,
    0x4020_0000,
    0xbf7f_ffff,
    0x3eff_ffff,
    0x3f80_0001,
    // 2^23, 2^24, 0.1.
    0x4b00_0000,
    0x4b80_0000,
    0x3dcc_cccd,
    // Near 2^31 and 2^32.
    0x4eff_ffff,
    0x4f00_0000,
    0xcf00_0000,
    0xcf00_0001,
    0x4f7f_ffff,
    0x4f80_0000,
    // Near 2^63 and 2^64.
    0x5eff_ffff,
    0x5f00_0000,
    0xdf00_0000,
    0xdf00_0001,
    0x5f7f_ffff,
    0x5f80_0000,
];

const F64: &[u64] = &[
    // 0, 1, -1, -0.
    0,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    1 << 63,
    // Infinities.
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    // Quiet NaNs.
    0x7ff8_0000_0000_0000,
    0xfff8_0000_0000_0000,
    0x7ff8_0000_dead_beef,
    0xfffc_1234_5678_9abc,
    // Signalling NaNs.
    0x7ff0_0000_0000_0001,
    0xfff4_0000_0000_0000,
    0x7ff0_0000_2000_0000,
    // Subnormals, bounds.
    0x0000_0000_0000_0001,
    0x800f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x7fef_ffff_ffff_ffff,
    // Halves, -1 + ulp, 1 + ulp.
    0x3ff0_0000_0000_0001,
    0x3fe0_0000_0000_0000,
    0xbfe0_0000_0000_0000,
    0x3ff8_0000_0000_0000,
    0xbfef_ffff_ffff_ffff,
    // 2^52, 2^53, 0.1.
    0x4330_0000_0000_0000,
    0x4340_0000_0000_0000,
    0x3fb9_9999_9999_999a,
    // Near 2^31.
    0x41df_ffff_ffc0_0000,
    0x41e0_0000_0000_0000,
    0xc1e0_0000_0000_0000,
    0xc1e0_0000_0020_0000,
    // Near 2^31 and 2^32.
    0x41df_ffff_ffff_ffff,
    0xc1e0_0000_001f_ffff,
    0x41ef_ffff_ffff_ffff,
    0x41f0_0000_0000_0000,
    // Near 2^63.
    0x43df_ffff_ffff_ffff,
    0x43e0_0000_0000_0000,
    0xc3e0_0000_0000_0000,
    0xc3e0_0000_0000_0001,
    // Near 2^64.
    0x43ef_ffff_ffff_ffff,
    0x43f0_0000_0000_0000,
    // Edges of f32.
    0x47ef_ffff_e000_0000,
    0x47ef_ffff_f000_0000,
    0x36a0_0000_0000_0000,
    0x3690_0000_0000_0000,
    0x380f_ffff_ffff_ffff,
    0x3810_0000_0000_0000,
    // Halfway between two of f32, which rounds to even, and just past it.
    0x3ff0_0000_1000_0000,
    0x3ff0_0000_3000_0000,
    0x3ff0_0000_1000_0001,
];

/// The bits of a constant of a number type; references, which have no bits, count as `i32`.
pub(in crate::generate) fn bits_of(ty: Type, bits: &mut Bits) -> u64 {
    let class = bits.below(8);
    let small = bits.below(17);
    match ty {
        Type::I32 | Type::FuncRef | Type::ExternRef => u64::from(match class {
            0..=2 => small,
            3..=5 => bits.pick(I32),
            6 => (1u32 << bits.below(32)).wrapping_add(1).wrapping_sub(bits.below(3)),
            _ => bits.word() as u32,
        }),
        Type::I64 => match class {
            0..=1 => u64::from(small),
            2..=5 => bits.pick(I64),
            6 => (1u64 << bits.below(64)).wrapping_add(1).wrapping_sub(u64::from(bits.below(3))),
            _ => bits.word(),
        },
        Type::F32 => u64::from(match class {
            0..=1 => (small as f32 - bits.below(9) as f32 / 4.0).to_bits(),
            2..=5 => bits.pick(F32),
            6 => (bits.word() as i32 as f32).to_bits(),
            _ => bits.word() as u32,
        }),
        Type::F64 => match class {
            0..=1 => (f64::from(small) - f64::from(bits.below(9)) / 4.0).to_bits(),
            2..=5 => bits.pick(F64),
            6 => (bits.word() as i64 as f64).to_bits(),
            _ => bits.word(),
        },
    }
}

/// The bits of a NaN, quiet or signalling, of a float type.
pub(in crate::generate) fn nan_bits(ty: Type, bits: &mut Bits) -> u64 {
    let noise = bits.word();
    match ty {
        Type::F32 => u64::from(0x7f80_0000 | (noise as u32 & 0x807f_ffff) | 1),
        Type::I32 | Type::I64 | Type::F64 | Type::FuncRef | Type::ExternRef => {
            0x7ff0_0000_0000_0000 | (noise & 0x800f_ffff_ffff_ffff) | 1
        }
    }
}

/// The operator that pushes a number with the given bits.
pub(in crate::generate) const fn instruction(ty: Type, value: u64) -> Instruction<'static> {
    match ty {
        Type::I32 | Type::FuncRef | Type::ExternRef => Instruction::I32Const(value as i32),
        Type::I64 => Instruction::I64Const(value as i64),
        Type::F32 => Instruction::F32Const(Ieee32::new(value as u32)),
        Type::F64 => Instruction::F64Const(Ieee64::new(value)),
    }
}

/// A constant expression for a number; integers may be spelt as sums and products (extended constants).
pub(in crate::generate) fn expression(ty: Type, value: u64, extended: bool) -> ConstExpr {
    match ty {
        Type::I32 | Type::FuncRef | Type::ExternRef => {
            let value = value as i32;
            if extended {
                ConstExpr::i32_const(value.wrapping_sub(21))
                    .with_i32_const(7)
                    .with_i32_const(3)
                    .with_i32_mul()
                    .with_i32_add()
            } else {
                ConstExpr::i32_const(value)
            }
        }
        Type::I64 => {
            let value = value as i64;
            if extended {
                ConstExpr::i64_const(value.wrapping_add(5)).with_i64_const(5).with_i64_sub()
            } else {
                ConstExpr::i64_const(value)
            }
        }
        Type::F32 => ConstExpr::f32_const(Ieee32::new(value as u32)),
        Type::F64 => ConstExpr::f64_const(Ieee64::new(value)),
    }
}
