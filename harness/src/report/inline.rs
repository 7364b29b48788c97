//! Inline text is a line of Markdown as the register has it: some of it code, some emphasised.

/// A part of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Plain text.
    Plain(String),
    /// Between backquotes.
    Code(String),
    /// Between asterisks.
    Emphasis(String),
}

/// The parts of a line. A mark that has no partner stands for itself.
pub(super) fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = line;
    let mut plain = String::new();
    while let Some(at) = rest.find(['`', '*']) {
        let (before, marked) = rest.split_at(at);
        plain.push_str(before);
        let (mark, inner) = marked.split_at(1);
        match inner.split_once(mark) {
            Some((text, after)) if !text.is_empty() => {
                if !plain.is_empty() {
                    spans.push(Span::Plain(std::mem::take(&mut plain)));
                }
                let text = text.to_owned();
                spans.push(if mark == "`" { Span::Code(text) } else { Span::Emphasis(text) });
                rest = after;
            }
            Some(_) | None => {
                plain.push_str(mark);
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::Span::{Code, Emphasis, Plain};
    use super::spans;

    #[test]
    fn marks_come_in_pairs() {
        for (line, expected) in [
            ("", vec![]),
            ("plain", vec![Plain("plain".into())]),
            ("a `b*c` *d e*", vec![Plain("a ".into()), Code("b*c".into()), Plain(" ".into()), Emphasis("d e".into())]),
            ("2 * 3 ` `` é", vec![Plain("2 * 3 ".into()), Code(" ".into()), Plain("` é".into())]),
            ("**", vec![Plain("**".into())]),
        ] {
            assert_eq!(spans(line), expected, "{line}");
        }
    }
}
