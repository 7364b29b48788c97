//! A key names a value: text of 1 to [`MAX_KEY_BYTES`] bytes without control characters. Keys are ordered by their
//! bytes.

use crate::error::{KeyFault, StoreError};

/// The longest key, in bytes of UTF-8: what fits in an index entry of every store.
pub const MAX_KEY_BYTES: usize = 2048;

/// The longest value, and the longest bytes that are kept under their hash: 64 MiB.
pub const MAX_VALUE_BYTES: usize = 64 << 20;

/// Checks a key.
pub(crate) fn check(key: &str) -> Result<(), StoreError> {
    if key.is_empty() {
        return Err(StoreError::InvalidKey { key: String::new(), fault: KeyFault::Empty });
    }
    check_prefix(key)
}

/// Checks what keys are to begin with: like a key, but it may be empty.
pub(crate) fn check_prefix(prefix: &str) -> Result<(), StoreError> {
    let fault = if prefix.len() > MAX_KEY_BYTES {
        KeyFault::TooLong { bytes: prefix.len() }
    } else if let Some(character) = prefix.chars().find(|character| character.is_control()) {
        KeyFault::Control { character }
    } else {
        return Ok(());
    };
    Err(StoreError::InvalidKey { key: prefix.chars().take(80).collect(), fault })
}

/// The least text above every key that begins with `prefix`, if there is one: UTF-8 sorts as its characters do.
pub(crate) fn end_of_prefix(prefix: &str) -> Option<String> {
    let mut end = prefix.to_owned();
    while let Some(last) = end.pop() {
        let mut above = last..=char::MAX;
        above.next();
        if let Some(next) = above.next() {
            end.push(next);
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_short_text_without_control_characters() {
        let check = |key: &str, expect: Result<(), &str>| {
            assert_eq!(check(key).map_err(|error| error.to_string()), expect.map_err(str::to_owned));
        };
        check("/a", Ok(()));
        check("ключ/😀", Ok(()));
        check(&"k".repeat(MAX_KEY_BYTES), Ok(()));
        check("", Err("failed to use the key \"\": it is empty"));
        check("a\0b", Err("failed to use the key \"a\\0b\": it holds the control character '\\0'"));
        check("a\u{85}", Err("failed to use the key \"a\\u{85}\": it holds the control character '\\u{85}'"));
        let long = "k".repeat(MAX_KEY_BYTES + 1);
        let head = &long[..80];
        check(&long, Err(&format!("failed to use the key \"{head}\": it has 2049 bytes, the most are 2048")));
    }

    #[test]
    fn a_prefix_ends_before_the_next_text() {
        let check = |prefix: &str, expect: Option<&str>| assert_eq!(end_of_prefix(prefix).as_deref(), expect);
        check("", None);
        check("/a", Some("/b"));
        check("\u{d7ff}", Some("\u{e000}"));
        check("a\u{10ffff}", Some("b"));
        check("\u{10ffff}\u{10ffff}", None);
    }

    proptest! {
        #[test]
        fn the_keys_of_a_prefix_are_those_before_its_end(prefix in any::<String>(), key in any::<String>()) {
            let within = |key: &str| {
                key >= prefix.as_str() && end_of_prefix(&prefix).is_none_or(|end| key < end.as_str())
            };
            prop_assert_eq!(within(&key), key.starts_with(&prefix));
            let longer = prefix.clone() + &key;
            prop_assert!(within(&longer));
        }
    }
}
