//! A text is a string of any characters; what is special is its length, and what other languages make of it.

use crate::generate::bits::Bits;

/// Pieces of text: plain ones, and some that encodings, case tables or normalisation treat in ways of their own.
const PIECES: [&str; 24] = [
    "a",
    "alice",
    "addr123",
    "Bob",
    "/members/a",
    "0",
    "ABC",
    "abc",
    "näme",
    "日本語",
    "\u{1f600}",
    "\u{1f469}\u{200d}\u{1f469}",
    "e\u{301}",
    "é",
    "İi",
    "ß",
    "\u{0}",
    "\u{1f}",
    "\u{7f}\u{80}",
    "\u{feff}",
    "\u{2028}",
    "\u{fffd}",
    "\u{ffff}\u{10ffff}",
    "line\r\nbreak\t\"quoted\" \\ /",
];

/// A text of a few pieces, one of them as a rule.
pub(super) fn short(bits: &mut Bits) -> String {
    let pieces = if bits.one_in(4) { 1 + bits.below(4) } else { 1 };
    (0..pieces).map(|_| bits.pick(&PIECES)).collect()
}

/// A word of small letters.
pub(super) fn word(bits: &mut Bits) -> String {
    let length = 1 + bits.below(8);
    (0..length).map(|_| char::from(b'a' + bits.below(26) as u8)).collect()
}

/// Any text: empty, near the length at which addresses end, of characters from everywhere, or long.
pub(super) fn any(bits: &mut Bits) -> String {
    match bits.below(16) {
        0 | 1 => String::new(),
        2 => "x".repeat(254 + bits.below(5) as usize),
        // Two bytes each: as many bytes as the longest address has, at half the characters.
        3 => "é".repeat(127 + bits.below(3) as usize),
        4 => "\u{1f600}".repeat(63 + bits.below(3) as usize),
        5..8 => {
            let characters = bits.below(12);
            (0..characters).map(|_| character(bits)).collect()
        }
        8 if bits.one_in(6) => bits.pick(&["a", "é", "\u{1f600}", "\""]).repeat(length(bits) / 4),
        _ => short(bits),
    }
}

/// The length of a long text in bytes: thousands as a rule, rarely near what an input may have.
pub(super) fn length(bits: &mut Bits) -> usize {
    let most = match bits.below(64) {
        0 => 1_000_000,
        1..8 => 200_000,
        _ => 8_000,
    };
    (most / 2 + bits.below(most / 2)) as usize
}

/// A character of any plane.
fn character(bits: &mut Bits) -> char {
    let bound = bits.pick(&[0x20, 0x80, 0x80, 0x800, 0xd800, 0x11_0000]);
    // What is no character is a surrogate.
    char::from_u32(bits.below(bound)).unwrap_or('\u{fffd}')
}
