//! A number is a decimal that is never rounded.

use std::cmp::Ordering;

/// A number as it is written in JSON. It compares by its exact value: `1`, `1.0` and `10e-1` are equal.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a>(&'a str);

/// Half a unit in the last place above the largest finite double: from here on, the nearest double is infinite.
const OVERFLOW: Decimal<'_> = Decimal { negative: false, whole: OVERFLOW_DIGITS, fraction: "", point: 309 };

const OVERFLOW_DIGITS: &str = "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490\
    1797758720709633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447\
    5730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";

/// The digits of the longest exponent, without leading zeros.
const EXPONENT_DIGITS: usize = 9;

impl<'a> Number<'a> {
    /// A number from text that follows the grammar, if it is in range.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let decimal = Decimal::new(text)?;
        (decimal.cmp_magnitude(&OVERFLOW) == Ordering::Less).then_some(Self(text))
    }

    /// The integer, if this is one in plain digits that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The number as it is written.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.0
    }

    /// How this number compares with zero.
    #[must_use]
    pub fn sign(&self) -> Ordering {
        self.cmp(&Self("0"))
    }

    fn decimal(&self) -> Decimal<'a> {
        Decimal::new(self.0).expect("the parser found the number in range")
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number<'_> {}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.decimal(), other.decimal());
        match (left.sign(), right.sign()) {
            (Ordering::Less, Ordering::Less) => right.cmp_magnitude(&left),
            (Ordering::Greater, Ordering::Greater) => left.cmp_magnitude(&right),
            (left, right) => left.cmp(&right),
        }
    }
}

/// A number's parts: the digits from the first that is not zero, and where the point is.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    /// Where the point is, in digits to the right of the first one that is not zero.
    point: i64,
}

impl<'a> Decimal<'a> {
    /// The parts, unless the exponent is too long for a number that is not zero.
    fn new(text: &'a str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut decimal = Self { negative, whole: whole.trim_start_matches('0'), fraction, point: 0 };
        let leading = if decimal.whole.is_empty() {
            let shortened = fraction.trim_start_matches('0');
            decimal.fraction = shortened;
            fraction.len() - shortened.len()
        } else {
            0
        };
        if !decimal.is_zero() {
            decimal.point =
                parse_exponent(exponent)?.saturating_add(length(decimal.whole)).saturating_sub_unsigned(leading as u64);
        }
        Some(decimal)
    }

    fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    fn sign(&self) -> Ordering {
        match (self.is_zero(), self.negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        }
    }

    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (false, false) => self.point.cmp(&other.point).then_with(|| cmp_digits(self.digits(), other.digits())),
            (left, right) => right.cmp(&left),
        }
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }
}

/// Compares digits from the point on; what is missing at the end is zero.
fn cmp_digits(mut left: impl Iterator<Item = u8>, mut right: impl Iterator<Item = u8>) -> Ordering {
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (left, right) => match left.unwrap_or(b'0').cmp(&right.unwrap_or(b'0')) {
                Ordering::Equal => {}
                unequal @ (Ordering::Less | Ordering::Greater) => return unequal,
            },
        }
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.trim_start_matches('0');
    if digits.len() > EXPONENT_DIGITS {
        return None;
    }
    let magnitude = digits.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if negative { -magnitude } else { magnitude })
}

/// A length in a type that has the same width everywhere.
fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Number, OVERFLOW, OVERFLOW_DIGITS};
    use std::cmp::Ordering;

    fn number(text: &str) -> Number<'_> {
        Number::new(text).unwrap_or_else(|| panic!("{text} is out of range"))
    }

    #[test]
    fn numbers_compare_by_their_exact_value() {
        let check = |left: &str, expect: Ordering, right: &str| {
            assert_eq!(number(left).cmp(&number(right)), expect, "{left} and {right}");
            assert_eq!(number(right).cmp(&number(left)), expect.reverse(), "{right} and {left}");
        };
        for (left, right) in [
            ("1", "1.0"),
            ("1", "10e-1"),
            ("1", "0.0001e4"),
            ("0", "-0"),
            ("0", "-0.000e9999999999999"),
            ("120", "1.2E+2"),
            ("1e-000000000000000002", "0.01"),
            ("-5.50", "-5.5"),
        ] {
            check(left, Ordering::Equal, right);
        }
        for (less, more) in [
            ("9007199254740992", "9007199254740993"),
            ("0.1", "0.10000000000000000000000000000000001"),
            ("-2", "-1"),
            ("-1", "0"),
            ("-1", "1e-999999999"),
            ("0", "1e-999999999"),
            ("9", "10"),
            ("0.9", "0.91"),
            ("99999999999999999999999999", "1e26"),
            ("-1e26", "-99999999999999999999999999"),
            ("0.00100", "0.0011"),
        ] {
            check(less, Ordering::Less, more);
        }
    }

    #[test]
    fn the_range_is_that_of_doubles() {
        let check = |text: &str, expect: bool| assert_eq!(Number::new(text).is_some(), expect, "{text}");
        check("1.7976931348623157e308", true);
        check("-1.7976931348623158e308", true);
        check("1.7976931348623159e308", false);
        check(OVERFLOW_DIGITS, false);
        check(&format!("-{OVERFLOW_DIGITS}"), false);
        check(&format!("{}1.99", OVERFLOW_DIGITS.trim_end_matches('2')), true);
        check("1e309", false);
        check("0e309", true);
        check("0.000000001e317", true);
        check("1e999999999", false);
        check("1e-999999999", true);
        check("1e-1000000000", false);
        check("1e-0000000000000000000001", true);
        let decimal = Decimal::new(OVERFLOW_DIGITS).expect("it has no exponent");
        assert_eq!((decimal.point, decimal.cmp_magnitude(&OVERFLOW)), (OVERFLOW.point, Ordering::Equal));
        assert!("1.7976931348623158e308".parse::<f64>().is_ok_and(f64::is_finite));
        assert!(OVERFLOW_DIGITS.parse::<f64>().is_ok_and(f64::is_infinite));
    }

    #[test]
    fn only_plain_digits_are_an_integer() {
        let check = |text: &str, expect: Option<u64>| assert_eq!(number(text).as_u64(), expect, "{text}");
        check("0", Some(0));
        check("18446744073709551615", Some(u64::MAX));
        check("18446744073709551616", None);
        check("-1", None);
        check("-0", None);
        check("1.0", None);
        check("1e0", None);
    }
}
