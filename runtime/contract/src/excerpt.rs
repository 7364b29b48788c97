//! An excerpt is as much of a text from outside as an error shows.

use std::fmt;

/// The most characters of a text that are shown.
const MAX_CHARACTERS: usize = 200;

/// The most texts of a list that are shown.
const MAX_TEXTS: usize = 8;

/// Shows the beginning of a text, with U+FFFD for control characters.
pub(crate) struct Excerpt<'a>(pub(crate) &'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(MAX_CHARACTERS) {
            let shown = if character.is_control() { char::REPLACEMENT_CHARACTER } else { character };
            fmt::Write::write_char(f, shown)?;
        }
        if characters.next().is_some() { f.write_str("…") } else { Ok(()) }
    }
}

/// Shows the beginning of a list of texts.
pub(crate) struct Excerpts<'a>(pub(crate) &'a [String]);

impl fmt::Display for Excerpts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, text) in self.0.iter().take(MAX_TEXTS).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}", Excerpt(text))?;
        }
        match self.0.len().checked_sub(MAX_TEXTS) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "; and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Excerpts};

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(Excerpt("a\nb\u{7f}é").to_string(), "a\u{fffd}b\u{fffd}é");
        assert_eq!(Excerpt(&"é".repeat(200)).to_string(), "é".repeat(200));
        assert_eq!(Excerpt(&"é".repeat(201)).to_string(), format!("{}…", "é".repeat(200)));
    }

    #[test]
    fn long_lists_are_cut() {
        let list = |length: usize| vec!["x".to_owned(); length];
        assert_eq!(Excerpts(&list(1)).to_string(), "x");
        assert_eq!(Excerpts(&list(8)).to_string(), ["x"; 8].join("; "));
        assert_eq!(Excerpts(&list(10)).to_string(), format!("{}; and 2 more", ["x"; 8].join("; ")));
    }
}
