//! A bar is a part of a whole as a length, in percent with one decimal. The number stands beside it, for who sees none.

use std::fmt;

/// The length of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar(f64);

impl Bar {
    /// What is there at all can be seen.
    const LEAST: f64 = 0.6;

    /// A part of a whole.
    pub(super) fn of(part: u64, whole: u64) -> Self {
        Self::of_ratio(part as f64 / whole.max(1) as f64)
    }

    /// A ratio from 0 to 1.
    pub(super) fn of_ratio(ratio: f64) -> Self {
        let percent = (ratio * 100.0).clamp(0.0, 100.0);
        Self(if percent > 0.0 { percent.max(Self::LEAST) } else { 0.0 })
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Bar;

    #[test]
    fn a_bar_is_never_longer_than_its_place_and_never_hides_what_is_there() {
        for (part, whole, length) in
            [(0, 0, "0.0"), (5, 0, "100.0"), (0, 7, "0.0"), (1, 1_000_000, "0.6"), (1, 4, "25.0"), (9, 4, "100.0")]
        {
            assert_eq!(Bar::of(part, whole).to_string(), length, "{part} of {whole}");
        }
    }
}
