//! A hint is a command line to type next.

use std::path::Path;

/// A command line, its words quoted where a shell would take them apart.
pub(crate) fn command<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// A path as a word of a command line.
pub(crate) fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// A word as a POSIX shell reads it.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=,+@%".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_needs_it() {
        let check = |words: &[&str], expect: &str| assert_eq!(command(words.iter().copied()), expect);
        check(&["modal", "--dir", "./my-contract"], "modal --dir ./my-contract");
        check(&["a b", "", "it's", "$x", "é"], r"'a b' '' 'it'\''s' '$x' 'é'");
        assert_eq!(path(Path::new("/a b/c")), "'/a b/c'");
    }
}
