//! A numeric operator takes numbers from the operand stack and leaves one there.

mod float;
mod integer;

use crate::slot::{FromSlot, ToSlot};
use crate::trap::Trap;
use float::{F32, F64};

/// Makes the closed list of numeric operators from a table of `Name(operands) -> result = formula;`.
macro_rules! numeric_operators {
    ($($name:ident($($operand:ident: $from:ty),+) -> $to:ty = $formula:expr;)+) => {
        /// A numeric operator, named as in `wasmparser::Operator`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Numeric {
            $($name,)+
        }

        impl Numeric {
            pub(crate) fn from_operator(operator: &wasmparser::Operator<'_>) -> Option<Self> {
                match operator {
                    $(wasmparser::Operator::$name => Some(Self::$name),)+
                    // Every other operator is no number's business.
                    _ => None,
                }
            }

            /// How many operands the operator takes.
            pub(crate) const fn operands(self) -> u32 {
                match self {
                    $(Self::$name => [$(stringify!($operand)),+].len() as u32,)+
                }
            }

            /// Applies the operator to the operands below `height`, and gives the height after it.
            #[inline(always)]
            pub(crate) fn apply(self, slots: &mut [u64], height: usize) -> Result<usize, Trap> {
                match self {
                    $(Self::$name => {
                        let &[$($operand),+] = slots[..height].last_chunk().expect("validation counted the operands");
                        let base = height - [$(stringify!($operand)),+].len();
                        $(let $operand = <$from as FromSlot>::from_slot($operand);)+
                        let result: $to = $formula;
                        slots[base] = ToSlot::to_slot(result);
                        Ok(base + 1)
                    })+
                }
            }
        }
    };
}

numeric_operators! {
    I32Eqz(a: u32) -> bool = a == 0;
    I32Eq(a: u32, b: u32) -> bool = a == b;
    I32Ne(a: u32, b: u32) -> bool = a != b;
    I32LtS(a: i32, b: i32) -> bool = a < b;
    I32LtU(a: u32, b: u32) -> bool = a < b;
    I32GtS(a: i32, b: i32) -> bool = a > b;
    I32GtU(a: u32, b: u32) -> bool = a > b;
    I32LeS(a: i32, b: i32) -> bool = a <= b;
    I32LeU(a: u32, b: u32) -> bool = a <= b;
    I32GeS(a: i32, b: i32) -> bool = a >= b;
    I32GeU(a: u32, b: u32) -> bool = a >= b;
    I64Eqz(a: u64) -> bool = a == 0;
    I64Eq(a: u64, b: u64) -> bool = a == b;
    I64Ne(a: u64, b: u64) -> bool = a != b;
    I64LtS(a: i64, b: i64) -> bool = a < b;
    I64LtU(a: u64, b: u64) -> bool = a < b;
    I64GtS(a: i64, b: i64) -> bool = a > b;
    I64GtU(a: u64, b: u64) -> bool = a > b;
    I64LeS(a: i64, b: i64) -> bool = a <= b;
    I64LeU(a: u64, b: u64) -> bool = a <= b;
    I64GeS(a: i64, b: i64) -> bool = a >= b;
    I64GeU(a: u64, b: u64) -> bool = a >= b;
    F32Eq(a: f32, b: f32) -> bool = a == b;
    F32Ne(a: f32, b: f32) -> bool = a != b;
    F32Lt(a: f32, b: f32) -> bool = a < b;
    F32Gt(a: f32, b: f32) -> bool = a > b;
    F32Le(a: f32, b: f32) -> bool = a <= b;
    F32Ge(a: f32, b: f32) -> bool = a >= b;
    F64Eq(a: f64, b: f64) -> bool = a == b;
    F64Ne(a: f64, b: f64) -> bool = a != b;
    F64Lt(a: f64, b: f64) -> bool = a < b;
    F64Gt(a: f64, b: f64) -> bool = a > b;
    F64Le(a: f64, b: f64) -> bool = a <= b;
    F64Ge(a: f64, b: f64) -> bool = a >= b;

    I32Clz(a: u32) -> u32 = a.leading_zeros();
    I32Ctz(a: u32) -> u32 = a.trailing_zeros();
    I32Popcnt(a: u32) -> u32 = a.count_ones();
    I32Add(a: u32, b: u32) -> u32 = a.wrapping_add(b);
    I32Sub(a: u32, b: u32) -> u32 = a.wrapping_sub(b);
    I32Mul(a: u32, b: u32) -> u32 = a.wrapping_mul(b);
    I32DivS(a: i32, b: i32) -> i32 = integer::div_s32(a, b)?;
    I32DivU(a: u32, b: u32) -> u32 = a.checked_div(b).ok_or(Trap::IntegerDivisionByZero)?;
    I32RemS(a: i32, b: i32) -> i32 = integer::rem_s32(a, b)?;
    I32RemU(a: u32, b: u32) -> u32 = a.checked_rem(b).ok_or(Trap::IntegerDivisionByZero)?;
    I32And(a: u32, b: u32) -> u32 = a & b;
    I32Or(a: u32, b: u32) -> u32 = a | b;
    I32Xor(a: u32, b: u32) -> u32 = a ^ b;
    // The wrapping shifts take the count modulo the width, as the specification does.
    I32Shl(a: u32, b: u32) -> u32 = a.wrapping_shl(b);
    I32ShrS(a: i32, b: u32) -> i32 = a.wrapping_shr(b);
    I32ShrU(a: u32, b: u32) -> u32 = a.wrapping_shr(b);
    I32Rotl(a: u32, b: u32) -> u32 = a.rotate_left(b & 31);
    I32Rotr(a: u32, b: u32) -> u32 = a.rotate_right(b & 31);
    I64Clz(a: u64) -> u64 = u64::from(a.leading_zeros());
    I64Ctz(a: u64) -> u64 = u64::from(a.trailing_zeros());
    I64Popcnt(a: u64) -> u64 = u64::from(a.count_ones());
    I64Add(a: u64, b: u64) -> u64 = a.wrapping_add(b);
    I64Sub(a: u64, b: u64) -> u64 = a.wrapping_sub(b);
    I64Mul(a: u64, b: u64) -> u64 = a.wrapping_mul(b);
    I64DivS(a: i64, b: i64) -> i64 = integer::div_s64(a, b)?;
    I64DivU(a: u64, b: u64) -> u64 = a.checked_div(b).ok_or(Trap::IntegerDivisionByZero)?;
    I64RemS(a: i64, b: i64) -> i64 = integer::rem_s64(a, b)?;
    I64RemU(a: u64, b: u64) -> u64 = a.checked_rem(b).ok_or(Trap::IntegerDivisionByZero)?;
    I64And(a: u64, b: u64) -> u64 = a & b;
    I64Or(a: u64, b: u64) -> u64 = a | b;
    I64Xor(a: u64, b: u64) -> u64 = a ^ b;
    I64Shl(a: u64, b: u64) -> u64 = a.wrapping_shl(b as u32);
    I64ShrS(a: i64, b: u64) -> i64 = a.wrapping_shr(b as u32);
    I64ShrU(a: u64, b: u64) -> u64 = a.wrapping_shr(b as u32);
    I64Rotl(a: u64, b: u64) -> u64 = a.rotate_left(b as u32 & 63);
    I64Rotr(a: u64, b: u64) -> u64 = a.rotate_right(b as u32 & 63);

    // The sign is a bit of its own: these three keep all the others, in NaNs too.
    F32Abs(a: u32) -> u32 = a & !float::SIGN_32;
    F32Neg(a: u32) -> u32 = a ^ float::SIGN_32;
    F32Copysign(a: u32, b: u32) -> u32 = a & !float::SIGN_32 | b & float::SIGN_32;
    F32Ceil(a: f32) -> F32 = a.ceil().into();
    F32Floor(a: f32) -> F32 = a.floor().into();
    F32Trunc(a: f32) -> F32 = a.trunc().into();
    F32Nearest(a: f32) -> F32 = a.round_ties_even().into();
    F32Sqrt(a: f32) -> F32 = a.sqrt().into();
    F32Add(a: f32, b: f32) -> F32 = (a + b).into();
    F32Sub(a: f32, b: f32) -> F32 = (a - b).into();
    F32Mul(a: f32, b: f32) -> F32 = (a * b).into();
    F32Div(a: f32, b: f32) -> F32 = (a / b).into();
    F32Min(a: f32, b: f32) -> F32 = float::min_32(a, b).into();
    F32Max(a: f32, b: f32) -> F32 = float::max_32(a, b).into();
    F64Abs(a: u64) -> u64 = a & !float::SIGN_64;
    F64Neg(a: u64) -> u64 = a ^ float::SIGN_64;
    F64Copysign(a: u64, b: u64) -> u64 = a & !float::SIGN_64 | b & float::SIGN_64;
    F64Ceil(a: f64) -> F64 = a.ceil().into();
    F64Floor(a: f64) -> F64 = a.floor().into();
    F64Trunc(a: f64) -> F64 = a.trunc().into();
    F64Nearest(a: f64) -> F64 = a.round_ties_even().into();
    F64Sqrt(a: f64) -> F64 = a.sqrt().into();
    F64Add(a: f64, b: f64) -> F64 = (a + b).into();
    F64Sub(a: f64, b: f64) -> F64 = (a - b).into();
    F64Mul(a: f64, b: f64) -> F64 = (a * b).into();
    F64Div(a: f64, b: f64) -> F64 = (a / b).into();
    F64Min(a: f64, b: f64) -> F64 = float::min_64(a, b).into();
    F64Max(a: f64, b: f64) -> F64 = float::max_64(a, b).into();

    I32WrapI64(a: u64) -> u32 = a as u32;
    I32Extend8S(a: u32) -> i32 = i32::from(a as i8);
    I32Extend16S(a: u32) -> i32 = i32::from(a as i16);
    I64Extend8S(a: u64) -> i64 = i64::from(a as i8);
    I64Extend16S(a: u64) -> i64 = i64::from(a as i16);
    I64Extend32S(a: u64) -> i64 = i64::from(a as i32);
    I64ExtendI32S(a: i32) -> i64 = i64::from(a);
    I64ExtendI32U(a: u32) -> u64 = u64::from(a);
    I32ReinterpretF32(a: u32) -> u32 = a;
    I64ReinterpretF64(a: u64) -> u64 = a;
    F32ReinterpretI32(a: u32) -> u32 = a;
    F64ReinterpretI64(a: u64) -> u64 = a;

    // Each pair of bounds is exclusive: the truncated number is in range exactly if the number is between them.
    I32TruncF32S(a: f32) -> i32 = float::within(f64::from(a), -2_147_483_649.0, 2_147_483_648.0)? as i32;
    I32TruncF32U(a: f32) -> u32 = float::within(f64::from(a), -1.0, 4_294_967_296.0)? as u32;
    I32TruncF64S(a: f64) -> i32 = float::within(a, -2_147_483_649.0, 2_147_483_648.0)? as i32;
    I32TruncF64U(a: f64) -> u32 = float::within(a, -1.0, 4_294_967_296.0)? as u32;
    I64TruncF32S(a: f32) -> i64 = float::within(f64::from(a), float::BELOW_I64, float::ABOVE_I64)? as i64;
    I64TruncF32U(a: f32) -> u64 = float::within(f64::from(a), -1.0, float::ABOVE_U64)? as u64;
    I64TruncF64S(a: f64) -> i64 = float::within(a, float::BELOW_I64, float::ABOVE_I64)? as i64;
    I64TruncF64U(a: f64) -> u64 = float::within(a, -1.0, float::ABOVE_U64)? as u64;
    // Rust's casts saturate and make zero of a NaN, which is what these operators are.
    I32TruncSatF32S(a: f32) -> i32 = a as i32;
    I32TruncSatF32U(a: f32) -> u32 = a as u32;
    I32TruncSatF64S(a: f64) -> i32 = a as i32;
    I32TruncSatF64U(a: f64) -> u32 = a as u32;
    I64TruncSatF32S(a: f32) -> i64 = a as i64;
    I64TruncSatF32U(a: f32) -> u64 = a as u64;
    I64TruncSatF64S(a: f64) -> i64 = a as i64;
    I64TruncSatF64U(a: f64) -> u64 = a as u64;
    F32ConvertI32S(a: i32) -> F32 = (a as f32).into();
    F32ConvertI32U(a: u32) -> F32 = (a as f32).into();
    F32ConvertI64S(a: i64) -> F32 = (a as f32).into();
    F32ConvertI64U(a: u64) -> F32 = (a as f32).into();
    F32DemoteF64(a: f64) -> F32 = (a as f32).into();
    F64ConvertI32S(a: i32) -> F64 = f64::from(a).into();
    F64ConvertI32U(a: u32) -> F64 = f64::from(a).into();
    F64ConvertI64S(a: i64) -> F64 = (a as f64).into();
    F64ConvertI64U(a: u64) -> F64 = (a as f64).into();
    F64PromoteF32(a: f32) -> F64 = f64::from(a).into();
}
