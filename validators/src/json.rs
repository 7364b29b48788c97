//! JSON is read here by one parser of our own, because its verdict is part of every result.
//!
//! What is accepted must not depend on the machine, and not on the features that some other package switches on in a
//! shared parser (arbitrary precision, unlimited depth, order of keys). The grammar is RFC 8259's, with these answers
//! to what that leaves open:
//!
//! - at most [`MAX_DEPTH`] arrays and objects are nested;
//! - an object has each key once, after escapes are resolved: readers disagree about which one would count;
//! - a `\u` escape of a surrogate is half of a pair: a lone one is no text;
//! - numbers are kept as they are written and compare exactly as decimals; those that no double is near (`1e400`), and
//!   exponents of more than nine digits, are out of range;
//! - strings and documents have any length.

mod fault;
mod number;
mod parser;

pub use fault::{JsonError, JsonFault};
pub use number::Number;
pub use parser::{MAX_DEPTH, parse};

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A parsed document. It borrows from the text what it can.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Number<'a>),
    /// A string, its escapes resolved.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object, which has each key once.
    Object(BTreeMap<Cow<'a, str>, Json<'a>>),
}

impl Json<'_> {
    /// The member of this name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) | Self::Array(_) => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number<'_>> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The integer, if this is one in plain digits (not `1.0`, `1e0` or `-0`) that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number().and_then(Number::as_u64)
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The items, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }
}
