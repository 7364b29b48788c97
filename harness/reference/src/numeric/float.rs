//! Floats: the results of arithmetic, with the one NaN that arithmetic leaves.

use crate::slot::ToSlot;
use crate::trap::Trap;

pub(super) const SIGN_32: u32 = 1 << 31;
pub(super) const SIGN_64: u64 = 1 << 63;

/// Two to the 63rd, the least number above every `i64`.
pub(super) const ABOVE_I64: f64 = 9_223_372_036_854_775_808.0;
/// The greatest double below every `i64`: the doubles there are 2048 apart.
pub(super) const BELOW_I64: f64 = -9_223_372_036_854_777_856.0;
/// Two to the 64th, the least number above every `u64`.
pub(super) const ABOVE_U64: f64 = 18_446_744_073_709_551_616.0;

/// The bits of a result of 32-bit arithmetic; a NaN is the canonical positive one.
pub(super) struct F32(u32);

/// The bits of a result of 64-bit arithmetic; a NaN is the canonical positive one.
pub(super) struct F64(u64);

impl From<f32> for F32 {
    fn from(result: f32) -> Self {
        Self(if result.is_nan() { 0x7fc0_0000 } else { result.to_bits() })
    }
}

impl From<f64> for F64 {
    fn from(result: f64) -> Self {
        Self(if result.is_nan() { 0x7ff8_0000_0000_0000 } else { result.to_bits() })
    }
}

impl ToSlot for F32 {
    fn to_slot(self) -> u64 {
        u64::from(self.0)
    }
}

impl ToSlot for F64 {
    fn to_slot(self) -> u64 {
        self.0
    }
}

macro_rules! extremes {
    ($float:ty, $min:ident, $max:ident) => {
        /// The smaller number; -0 is smaller than +0, and any NaN makes a NaN.
        pub(super) fn $min(a: $float, b: $float) -> $float {
            if a < b {
                a
            } else if b < a {
                b
            } else if a == b {
                <$float>::from_bits(a.to_bits() | b.to_bits())
            } else {
                <$float>::NAN
            }
        }

        /// The greater number; +0 is greater than -0, and any NaN makes a NaN.
        pub(super) fn $max(a: $float, b: $float) -> $float {
            if a > b {
                a
            } else if b > a {
                b
            } else if a == b {
                <$float>::from_bits(a.to_bits() & b.to_bits())
            } else {
                <$float>::NAN
            }
        }
    };
}

extremes!(f32, min_32, max_32);
extremes!(f64, min_64, max_64);

/// A number that can be truncated to an integer type, given the numbers just outside it.
///
/// Every `f32` is a double, and the doubles around the bounds of the 32-bit types are dense enough, so that one check
/// in doubles is exact for both kinds of float.
pub(super) fn within(number: f64, below: f64, above: f64) -> Result<f64, Trap> {
    if number.is_nan() {
        Err(Trap::BadConversionToInteger)
    } else if below < number && number < above {
        Ok(number)
    } else {
        Err(Trap::IntegerOverflow)
    }
}
