//! A document is a JSON text that an ABI method is given.

use crate::generate::bits::Bits;

const WORDS: [&str; 12] =
    ["amount", "to", "from", "balance", "memo", "näme", "日本語", "😀", "\\ud83d\\ude00", "a\\\"b", "\\u0000", "x"];

const NUMBERS: [&str; 12] = [
    "0",
    "-0",
    "1",
    "100",
    "18446744073709551615",
    "9007199254740993",
    "-9223372036854775808",
    "1e21",
    "1.5",
    "-2.25e-7",
    "123456789",
    "1E400",
];

/// A few documents, the plain ones first.
pub(super) fn some(seed: u32) -> Vec<String> {
    let bits = &mut Bits::new(u64::from(seed));
    let count = 1 + bits.below(3);
    (0..count).map(|_| document(bits)).collect()
}

fn document(bits: &mut Bits) -> String {
    match bits.below(12) {
        0 => r#"{"amount":100,"to":"alice"}"#.to_owned(),
        1 => String::new(),
        2 => bits.pick(&["{}", "[]", "null", "true", "\"\"", " \t\r\n{ } ", "{\"a\":", "]", "0"]).to_owned(),
        3 => format!("{}{}", "[".repeat(40), "]".repeat(40)),
        4 => large(bits),
        5 => format!("\"{}\"", bits.pick(&WORDS).repeat(1 + bits.below(9) as usize)),
        6 => "é".repeat(bits.below(70) as usize),
        _ => {
            let mut text = String::new();
            value(&mut text, 3, bits);
            text
        }
    }
}

/// An array of about two thousand bytes.
fn large(bits: &mut Bits) -> String {
    let mut text = String::from("[");
    while text.len() < 2000 {
        value(&mut text, 1, bits);
        text.push(',');
    }
    text.push_str("null]");
    text
}

fn value(text: &mut String, depth: u32, bits: &mut Bits) {
    match bits.below(if depth == 0 { 3 } else { 6 }) {
        0 => text.push_str(bits.pick(&NUMBERS)),
        1 => text.push_str(bits.pick(&["true", "false", "null"])),
        2 => string(text, bits),
        3 => {
            text.push('[');
            for index in 0..bits.below(5) {
                if index > 0 {
                    text.push(',');
                }
                value(text, depth - 1, bits);
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for index in 0..=bits.below(4) {
                if index > 0 {
                    text.push(',');
                }
                string(text, bits);
                text.push(':');
                value(text, depth - 1, bits);
            }
            text.push('}');
        }
    }
}

fn string(text: &mut String, bits: &mut Bits) {
    text.push('"');
    text.push_str(bits.pick(&WORDS));
    text.push('"');
}
