//! A status is why a metered module stopped itself, which it leaves in `modal:status` just before an `unreachable`.

/// Why a module stopped itself. Its code is never zero, which means that the module did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The gas exceeded the limit at a checkpoint.
    OutOfGas = 1,
    /// The live frames would have outweighed the stack limit.
    CallStackExhausted = 2,
    /// A NaN was to be converted to an integer.
    BadConversionToInteger = 3,
    /// An indirect call met a null.
    IndirectCallToNull = 4,
}

impl Status {
    /// Every status, in the order of their codes.
    pub const ALL: [Self; 4] =
        [Self::OutOfGas, Self::CallStackExhausted, Self::BadConversionToInteger, Self::IndirectCallToNull];

    /// The number that stands in `modal:status`.
    #[must_use]
    pub const fn code(self) -> i32 {
        self as i32
    }

    /// The status of a code, if there is one.
    #[must_use]
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| i64::from(status.code()) == code)
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn codes_count_from_one() {
        for (code, status) in (1..).zip(Status::ALL) {
            assert_eq!(i64::from(status.code()), code);
            assert_eq!(Status::from_code(code), Some(status));
        }
        for code in [-1, 0, 5, 1 << 32 | 1] {
            assert_eq!(Status::from_code(code), None, "{code}");
        }
    }
}
