//! Numbers as people read them.

use std::fmt;

/// A count, its digits in groups of three: `12,345`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(pub(super) u64);

/// A count in a small space: `12.3k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short(pub(super) u64);

/// A part of a whole: `12.3 %`. What is there is never shown as nothing, and what is missing never as all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) part: u64,
    pub(super) whole: u64,
}

/// A time in microseconds: `1 h 2 min`, `3 min 4 s`, `5.67 s`, `7.8 ms`, `9 µs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Micros(pub(super) u64);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 4] =
            [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
        match UNITS.iter().find(|(unit, _)| self.0 >= *unit) {
            None => write!(f, "{}", self.0),
            // Cut, not rounded: 999,999 is no million.
            Some((unit, name)) if self.0 / unit >= 100 => write!(f, "{}{name}", self.0 / unit),
            Some((unit, name)) => write!(f, "{}.{}{name}", self.0 / unit, self.0 / (unit / 10) % 10),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, whole } = *self;
        let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole.max(1)) * 2);
        match tenths {
            0 if part > 0 => f.write_str("< 0.1 %"),
            1000 if part < whole => f.write_str("> 99.9 %"),
            tenths => write!(f, "{}.{} %", tenths / 10, tenths % 10),
        }
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MILLI: u64 = 1_000;
        const SECOND: u64 = 1_000_000;
        let micros = self.0;
        let seconds = micros / SECOND;
        match micros {
            0..MILLI => write!(f, "{micros} µs"),
            MILLI..SECOND => write!(f, "{}.{} ms", micros / MILLI, micros / (MILLI / 10) % 10),
            _ if seconds < 60 => write!(f, "{seconds}.{:02} s", micros / (SECOND / 100) % 100),
            _ if seconds < 3600 => write!(f, "{} min {} s", seconds / 60, seconds % 60),
            _ => write!(f, "{} h {} min", seconds / 3600, seconds / 60 % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        let check = |number: &dyn fmt::Display, text: &str| assert_eq!(number.to_string(), text);
        for (count, grouped, short) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1,000", "1.0k"),
            (12_345, "12,345", "12.3k"),
            (999_999, "999,999", "999k"),
            (1_050_000, "1,050,000", "1.0M"),
            (u64::MAX, "18,446,744,073,709,551,615", "18446744T"),
        ] {
            check(&Amount(count), grouped);
            check(&Short(count), short);
        }
        for (part, whole, text) in [
            (0, 0, "0.0 %"),
            (0, 9, "0.0 %"),
            (1, 100_000, "< 0.1 %"),
            (99_999, 100_000, "> 99.9 %"),
            (1, 3, "33.3 %"),
            (2, 3, "66.7 %"),
            (9, 9, "100.0 %"),
            (u64::MAX, u64::MAX, "100.0 %"),
        ] {
            check(&Share { part, whole }, text);
        }
        for (micros, text) in [
            (0, "0 µs"),
            (999, "999 µs"),
            (1_500, "1.5 ms"),
            (5_678_000, "5.67 s"),
            (184_000_000, "3 min 4 s"),
            (3_720_000_000, "1 h 2 min"),
        ] {
            check(&Micros(micros), text);
        }
    }
}
