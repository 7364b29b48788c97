//! The parser goes over the text once, from left to right, and stops at the first fault.

use super::Json;
use super::fault::{JsonError, JsonFault};
use super::number::Number;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many arrays and objects may be nested. Serde's parser has the same limit, so what a validator accepts, a
/// datastore that uses that parser can read.
pub const MAX_DEPTH: u32 = 127;

/// Parses a document, by the rules that this crate reads every document by: those of RFC 8259, at most [`MAX_DEPTH`]
/// levels, each key of an object once, no lone surrogates, numbers exact and in the range of doubles.
///
/// # Errors
///
/// Says what the text's first fault is, and where.
pub fn parse(text: &str) -> Result<Json<'_>, JsonError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser.document().map_err(|Fault { fault, offset }| JsonError::at(fault, text, offset))
}

struct Parser<'a> {
    text: &'a str,
    /// The offset of the next byte. It is always the beginning of a character.
    at: usize,
    depth: u32,
}

/// A fault at an offset, which costs nothing to make: the line is counted at the end.
struct Fault {
    fault: JsonFault,
    offset: usize,
}

type Parsed<T> = Result<T, Fault>;

impl<'a> Parser<'a> {
    fn document(&mut self) -> Parsed<Json<'a>> {
        let json = self.value()?;
        self.skip_space();
        match self.peek() {
            None => Ok(json),
            Some(_) => self.fail(JsonFault::TrailingCharacters),
        }
    }

    fn value(&mut self) -> Parsed<Json<'a>> {
        self.skip_space();
        match self.peek() {
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b'[') => self.nested(Self::array),
            Some(b'{') => self.nested(Self::object),
            Some(b'-' | b'0'..=b'9') => Ok(Json::Number(self.number()?)),
            _ => self.unexpected(),
        }
    }

    fn word(&mut self, word: &str, json: Json<'a>) -> Parsed<Json<'a>> {
        for expected in word.bytes() {
            self.expect(expected)?;
        }
        Ok(json)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Json<'a>>) -> Parsed<Json<'a>> {
        if self.depth == MAX_DEPTH {
            return self.fail(JsonFault::TooDeep);
        }
        self.depth += 1;
        self.at += 1;
        let json = read(self)?;
        self.depth -= 1;
        Ok(json)
    }

    /// Reads the rest of an array, after its bracket.
    fn array(&mut self) -> Parsed<Json<'a>> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Json::Array(items));
            }
            self.expect(b',')?;
        }
    }

    /// Reads the rest of an object, after its brace.
    fn object(&mut self) -> Parsed<Json<'a>> {
        let mut members = BTreeMap::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_space();
            let offset = self.at;
            let key = self.string()?;
            if members.contains_key(&key) {
                return Err(Fault { fault: JsonFault::DuplicateKey, offset });
            }
            self.skip_space();
            self.expect(b':')?;
            let value = self.value()?;
            members.insert(key, value);
            self.skip_space();
            if self.take(b'}') {
                return Ok(Json::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Parsed<Cow<'a, str>> {
        self.expect(b'"')?;
        let plain = self.fragment();
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return self.fail(JsonFault::ControlCharacter),
                None => return self.fail(JsonFault::UnexpectedEnd),
            }
            text.push_str(self.fragment());
        }
    }

    /// Reads characters that stand for themselves.
    fn fragment(&mut self) -> &'a str {
        // The bytes looked for are ASCII, so both ends are ends of characters.
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn escape(&mut self) -> Parsed<char> {
        let offset = self.at;
        self.at += 1;
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(offset),
            Some(_) => return Err(Fault { fault: JsonFault::InvalidEscape, offset }),
            None => return self.fail(JsonFault::UnexpectedEnd),
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads the rest of an escape that began at the offset, from its `u`, and its other half if it is a surrogate.
    fn unicode_escape(&mut self, offset: usize) -> Parsed<char> {
        let first = self.code_unit(offset)?;
        if let Some(character) = char::from_u32(u32::from(first)) {
            return Ok(character);
        }
        let second = self.at;
        if self.take(b'\\') && self.peek() == Some(b'u') {
            let pair = [first, self.code_unit(second)?];
            if let Some(Ok(character)) = char::decode_utf16(pair).next() {
                return Ok(character);
            }
        }
        Err(Fault { fault: JsonFault::LoneSurrogate, offset })
    }

    fn code_unit(&mut self, offset: usize) -> Parsed<u16> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let Some(byte) = self.peek() else { return self.fail(JsonFault::UnexpectedEnd) };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return Err(Fault { fault: JsonFault::InvalidEscape, offset });
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(u16::try_from(unit).expect("four hex digits are 16 bits"))
    }

    fn number(&mut self) -> Parsed<Number<'a>> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.fail(JsonFault::InvalidNumber);
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Number::new(text).ok_or(Fault { fault: JsonFault::NumberOutOfRange, offset: start })
    }

    /// Reads one digit or more.
    fn digits(&mut self) -> Parsed<()> {
        match self.peek() {
            Some(b'0'..=b'9') => {}
            Some(_) => return self.fail(JsonFault::InvalidNumber),
            None => return self.fail(JsonFault::UnexpectedEnd),
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes over this ASCII character, if it is the next one.
    fn take(&mut self, expected: u8) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, expected: u8) -> Parsed<()> {
        if self.take(expected) { Ok(()) } else { self.unexpected() }
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        self.fail(match self.peek() {
            Some(_) => JsonFault::UnexpectedCharacter,
            None => JsonFault::UnexpectedEnd,
        })
    }

    fn fail<T>(&self, fault: JsonFault) -> Parsed<T> {
        Err(Fault { fault, offset: self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, MAX_DEPTH, parse};

    fn check(text: &str, expect: &str) {
        let found = match parse(text) {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn documents_are_accepted() {
        for text in [
            "null",
            " \t\r\n true ",
            "false",
            "[]",
            "[ ]",
            "{}",
            "{ }",
            "[1,[2,{\"a\":[]}]]",
            "0",
            "-0",
            "-0.0e-0",
            "1E+5",
            r#""\"\\\/\b\f\n\r\t\u00e9""#,
            r#"{"a":1,"A":2,"":3}"#,
            "\"\u{7f}\u{2028}\u{10ffff}\"",
        ] {
            check(text, "ok");
        }
    }

    #[test]
    fn faults_have_a_reason_and_a_place() {
        check("", "unexpected end at line 1 column 1");
        check(" \n", "unexpected end at line 2 column 1");
        check("\u{feff}{}", "unexpected character at line 1 column 1");
        check("\u{a0}1", "unexpected character at line 1 column 1");
        check("{\n  \"a\": x\n}", "unexpected character at line 2 column 8");
        check("\"é\" x", "trailing characters at line 1 column 6");
        check("{} {}", "trailing characters at line 1 column 4");
        check("nul", "unexpected end at line 1 column 4");
        check("nulL", "unexpected character at line 1 column 4");
        check("NaN", "unexpected character at line 1 column 1");
        check("[1,]", "unexpected character at line 1 column 4");
        check("[1 2]", "unexpected character at line 1 column 4");
        check("[1", "unexpected end at line 1 column 3");
        check("{\"a\":1,}", "unexpected character at line 1 column 8");
        check("{a:1}", "unexpected character at line 1 column 2");
        check("{\"a\" 1}", "unexpected character at line 1 column 6");
        check("{\"a\":", "unexpected end at line 1 column 6");
        check("'a'", "unexpected character at line 1 column 1");
        check("// a\n1", "unexpected character at line 1 column 1");
    }

    #[test]
    fn strings_are_text() {
        check("\"a", "unexpected end at line 1 column 3");
        check("\"a\nb\"", "control character in a string at line 1 column 3");
        check("\"a\\n\u{0}\"", "control character in a string at line 1 column 5");
        check(r#""a\x""#, "invalid escape at line 1 column 3");
        check(r#""\u00g0""#, "invalid escape at line 1 column 2");
        check(r#""\u+123""#, "invalid escape at line 1 column 2");
        check(r#""\u12"#, "unexpected end at line 1 column 6");
        check(r#""\"#, "unexpected end at line 1 column 3");
        check(r#""\ud83d""#, "lone surrogate at line 1 column 2");
        check(r#""\udc00""#, "lone surrogate at line 1 column 2");
        check(r#""\ud83d\ud83d""#, "lone surrogate at line 1 column 2");
        check(r#""\ud83d\n""#, "lone surrogate at line 1 column 2");
        check(r#""\ud83d\u00""#, "invalid escape at line 1 column 8");
        assert_eq!(parse(r#""\ud83D\uDE00 \u0061""#).ok().as_ref().and_then(Json::as_str), Some("\u{1f600} a"));
    }

    #[test]
    fn numbers_follow_the_grammar() {
        check("-", "unexpected end at line 1 column 2");
        check("-a", "invalid number at line 1 column 2");
        check("01", "invalid number at line 1 column 2");
        check("-00", "invalid number at line 1 column 3");
        check("1.", "unexpected end at line 1 column 3");
        check("[1.]", "invalid number at line 1 column 4");
        check(".5", "unexpected character at line 1 column 1");
        check("+1", "unexpected character at line 1 column 1");
        check("1e", "unexpected end at line 1 column 3");
        check("1e+ ", "invalid number at line 1 column 4");
        check("0x10", "trailing characters at line 1 column 2");
        check("[1e400]", "number out of range at line 1 column 2");
        check("1e-9999999999", "number out of range at line 1 column 1");
    }

    #[test]
    fn a_key_comes_once() {
        check(r#"{"a":1,"a":1}"#, "duplicate key at line 1 column 8");
        check(r#"{"a":1,"\u0061":2}"#, "duplicate key at line 1 column 8");
        check(r#"[{"a":1},{"a":1}]"#, "ok");
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: u32| {
            let depth = usize::try_from(depth).expect("small");
            format!("{}{}", "[".repeat(depth), "]".repeat(depth))
        };
        check(&nested(MAX_DEPTH), "ok");
        check(&nested(MAX_DEPTH + 1), "nested too deep at line 1 column 128");
        check(&"[".repeat(1 << 20), "nested too deep at line 1 column 128");
        check(&"{\"a\":".repeat(1 << 20), "nested too deep at line 1 column 636");
        check(&format!("[{}]", ["[]"; 1000].join(",")), "ok");
    }

    #[test]
    fn length_is_not() {
        let text = format!("\"{}\"", "\\u0000x".repeat(1 << 18));
        assert_eq!(parse(&text).ok().as_ref().and_then(Json::as_str).map(str::len), Some(2 << 18));
        check(&format!("0.{}1", "0".repeat(1 << 20)), "ok");
        check(&format!("1{}", "0".repeat(1 << 20)), "number out of range at line 1 column 1");
    }
}
