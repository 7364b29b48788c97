//! What libFuzzer links is the library's targets, each with its options and its dictionary.

use crate::inputs::{options, project};
use modal_fuzz::Target;
use std::collections::BTreeSet;
use std::fs;

fn names(folder: &str, suffix: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(project().join("fuzz").join(folder)).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"));
    names.filter_map(|name| name.strip_suffix(suffix).map(str::to_owned)).collect()
}

#[test]
fn every_target_is_a_program_with_options() {
    let targets = Target::ALL.map(|target| target.name().to_owned()).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(names("libfuzzer/fuzz_targets", ".rs"), targets);
    assert_eq!(names("options", ".options"), targets);
    let manifest = fs::read_to_string(project().join("fuzz/libfuzzer/Cargo.toml")).expect("a manifest");
    for target in &targets {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} is no program");
        let source = project().join(format!("fuzz/libfuzzer/fuzz_targets/{target}.rs"));
        let source = fs::read_to_string(source).expect("a source file");
        assert!(source.contains(&format!("modal_fuzz::{target}(data)")), "{target} calls another one");
    }
}

#[test]
fn dictionaries_are_what_options_name() {
    let mut named = BTreeSet::new();
    for target in Target::ALL {
        let options = options(target);
        let dictionary = options.lines().find_map(|line| line.strip_prefix("dict = ")).expect("a dictionary");
        named.insert(dictionary.to_owned());
    }
    let kept = names("dictionaries", "");
    assert_eq!(kept, named);
    for dictionary in kept {
        let text = fs::read_to_string(project().join("fuzz/dictionaries").join(&dictionary)).expect("a dictionary");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            // A word may have a name in front.
            let word = if line.starts_with('"') { line } else { line.split_once('=').map_or(line, |(_, word)| word) };
            assert!(is_quoted(word), "{dictionary}: {line}");
        }
    }
}

/// Whether libFuzzer takes a word: quoted, with `\\`, `\"` and `\xAB` for escapes.
fn is_quoted(word: &str) -> bool {
    let Some(inner) = word.strip_prefix('"').and_then(|word| word.strip_suffix('"')) else { return false };
    let mut rest = inner.as_bytes();
    loop {
        rest = match rest {
            [] => return !inner.is_empty(),
            [b'\\', b'\\' | b'"', rest @ ..] => rest,
            [b'\\', b'x', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            [b'\\' | b'"', ..] => return false,
            [character, rest @ ..] if character.is_ascii_graphic() || *character == b' ' => rest,
            [..] => return false,
        };
    }
}
