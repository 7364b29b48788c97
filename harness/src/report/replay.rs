//! A replay is the one line that shows a finding again.

use std::borrow::Cow;
use std::path::Path;

/// The command that judges the case of a folder again, on these lanes, to be run in the project's folder.
pub(super) fn replay<'a>(folder: &Path, lanes: impl Iterator<Item = &'a str>) -> String {
    let lanes = lanes.collect::<Vec<_>>().join(",");
    let folder = folder.to_string_lossy();
    format!("cargo conform replay {} --lanes {}", quoted(&folder), quoted(&lanes))
}

/// A text as one word of a shell.
fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-,=+:@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests {
    use super::replay;
    use std::path::Path;

    #[test]
    fn what_is_no_plain_word_is_quoted() {
        for (folder, lanes, line) in [
            (
                "out/findings/a-1",
                &["wasmtime", "node"][..],
                "cargo conform replay out/findings/a-1 --lanes wasmtime,node",
            ),
            ("my out/a", &["a"], "cargo conform replay 'my out/a' --lanes a"),
            ("$(reboot)", &["it's", "; ls"], r"cargo conform replay '$(reboot)' --lanes 'it'\''s,; ls'"),
            ("", &[], "cargo conform replay '' --lanes ''"),
        ] {
            assert_eq!(replay(Path::new(folder), lanes.iter().copied()), line);
        }
    }
}
