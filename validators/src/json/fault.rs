//! A fault is what makes a text no JSON.

use std::fmt;

/// Where and why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at line {line} column {column}")]
pub struct JsonError {
    /// Why.
    pub fault: JsonFault,
    /// The line, from 1. Only a line feed ends one.
    pub line: u64,
    /// The byte of the line's UTF-8, from 1.
    pub column: u64,
}

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// The text ends in the middle.
    UnexpectedEnd,
    /// Something stands here that cannot.
    UnexpectedCharacter,
    /// More follows the document.
    TrailingCharacters,
    /// A string holds a character below U+0020 as it is.
    ControlCharacter,
    /// A backslash begins no escape.
    InvalidEscape,
    /// An escape is one half of a surrogate pair, without the other.
    LoneSurrogate,
    /// A number breaks the grammar.
    InvalidNumber,
    /// A number is too large for a double, or has an exponent of more than nine digits.
    NumberOutOfRange,
    /// An object has a key twice.
    DuplicateKey,
    /// Arrays and objects are nested too deep.
    TooDeep,
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnexpectedEnd => "unexpected end",
            Self::UnexpectedCharacter => "unexpected character",
            Self::TrailingCharacters => "trailing characters",
            Self::ControlCharacter => "control character in a string",
            Self::InvalidEscape => "invalid escape",
            Self::LoneSurrogate => "lone surrogate",
            Self::InvalidNumber => "invalid number",
            Self::NumberOutOfRange => "number out of range",
            Self::DuplicateKey => "duplicate key",
            Self::TooDeep => "nested too deep",
        })
    }
}

impl JsonError {
    /// A fault at a byte of the text, which may be its end.
    pub(super) fn at(fault: JsonFault, text: &str, offset: usize) -> Self {
        let (mut line, mut column) = (1, 1);
        for byte in text.bytes().take(offset) {
            if byte == b'\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        Self { fault, line, column }
    }
}
