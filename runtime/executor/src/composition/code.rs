//! A code is what `modal.call` returns in the place of a result's length.

use std::fmt;

/// Why a call of another module has no result. Its number is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallCode {
    /// The name or the arguments are not UTF-8, or the arguments are longer than an input may be.
    BadArguments = -1,
    /// There is no module of that name.
    NotFound = -2,
    /// The profile refuses the module.
    Rejected = -3,
    /// The module is on the chain of callers already.
    Cycle = -4,
    /// Eight calls are open already, or too little stack is left.
    TooDeep = -5,
    /// The module ran out of the gas that it was given.
    OutOfGas = -6,
    /// The module trapped in another way.
    Trapped = -7,
    /// The module broke the guest ABI.
    BrokeTheAbi = -8,
}

impl CallCode {
    /// Every code, from -1 down.
    pub const ALL: [Self; 8] = [
        Self::BadArguments,
        Self::NotFound,
        Self::Rejected,
        Self::Cycle,
        Self::TooDeep,
        Self::OutOfGas,
        Self::Trapped,
        Self::BrokeTheAbi,
    ];

    /// The number that `modal.call` returns.
    #[must_use]
    pub const fn code(self) -> i32 {
        self as i32
    }

    /// The code's name, the same in every record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BadArguments => "bad arguments",
            Self::NotFound => "not found",
            Self::Rejected => "rejected",
            Self::Cycle => "cycle",
            Self::TooDeep => "too deep",
            Self::OutOfGas => "out of gas",
            Self::Trapped => "trapped",
            Self::BrokeTheAbi => "broke the ABI",
        }
    }
}

impl fmt::Display for CallCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::CallCode;

    /// The rules' table is this one.
    #[test]
    fn codes_are_those_of_the_rules() {
        let rules = include_str!("../../../meter/RULES.md");
        let rows = rules.lines().filter(|line| line.starts_with("| -")).collect::<Vec<_>>();
        let codes = CallCode::ALL.map(|code| format!("| {} | {code} |", code.code()));
        assert_eq!(rows, codes);
    }
}
