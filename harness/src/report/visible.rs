//! A character that cannot be seen must not do anything either: some turn the text around them, and make a reader see what
//! is not there.

/// The text with an escape in the place of every character that would do something unseen: controls but line ends and tabs,
/// and what sets the direction of text or joins it.
///
/// It is applied to the whole page, whose own text has none of them, so that no section can forget it.
pub(super) fn visible(text: &str) -> String {
    if !text.contains(acts_unseen) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if acts_unseen(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn acts_unseen(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_acts_unseen_is_written_out() {
        for (text, shown) in [
            ("plain\n\ttext, é 🦀", "plain\n\ttext, é 🦀"),
            ("nul \0, escape \u{1b}[2J", "nul \\u{0}, escape \\u{1b}[2J"),
            ("turned \u{202e}tpircs\u{2066}", "turned \\u{202e}tpircs\\u{2066}"),
            ("\u{feff}a\u{200b}b\r", "\\u{feff}a\\u{200b}b\\u{d}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
