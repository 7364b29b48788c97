//! Signed integers: the two operators that can fail in two ways.

use crate::trap::Trap;

macro_rules! signed_division {
    ($integer:ty, $div:ident, $rem:ident) => {
        pub(super) fn $div(a: $integer, b: $integer) -> Result<$integer, Trap> {
            match b {
                0 => Err(Trap::IntegerDivisionByZero),
                b => a.checked_div(b).ok_or(Trap::IntegerOverflow),
            }
        }

        /// The remainder of the smallest number by -1 is zero, although its quotient overflows.
        pub(super) fn $rem(a: $integer, b: $integer) -> Result<$integer, Trap> {
            match b {
                0 => Err(Trap::IntegerDivisionByZero),
                b => Ok(a.wrapping_rem(b)),
            }
        }
    };
}

signed_division!(i32, div_s32, rem_s32);
signed_division!(i64, div_s64, rem_s64);
