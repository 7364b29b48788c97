//! A number is an integer near an end of some width, or a decimal in one of its spellings.

use crate::generate::bits::Bits;

/// Integers where some representation ends.
const INTEGERS: [u64; 16] = [
    0,
    1,
    2,
    10,
    100,
    255,
    256,
    (1 << 31) - 1,
    u32::MAX as u64,
    1 << 32,
    (1 << 53) - 1,
    1 << 53,
    (1 << 53) + 1,
    i64::MAX as u64,
    1 << 63,
    u64::MAX,
];

/// Numbers that parsers and arithmetic treat differently, and some that are no numbers.
const ODD: [&str; 50] = [
    "-0",
    "-0.0",
    "0.0",
    "0e0",
    "0e999999999",
    "0e9999999999",
    "-0E-99999999999999999999",
    "1e400",
    "-1e400",
    "1e-400",
    "-1e-400",
    "5e-324",
    "2e-324",
    "1.7976931348623157e308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "-1.7976931348623159e308",
    "1e999999999",
    "1e1000000000",
    "1e-999999999",
    "1e-1000000000",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "18446744073709551621",
    "-18446744073709551616",
    "340282366920938463463374607431768211456",
    "100000000000000000000000000000000000000000",
    "0.12345678901234567890",
    "0.12345678901234567891",
    "100.00000000000000000001",
    "0.1",
    "0.30000000000000004",
    "1.0",
    "100.0",
    "10e-1",
    "007",
    "-01",
    "1.",
    ".5",
    "+1",
    "1e",
    "0x10",
];

/// An integer, near an end of some width as a rule.
pub(super) fn integer(bits: &mut Bits) -> u64 {
    match bits.below(6) {
        0 => bits.word(),
        1 => u64::from(bits.below(1_000)),
        2 => u64::from(bits.below(2)),
        _ => bits.pick(&INTEGERS),
    }
}

/// An integer that is this one, beside it, or not far from it.
pub(super) fn near(integer: u64, bits: &mut Bits) -> u64 {
    match bits.below(6) {
        0 | 1 => integer,
        2 => integer.saturating_add(1),
        3 => integer.saturating_sub(1),
        4 => integer.saturating_add(u64::from(bits.below(1_000))),
        _ => integer.saturating_sub(u64::from(bits.below(1_000))),
    }
}

/// Two integers of which the first is not above the second, five times of six.
pub(super) fn ordered(bits: &mut Bits) -> (u64, u64) {
    let one = integer(bits);
    let other = near(one, bits);
    let (low, high) = (one.min(other), one.max(other));
    if bits.one_in(6) { (high, low) } else { (low, high) }
}

/// A number, as it is written in JSON, in the range of doubles.
pub(super) fn sound(bits: &mut Bits) -> String {
    match bits.below(4) {
        0 => bits.pick(&ODD[..]).parse::<f64>().ok().filter(|double| double.is_finite()).map_or("0".into(), plain),
        1 => format!("-{}", integer(bits)),
        _ => integer(bits).to_string(),
    }
}

/// A number or what looks like one.
pub(super) fn any(bits: &mut Bits) -> String {
    match bits.below(8) {
        0 => integer(bits).to_string(),
        1 => spelt(integer(bits), bits),
        2 => format!("{}.{:020}", bits.below(10), bits.word()),
        3 => format!("{}{}", 1 + bits.below(9), "0".repeat(bits.pick(&[15, 16, 19, 20, 21, 307, 308, 309, 310]))),
        _ => bits.pick(&ODD).to_owned(),
    }
}

/// The same number in one of its spellings.
pub(super) fn spelt(integer: u64, bits: &mut Bits) -> String {
    match bits.below(7) {
        0 => format!("{integer}.0"),
        1 => format!("{integer}.{}", "0".repeat(1 + bits.below(24) as usize)),
        2 => format!("{integer}0e-1"),
        3 => format!("{integer}000E-0003"),
        4 if integer.is_multiple_of(10) => format!("{}e+1", integer / 10),
        // 1234 is 0.1234 with the point four digits further right.
        5 => format!("0.{integer}e{}", integer.to_string().len()),
        _ => integer.to_string(),
    }
}

/// A number that is no 64-bit integer, and becomes this one if it is cut to 64 bits, or to its whole part.
pub(super) fn beyond(integer: u64, bits: &mut Bits) -> String {
    match bits.below(4) {
        0 => format!("{integer}.5"),
        1 => format!("{integer}.0"),
        2 => format!("-{}", (1 << 64) - u128::from(integer)),
        _ => (u128::from(integer) + (1 << 64)).to_string(),
    }
}

/// Two numbers, the same in two spellings or close to each other.
pub(super) fn pair(bits: &mut Bits) -> (String, String) {
    let one = integer(bits);
    let other = if bits.one_in(2) { one } else { near(one, bits) };
    let sign = if bits.one_in(4) { "-" } else { "" };
    if bits.one_in(4) {
        // They part at the last of twenty digits, if at all.
        let digits = format!("{:019}", bits.word() >> 4);
        let (last, other_last) = (bits.below(10), bits.below(10));
        return (format!("{sign}{one}.{digits}{last}"), format!("{sign}{one}.{digits}{other_last}"));
    }
    (format!("{sign}{}", spelt(one, bits)), format!("{sign}{}", spelt(other, bits)))
}

/// A double as Rust writes it, with a sign of its own.
fn plain(double: f64) -> String {
    format!("{double:e}")
}
