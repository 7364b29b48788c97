//! Plain arguments are integers, texts and JSON of one value, which are compared with each other.

use super::Argument;
use crate::generate::bits::Bits;
use crate::generate::validators::{number, text};

/// What is in a range, or beside it.
pub(super) fn in_range(bits: &mut Bits) -> Vec<Argument> {
    let (low, high) = number::ordered(bits);
    let value = if bits.one_in(2) { low } else { number::near(bits.pick(&[low, high]), bits) };
    vec![value.into(), low.into(), high.into()]
}

/// A balance and an amount.
pub(super) fn covered(bits: &mut Bits) -> Vec<Argument> {
    let (amount, balance) = number::ordered(bits);
    vec![balance.into(), amount.into()]
}

/// A time and one that comes later, as a rule.
pub(super) fn earlier(bits: &mut Bits) -> Vec<Argument> {
    let (first, second) = number::ordered(bits);
    vec![first.into(), second.into()]
}

/// A time and one that comes before it, as a rule.
pub(super) fn later(bits: &mut Bits) -> Vec<Argument> {
    let (first, second) = number::ordered(bits);
    vec![second.into(), first.into()]
}

/// A time, one near it and how near, to the second.
pub(super) fn near(bits: &mut Bits) -> Vec<Argument> {
    let (first, second) = number::ordered(bits);
    let distance = number::near(first.abs_diff(second), bits);
    vec![first.into(), second.into(), distance.into()]
}

/// Two texts that are the same but for case, or nothing, or a form that looks the same.
pub(super) fn same_texts(bits: &mut Bits) -> Vec<Argument> {
    let one = if bits.one_in(4) { text::word(bits) } else { text::short(bits) };
    let other = match bits.below(8) {
        0 => one.to_ascii_uppercase(),
        1 => one.to_uppercase(),
        2 => one.replace('é', "e\u{301}"),
        3 => text::short(bits),
        _ => one.clone(),
    };
    vec![one.into(), other.into()]
}

/// A text, and what is at its beginning, its end or inside it.
pub(super) fn text_and_part(bits: &mut Bits) -> Vec<Argument> {
    let [before, part, after] = [(); 3].map(|()| text::short(bits));
    let whole = match bits.below(6) {
        0 | 1 => format!("{part}{after}"),
        2 | 3 => format!("{before}{part}"),
        4 => format!("{before}{part}{after}"),
        _ => format!("{before}{after}"),
    };
    vec![whole.into(), part.into()]
}

/// A text that is empty half of the time.
pub(super) fn maybe_empty_text(bits: &mut Bits) -> Vec<Argument> {
    vec![if bits.one_in(2) { String::new() } else { text::short(bits) }.into()]
}

/// A text and about how many bytes it has, or how many characters.
pub(super) fn text_and_length(bits: &mut Bits) -> Vec<Argument> {
    let text = text::any(bits);
    let length = match bits.below(8) {
        0 => text.chars().count() as u64,
        1 => number::integer(bits),
        2 | 3 => text.len() as u64,
        _ => number::near(text.len() as u64, bits),
    };
    vec![text.into(), length.into()]
}

/// Two numbers close to each other.
pub(super) fn two_numbers(bits: &mut Bits) -> Vec<Argument> {
    let (left, right) = number::pair(bits);
    vec![left.into(), right.into()]
}

/// A number and a range of which it is an end, as a rule.
pub(super) fn three_numbers(bits: &mut Bits) -> Vec<Argument> {
    let (low, high) = number::ordered(bits);
    let value = if bits.one_in(2) { low } else { number::near(high, bits) };
    [value, low, high].map(|number| number::spelt(number, bits).into()).into()
}

/// A number of either sign, or zero.
pub(super) fn signed_number(bits: &mut Bits) -> Vec<Argument> {
    let number = match bits.below(8) {
        0 => bits.pick(&["0", "-0", "0.000", "-0e10", "0E-999999999999"]).to_owned(),
        1 => bits.pick(&["5e-324", "-1e-999999999", "0.0000001", "-0.1"]).to_owned(),
        2..5 => format!("-{}", number::spelt(number::integer(bits), bits)),
        _ => number::spelt(if bits.one_in(2) { 0 } else { number::integer(bits) }, bits),
    };
    vec![number.into()]
}

/// A boolean, or something that is none.
pub(super) fn boolean(bits: &mut Bits) -> Vec<Argument> {
    vec![one_boolean(bits).into()]
}

/// Two of them.
pub(super) fn two_booleans(bits: &mut Bits) -> Vec<Argument> {
    vec![one_boolean(bits).into(), one_boolean(bits).into()]
}

fn one_boolean(bits: &mut Bits) -> &'static str {
    match bits.below(16) {
        0 => bits.pick(&["0", "1", "\"true\"", "null", "[]"]),
        1 => bits.pick(&[" true ", "\nfalse"]),
        _ => bits.pick(&["true", "false"]),
    }
}
