//! A compiled guest is one that a compiler made of a program that people wrote: the corpus's example of a contract's own
//! rules for a payment, in C, AssemblyScript and Rust, with payments that keep the rules or break some.

use crate::case::{Case, Run};
use crate::generate::bits::Bits;
use modal_wasm_runtime::DEFAULT_GAS_LIMIT;

/// The guests. The larger one comes less often, for it takes longer.
const GUESTS: [&[u8]; 5] = [C, C, ASSEMBLYSCRIPT, ASSEMBLYSCRIPT, RUST];

const C: &[u8] = include_bytes!("../../../../corpus/examples/custom-validation-c/custom-validation-c.wasm");
const ASSEMBLYSCRIPT: &[u8] = include_bytes!(
    "../../../../corpus/examples/custom-validation-assemblyscript/custom-validation-assemblyscript.wasm"
);
const RUST: &[u8] = include_bytes!("../../../../corpus/examples/custom-validation-rust/custom-validation-rust.wasm");

/// Payments in a case.
const RUNS: u32 = 5;

/// A guest and payments for it.
pub(super) fn case(bits: &mut Bits) -> Case {
    let run = |bits: &mut Bits| Run::Abi { method: "validate".into(), input: payment(bits), gas: DEFAULT_GAS_LIMIT };
    let runs = (0..RUNS).map(|_| run(bits)).collect();
    Case::new(bits.pick(&GUESTS).to_vec(), runs)
}

/// A payment. Every rule is kept as a rule, and each is broken now and then, that of JSON included.
fn payment(bits: &mut Bits) -> String {
    let mut one_of = |kept: &[&'static str], broken: &[&'static str]| {
        let breaks = bits.one_in(6);
        bits.pick(if breaks { broken } else { kept })
    };
    let amount =
        one_of(&["1", "250", "999999", "1000000"], &["0", "1000001", "18446744073709551615", "18446744073709551616"]);
    let recipient = one_of(
        &["alice-7", "bob", "x-0123456789-abcdefghijklmnopqrstuvwxyz"],
        &["ALICE-7", "al", "", "\u{e9}l\u{e8}ve"],
    );
    // From nine to five, to the second.
    let time = one_of(&["1699952400", "1699963290", "1699981199"], &["1699952399", "1699981200"]);
    let checksum = fnv(recipient).wrapping_add(u32::from(bits.one_in(8)));
    let mut fields = [
        format!("\"amount\":{amount}"),
        format!("\"recipient\":\"{recipient}\""),
        format!("\"checksum\":{checksum}"),
        format!("\"time\":{time}"),
    ];
    let by = bits.below(4) as usize;
    fields.rotate_left(by);
    let between = bits.pick(&[",", ", ", " ,\n\t"]);
    let mut text = format!("{{{}}}", fields.join(between));
    if bits.one_in(8) {
        let mut end = bits.below(text.len() as u32) as usize;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// The checksum of a recipient: FNV-1a of 32 bits.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lane::{Lane as _, ReferenceLane};
    use crate::observation::Outcome;
    use std::sync::Arc;

    #[test]
    fn payments_are_told_apart() {
        let (mut valid, mut refused) = (0, 0);
        for seed in 1..60 {
            let case = Arc::new(case(&mut Bits::new(seed)));
            for run in ReferenceLane::default().observe(&case).expect("an observation").runs {
                match &run.steps[0].outcome {
                    Outcome::Output(output) if output.starts_with("{\"valid\":true") => valid += 1,
                    Outcome::Output(output) if output.starts_with("{\"valid\":false") => refused += 1,
                    other => panic!("seed {seed}: {other:?}"),
                }
            }
        }
        assert!(valid > 30 && refused > 100, "{valid} valid, {refused} refused");
    }
}
