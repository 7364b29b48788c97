//! A call is a validator's name and its arguments, written as JSON in one of the ways that mean the same, or in one that
//! means something else than it should.

use super::recipe::{Argument, RECIPES};
use super::{document, number, text};
use crate::generate::bits::Bits;
use modal_wasm_runtime::abi::MAX_INPUT_BYTES;

/// A call of a validator.
pub(super) struct Call {
    /// The validator that the call is about.
    pub(super) validator: &'static str,
    /// The call as text, no longer than an input may be.
    pub(super) input: String,
}

/// Some call of some validator.
pub(super) fn some(bits: &mut Bits) -> Call {
    loop {
        let call = any(bits);
        // A long text that had to be escaped may have grown too long: it is drawn again.
        if call.input.len() <= MAX_INPUT_BYTES {
            return call;
        }
    }
}

fn any(bits: &mut Bits) -> Call {
    let (validator, recipe) = bits.pick(RECIPES);
    let mut args = recipe(bits);
    let input = match bits.below(24) {
        0..12 => written(validator, &args, bits),
        12..22 => {
            disturb(&mut args, bits);
            written(validator, &args, bits)
        }
        _ => faulty(validator, &args, bits),
    };
    Call { validator, input }
}

/// Makes one argument hostile, or more.
fn disturb(args: &mut [Argument], bits: &mut Bits) {
    let one = bits.below(args.len() as u32) as usize;
    for (index, arg) in args.iter_mut().enumerate() {
        if index != one && !bits.one_in(6) {
            continue;
        }
        match arg {
            Argument::Integer(integer) => *integer = number::integer(bits),
            // Documents and hex are spoiled; what is left of them gets past some rules and fails at others.
            Argument::Text(of) if !of.is_empty() && bits.percent(50) => *of = document::spoiled(of, bits),
            Argument::Text(of) if bits.percent(60) => *of = document::hostile(bits),
            Argument::Text(of) => *of = text::any(bits),
        }
    }
}

/// Writes a call. Most are plain, as a program writes them.
fn written(validator: &str, args: &[Argument], bits: &mut Bits) -> String {
    let args = args.iter().map(|arg| literal(arg, bits)).collect::<Vec<_>>();
    form(&document::quoted(validator, bits), &args, bits)
}

fn form(validator: &str, args: &[String], bits: &mut Bits) -> String {
    if bits.percent(75) {
        return format!(r#"{{"validator":{validator},"args":[{}]}}"#, args.join(","));
    }
    let args = document::array(args, bits);
    document::object(&[("validator", validator.to_owned()), ("args", args)], bits)
}

fn literal(arg: &Argument, bits: &mut Bits) -> String {
    match arg {
        Argument::Text(text) => document::quoted(text, bits),
        Argument::Integer(integer) => integer.to_string(),
    }
}

/// Writes a call that is none: another type, another count, another name, or no JSON.
fn faulty(validator: &str, args: &[Argument], bits: &mut Bits) -> String {
    let one = bits.below(args.len() as u32) as usize;
    let beyond = match args[one] {
        Argument::Integer(integer) => number::beyond(integer, bits),
        Argument::Text(_) => number::any(bits),
    };
    let mut args = args.iter().map(|arg| literal(arg, bits)).collect::<Vec<_>>();
    let mut name = document::quoted(validator, bits);
    match bits.below(10) {
        0 => drop(args.pop()),
        1 => args.push(document::value(1, bits)),
        2 => args[one] = number::any(bits),
        3 | 7 | 8 => args[one] = beyond,
        4 => args[one] = document::value(2, bits),
        5 => args[one] = document::hostile(bits),
        6 => {
            name = bits
                .pick(&["\"\"", "\"call\"", "null", "0", "\"Amount_in_range\"", "\"amount_in_range \"", "[]"])
                .into()
        }
        _ => {
            let call = form(&name, &args, bits);
            return match bits.below(6) {
                0 => call.replacen("args", bits.pick(&["arg", "Args", "validator", "args "]), 1),
                1 => call.replacen("validator", bits.pick(&["validators", "args", ""]), 1),
                2 => format!("[{call}]"),
                _ => document::spoiled(&call, bits),
            };
        }
    }
    form(&name, &args, bits)
}
