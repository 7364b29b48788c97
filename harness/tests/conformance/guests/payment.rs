//! The three guests with a contract's own validation are one contract: in Rust, C and AssemblyScript they answer every
//! input alike, byte for byte.

use crate::common::project;
use modal_harness::corpus::CorpusCase;
use modal_wasm_runtime::{Engine, WasmExecutor};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::{Cell, RefCell};
use std::fs;
use std::path::PathBuf;

const LANGUAGES: [&str; 3] = ["rust", "c", "assemblyscript"];

fn file(language: &str, extension: &str) -> PathBuf {
    let name = format!("custom-validation-{language}");
    project().join("corpus/examples").join(&name).join(name).with_extension(extension)
}

#[test]
fn the_cases_of_the_three_differ_in_the_module_only() {
    let read = |language| CorpusCase::read(&file(language, "case")).expect("a case");
    let [first, others @ ..] = LANGUAGES.map(read);
    for other in others {
        assert_eq!(other.case.runs, first.case.runs);
        assert_eq!(other.runs_about, first.runs_about);
        assert_eq!(outcomes(&other.expected), outcomes(&first.expected));
    }
}

/// What an expectation says of the outcomes of runs.
fn outcomes(expected: &str) -> Vec<&str> {
    let lines = expected.lines().filter_map(|line| line.rsplit_once(" | gas "));
    lines.map(|(outcome, _)| outcome).collect()
}

#[test]
fn every_input_is_answered_alike() {
    let guests = LANGUAGES.map(|language| fs::read(file(language, "wasm")).expect("a guest"));
    let executor = RefCell::new(WasmExecutor::new(1_000_000).with_engine(Engine::Wasmi));
    let answers = |input: &str| {
        guests.each_ref().map(|guest| {
            let execution = executor.borrow_mut().execute(guest, "validate", input).expect("an execution");
            format!("{:?}", execution.outcome)
        })
    };
    let (valid, unreadable) = (Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<u32>| counter.set(counter.get() + 1);
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 3_000, failure_persistence: None, ..Config::default() };
    let judged = TestRunner::new_with_rng(config, random).run(&input(), |input| {
        let [rust, c, assemblyscript] = answers(&input);
        prop_assert_eq!(&c, &rust, "{}", input);
        prop_assert_eq!(&assemblyscript, &rust, "{}", input);
        prop_assert!(rust.contains("valid"), "{} for {}", rust, input);
        if rust.contains("true") {
            count(&valid);
        } else if rust.contains("Invalid payment JSON") {
            count(&unreadable);
        }
        Ok(())
    });
    match judged {
        Ok(()) => {}
        Err(TestError::Abort(reason)) => panic!("the search was given up: {reason}"),
        Err(TestError::Fail(reason, input)) => panic!("{reason} for {input:?}"),
    }
    // Inputs that are all refused, or all taken, would show little.
    assert!(valid.get() >= 300 && unreadable.get() >= 300, "{} valid, {} unreadable", valid.get(), unreadable.get());
}

/// A payment as text, right more often than not, and then perhaps with one character changed.
fn input() -> impl Strategy<Value = String> {
    let change = prop::option::weighted(0.4, (any::<prop::sample::Index>(), any::<bool>(), character()));
    (payment(), change).prop_map(|(text, change)| {
        let Some((at, replaced, character)) = change else { return text };
        let mut characters = text.chars().collect::<Vec<_>>();
        let at = at.index(characters.len());
        characters.splice(at..at + usize::from(replaced), character);
        characters.into_iter().collect()
    })
}

/// What takes a character's place, or comes before it: one that JSON or this contract cares about, or nothing.
fn character() -> impl Strategy<Value = Option<char>> {
    prop_oneof![
        3 => prop::sample::select("{}[]:,\"\\/ \t\n\r\u{b}\u{a0}\u{feff}0123456789.+-eEtnul\0\u{1f}\u{7f}é𝄞".chars().collect::<Vec<_>>()).prop_map(Some),
        1 => any::<char>().prop_map(Some),
        1 => Just(None),
    ]
}

fn payment() -> impl Strategy<Value = String> {
    let fields = (amount(), recipient(), time()).prop_map(|(amount, (recipient, checksum), time)| {
        vec![
            format!("\"amount\":{amount}"),
            format!("\"recipient\":\"{recipient}\""),
            format!("\"checksum\":{checksum}"),
            format!("\"time\":{time}"),
        ]
    });
    let more =
        prop::option::weighted(0.1, prop::sample::select(vec!["\"amount\":1", "\"note\":\"\"", "\"Time\":0", ""]));
    let list = (fields, more).prop_map(|(mut fields, more)| {
        fields.extend(more.map(str::to_owned));
        fields
    });
    let space = prop::sample::select(vec!["", " ", "\n  ", "\r\n\t"]);
    (list.prop_shuffle(), prop::option::weighted(0.1, 0_usize..4), space).prop_map(|(mut fields, dropped, space)| {
        dropped.map(|field| fields.remove(field));
        let fields = fields.iter().map(|field| field.replacen(':', &format!("{space}:{space}"), 1)).collect::<Vec<_>>();
        format!("{space}{{{space}{}{space}}}{space}", fields.join(&format!("{space},{space}")))
    })
}

fn amount() -> impl Strategy<Value = String> {
    let strange =
        ["18446744073709551615", "18446744073709551616", "0", "-0", "-1", "007", "1.0", "1e3", "\"5\"", "null", "[]"];
    prop_oneof![
        6 => (1_u64..=1_000_000).prop_map(|amount| amount.to_string()),
        1 => (999_999_u64..=1_000_002).prop_map(|amount| amount.to_string()),
        1 => prop::sample::select(strange.to_vec()).prop_map(str::to_owned),
    ]
}

/// A name with its checksum or another number.
fn recipient() -> impl Strategy<Value = (String, u64)> {
    let name = prop_oneof![6 => "[a-z0-9-]{3,64}", 1 => "[a-z]{0,4}", 1 => "[a-z]{62,66}", 1 => "[a-zA-Z_ é/]{1,12}"];
    let other = prop::option::weighted(0.1, any::<u64>());
    (name, other).prop_map(|(name, other)| {
        let checksum =
            name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        (name, other.unwrap_or_else(|| checksum.into()))
    })
}

/// A time in the window, near its ends, or anywhen.
fn time() -> impl Strategy<Value = u64> {
    let day = 0_u64..30_000;
    let second = prop_oneof![6 => 32_400_u64..61_200, 1 => 32_398_u64..32_402, 1 => 61_198_u64..61_202];
    prop_oneof![8 => (day, second).prop_map(|(day, second)| day * 86_400 + second), 1 => any::<u64>()]
}
