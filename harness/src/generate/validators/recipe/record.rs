//! Records are documents that say what a contract is asked to do, with what they are held against.

use super::Argument;
use crate::generate::bits::Bits;
use crate::generate::validators::document::{array, object, quoted, value};
use crate::generate::validators::{number, text};

/// A transaction and the parameters of a network.
pub(super) fn transaction(bits: &mut Bits) -> Vec<Argument> {
    let (minimum, amount) = number::ordered(bits);
    let amount = if bits.one_in(8) { 0 } else { amount };
    let to = recipient(bits);
    let transaction = object(&[("amount", amount_text(amount, bits)), ("to", quoted(&to, bits))], bits);
    let parameters = match bits.below(4) {
        0 => object(&[], bits),
        1 => object(&[("min_amount", amount_text(minimum, bits)), ("max_amount", "1".into())], bits),
        _ => object(&[("min_amount", minimum.to_string())], bits),
    };
    vec![transaction.into(), parameters.into()]
}

/// A post, with a state that nothing is read of.
pub(super) fn post(bits: &mut Bits) -> Vec<Argument> {
    let contract = if bits.one_in(8) { String::new() } else { text::short(bits) };
    let (path, value) = (path(bits), value(3, bits));
    let state = if bits.one_in(4) { text::short(bits) } else { "{}".to_owned() };
    vec![contract.into(), path.into(), value.into(), state.into()]
}

/// A transfer and the sender's state.
pub(super) fn transfer(bits: &mut Bits) -> Vec<Argument> {
    let (amount, balance) = number::ordered(bits);
    let amount = if bits.one_in(8) { 0 } else { amount };
    let from = recipient(bits);
    let to = if bits.one_in(8) { from.clone() } else { recipient(bits) };
    let state = match bits.below(8) {
        0 => object(&[("balances", balance.to_string())], bits),
        1 => object(&[("balance", amount_text(balance, bits))], bits),
        _ => object(&[("balance", balance.to_string())], bits),
    };
    vec![from.into(), to.into(), amount.into(), state.into()]
}

/// A document and the path of something in it, as a rule.
pub(super) fn property(bits: &mut Bits) -> Vec<Argument> {
    let keys = (0..=bits.below(4)).map(|_| if bits.one_in(3) { text::short(bits) } else { text::word(bits) });
    let keys = keys.map(|key| key.replace('.', "")).collect::<Vec<_>>();
    let innermost = value(2, bits);
    let document = keys.iter().rev().fold(innermost, |inner, key| object(&[(key, inner)], bits));
    let mut path = keys.join(".");
    match bits.below(8) {
        0 => path.push_str(".x"),
        1 => path = path.replacen('.', "..", 1),
        2 => path = keys.iter().rev().cloned().collect::<Vec<_>>().join("."),
        3 => path = bits.pick(&["", ".", "a.", ".a", "0", "length"]).to_owned(),
        4 => path = keys.first().cloned().unwrap_or_default(),
        _ => {}
    }
    vec![document.into(), path.into()]
}

/// A commit and a path that it writes to, or one above it, or one that only looks like that.
pub(super) fn commit(bits: &mut Bits) -> Vec<Argument> {
    let paths = (0..=bits.below(3)).map(|_| path(bits)).collect::<Vec<_>>();
    let actions = paths.iter().map(|path| {
        let method = bits.pick(&["post", "post", "post", "post", "post", "repost", "send", "Post"]);
        let (path, value) = (quoted(path, bits), value(1, bits));
        object(&[("method", format!("\"{method}\"")), ("path", path), ("value", value)], bits)
    });
    let actions = actions.collect::<Vec<_>>();
    let body = if bits.one_in(12) { value(1, bits) } else { array(&actions, bits) };
    let commit = object(&[("body", body)], bits);
    let written = paths.into_iter().next().unwrap_or_default();
    let path = match bits.below(16) {
        0 => written.rsplit_once('/').map_or_else(|| "/".to_owned(), |(above, _)| above.to_owned()),
        1 => format!("{written}/"),
        2 => written.chars().take(written.chars().count().saturating_sub(1)).collect(),
        3 => written.replacen('/', "//", 1),
        4 => path(bits),
        _ => written,
    };
    vec![commit.into(), path.into()]
}

/// Blocks whose mean gap is near ten seconds.
pub(super) fn blocks(bits: &mut Bits) -> Vec<Argument> {
    let mut time = bits.pick(&[0, 1_700_000_000, u64::MAX - 40, 1 << 53]);
    let gap = bits.pick(&[9, 10, 11, 0, 1_000]);
    let mut blocks = Vec::new();
    for _ in 0..bits.below(6) {
        let mut members = vec![("timestamp", amount_text(time, bits))];
        if bits.percent(70) {
            members.push(("difficulty", amount_text(number::integer(bits), bits)));
        }
        blocks.push(if bits.one_in(12) { value(1, bits) } else { object(&members, bits) });
        time = if bits.one_in(8) { time.saturating_sub(5) } else { time.saturating_add(gap) };
    }
    vec![array(&blocks, bits).into()]
}

/// An address: of any length up to the longest that is allowed and just past it.
fn recipient(bits: &mut Bits) -> String {
    match bits.below(16) {
        0 => String::new(),
        1 => "x".repeat(256 + bits.below(2) as usize),
        2 => text::any(bits),
        3..8 => text::short(bits),
        _ => text::word(bits),
    }
}

/// A path of a contract: absolute, as a rule.
fn path(bits: &mut Bits) -> String {
    let parts = (0..=bits.below(3)).map(|_| if bits.one_in(4) { text::short(bits) } else { text::word(bits) });
    let path = parts.collect::<Vec<_>>().join("/");
    match bits.below(24) {
        0 => path,
        1 => String::new(),
        2 => format!("//{path}"),
        _ => format!("/{path}"),
    }
}

/// An amount, plain as a rule, or the same number in a spelling that is no amount.
fn amount_text(amount: u64, bits: &mut Bits) -> String {
    match bits.below(12) {
        0 => number::spelt(amount, bits),
        1 => format!("\"{amount}\""),
        _ => amount.to_string(),
    }
}
