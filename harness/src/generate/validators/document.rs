//! A document is a JSON text: well made in one of many ways, spoiled, or hostile from the beginning.

use super::{number, text};
use crate::generate::bits::Bits;

/// The depths around the one at which parsers stop, and one at which a parser that recurses would overflow.
const DEPTHS: [u32; 7] = [1, 40, 126, 127, 128, 129, 5_000];

/// Halves of surrogate pairs, escaped, and what may stand beside them.
const UNITS: [&str; 8] = [r"\ud800", r"\udc00", r"\uD83D", r"\ude00", r"\udbff", r"\uDFFF", r"\u0041", r"\n"];

/// Strings that are no strings, and some that are, as they stand in JSON.
const STRINGS: [&str; 14] = [
    r#""\u0000""#,
    r#""\u00""#,
    r#""\u00g0""#,
    r#""\u+123""#,
    r#""\x41""#,
    r#""\'""#,
    r#""\"#,
    "\"\u{0}\"",
    "\"\u{1f}\"",
    "\"a\nb\"",
    "\"\u{7f}\u{80}\u{2028}\u{2029}\"",
    "\"\u{feff}\"",
    "'single'",
    "\"open",
];

/// What is slipped into a document to spoil it.
const SLIPPED: [&str; 24] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "0",
    "-",
    ".",
    "e",
    "x",
    " ",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{b}",
    "\u{a0}",
    "\u{feff}",
    "\u{1f600}",
    "\\ud800",
    "//",
    "null",
];

/// Writes an object: members in some order, with some space, perhaps with further members.
pub(super) fn object(members: &[(&str, String)], bits: &mut Bits) -> String {
    let plain = bits.percent(60);
    let mut members = members.to_vec();
    if bits.one_in(6) {
        members.push((bits.pick(&["", "x", "Amount", "to ", "\u{1f600}", "__proto__"]), value(2, bits)));
    }
    if bits.one_in(4) {
        members.reverse();
    }
    let mut json = String::from("{");
    for (index, (key, member)) in members.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        json += space(plain, bits);
        json += &if plain { format!("\"{key}\"") } else { quoted(key, bits) };
        json += space(plain, bits);
        json.push(':');
        json += space(plain, bits);
        json += member;
        json += space(plain, bits);
    }
    json.push('}');
    json
}

/// Writes an array, with some space.
pub(super) fn array(items: &[String], bits: &mut Bits) -> String {
    let plain = bits.percent(60);
    let mut json = String::from("[");
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        json += space(plain, bits);
        json += item;
        json += space(plain, bits);
    }
    json.push(']');
    json
}

/// Writes a string: escaped where it has to be or, now and then, elsewhere too.
pub(super) fn quoted(text: &str, bits: &mut Bits) -> String {
    let eager = bits.one_in(12);
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '/' if eager => json.push_str("\\/"),
            '\u{0}'..'\u{20}' => escape(character, eager, &mut json),
            _ if eager && bits.one_in(4) => escape(character, bits.one_in(2), &mut json),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

/// Writes a character as UTF-16 escapes, in either case.
fn escape(character: char, upper: bool, json: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        json.push_str(&if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") });
    }
}

/// Writes some value, well made.
pub(super) fn value(depth: u32, bits: &mut Bits) -> String {
    match bits.below(if depth == 0 { 4 } else { 6 }) {
        0 => number::sound(bits),
        1 => bits.pick(&["null", "true", "false"]).to_owned(),
        2 | 3 => quoted(&text::short(bits), bits),
        4 => {
            let items = (0..bits.below(4)).map(|_| value(depth - 1, bits)).collect::<Vec<_>>();
            array(&items, bits)
        }
        _ => {
            let keys = ["amount", "to", "balance", "a", "b"];
            let count = bits.below(4) as usize;
            let members = keys.iter().take(count).map(|key| (*key, value(depth - 1, bits))).collect::<Vec<_>>();
            object(&members, bits)
        }
    }
}

/// Takes a document that was sound and spoils it in one place, or puts it where it does not belong.
pub(super) fn spoiled(document: &str, bits: &mut Bits) -> String {
    let place = boundary(document, bits);
    let (before, after) = document.split_at(place);
    match bits.below(12) {
        0 => before.to_owned(),
        1 => format!("{before}{}", after.chars().skip(1).collect::<String>()),
        2 | 3 => format!("{before}{}{after}", bits.pick(&SLIPPED)),
        4 => format!("{document}{}", bits.pick(&SLIPPED)),
        5 => format!("{}{document}", bits.pick(&["\u{feff}", "\u{a0}", " \n\t\r", "[", "\"", "0"])),
        6 => with_number(document, &number::any(bits)),
        7 => with_string(document, &string(bits)),
        8 => doubled(document),
        9 => nested(document, bits),
        10 => format!("{before}\n\r\n{after}"),
        _ => document.to_uppercase(),
    }
}

/// Writes a document that no program writes.
pub(super) fn hostile(bits: &mut Bits) -> String {
    match bits.below(10) {
        0 => bits
            .pick(&["", " ", "nul", "NaN", "Infinity", "undefined", "[]", "{}", "[,]", "{,}", "\"\"", "]"])
            .to_owned(),
        1 | 2 => number::any(bits),
        3 => string(bits),
        4 => nested("", bits),
        5 => {
            let characters = bits.below(20);
            (0..characters).map(|_| bits.pick(&SLIPPED)).collect()
        }
        6 => format!(r#"{{"amount":{},"amount":{}}}"#, number::any(bits), number::any(bits)),
        7 if bits.one_in(8) => large(bits),
        7 => object(&[("amount", number::any(bits)), ("to", string(bits))], bits),
        8 => array(&[number::any(bits), string(bits)], bits),
        _ => value(4, bits),
    }
}

/// A string that is none, or of surrogates, paired or not.
fn string(bits: &mut Bits) -> String {
    if bits.one_in(2) {
        return bits.pick(&STRINGS).to_owned();
    }
    let units = 1 + bits.below(3);
    format!("\"{}\"", (0..units).map(|_| bits.pick(&UNITS)).collect::<String>())
}

/// A long document with little in it: what a guest makes of it costs gas, and hardly any memory.
fn large(bits: &mut Bits) -> String {
    let length = text::length(bits);
    match bits.below(4) {
        0 => format!("[{}]", " ".repeat(length)),
        1 => format!("1{}", "0".repeat(length)),
        2 => format!("0.{}1", "0".repeat(length)),
        _ => format!("\"{}\"", "a".repeat(length)),
    }
}

/// Puts a document at a depth.
fn nested(document: &str, bits: &mut Bits) -> String {
    let depth = bits.pick(&DEPTHS) as usize;
    if bits.one_in(2) {
        format!("{}{}{}", "{\"a\":".repeat(depth), if document.is_empty() { "0" } else { document }, "}".repeat(depth))
    } else {
        format!("{}{document}{}", "[".repeat(depth), "]".repeat(depth))
    }
}

/// Writes another number for the first one.
fn with_number(document: &str, number: &str) -> String {
    let digit = |character: char| character.is_ascii_digit();
    let Some(start) = document.find(digit) else { return number.to_owned() };
    let (before, rest) = document.split_at(start);
    format!("{before}{number}{}", rest.trim_start_matches(digit))
}

/// Writes another string for the last one.
fn with_string(document: &str, string: &str) -> String {
    let mut parts = document.rsplitn(3, '"');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(after), Some(_), Some(before)) => format!("{before}{string}{after}"),
        (_, _, _) => string.to_owned(),
    }
}

/// Has an object's first member twice.
fn doubled(document: &str) -> String {
    match document.split_once(',') {
        Some((first, rest)) => {
            format!("{first},{},{rest}", first.trim_start_matches(['{', '[', ' ', '\n', '\t', '\r']))
        }
        None => format!("{document}{document}"),
    }
}

/// A place between two characters, or at an end.
fn boundary(text: &str, bits: &mut Bits) -> usize {
    let mut place = bits.below(u32::try_from(text.len()).unwrap_or(u32::MAX)) as usize;
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

fn space(plain: bool, bits: &mut Bits) -> &'static str {
    if plain { "" } else { bits.pick(&["", "", " ", "\n", "\t", "\r\n", "  "]) }
}
