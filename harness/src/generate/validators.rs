//! A case of the validators calls them in their guest form, many times over one module.
//!
//! Half of the calls are plausible: signatures that verify, hashes that match, amounts around the balance. They get past
//! the first rule, and about half of them are valid. The other half are hostile, in an argument or in the call itself:
//! broken JSON, numbers at the ends of every width, text that some language cannot hold.

mod call;
mod document;
mod number;
mod recipe;
mod signing;
mod text;

use super::bits::Bits;
use crate::Seed;
use crate::case::{Case, Run, Validation};
use call::Call;
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT};
use rand::RngExt as _;

/// Calls of one case. Instances are cheap beside what a case costs by itself.
pub(super) const CALLS: usize = 16;

/// Inputs from here on may cost a guest more than the usual limit.
const LARGE: usize = 64 << 10;

/// The case of a seed, which calls this guest.
pub(super) fn case(seed: Seed, guest: &[u8]) -> Case {
    let bits = &mut Bits::new(seed.stream("validators").random());
    let mut case = Case::new(guest.to_vec(), Vec::new());
    for run in 0..CALLS {
        let Call { validator, input } = call::some(bits);
        let gas = if input.len() >= LARGE && bits.one_in(8) { MAX_GAS_LIMIT } else { DEFAULT_GAS_LIMIT };
        case.runs.push(Run::Abi { method: "evaluate".into(), input, gas });
        case.validations.push(Validation { run, validator: validator.to_owned() });
    }
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// What the native validators answer, by kind, to the calls of some cases.
    fn answers(cases: u64) -> BTreeMap<(String, &'static str), u32> {
        let mut answers = BTreeMap::new();
        for index in 0..cases {
            let case = case(Seed::of_case(1, index), &[]);
            for validation in &case.validations {
                let answer = modal_wasm_validation::call(validation.input(&case).expect("the run is there"));
                let kinds = ["{\"valid\":true", "{\"valid\":false", "{\"difficulty\":", "{\"error\":"];
                let kind = kinds.into_iter().find(|kind| answer.starts_with(kind)).expect("an answer of a known kind");
                *answers.entry((validation.validator.clone(), kind)).or_default() += 1;
            }
        }
        answers
    }

    #[test]
    fn every_validator_is_asked_for_every_kind_of_answer() {
        let answers = answers(600);
        let count = |name: &str, kind: &'static str| answers.get(&(name.to_owned(), kind)).copied().unwrap_or_default();
        for name in modal_wasm_validation::NAMES {
            let valid = count(name, "{\"valid\":true") + count(name, "{\"difficulty\":");
            let rest = count(name, "{\"valid\":false") + count(name, "{\"error\":");
            assert!(valid >= 10 && rest >= 10, "{name}: {valid} accepted, {rest} not");
        }
        let total = |kind: &str| answers.iter().filter(|((_, of), _)| *of == kind).map(|(_, count)| count).sum::<u32>();
        let all = u32::try_from(600 * CALLS).expect("few");
        assert!(total("{\"valid\":true") * 100 >= all * 30, "{} of {all} are valid", total("{\"valid\":true"));
        assert!(total("{\"valid\":false") * 100 >= all * 15, "{} of {all} are not", total("{\"valid\":false"));
        assert!(total("{\"error\":") * 100 >= all * 10, "{} of {all} are errors", total("{\"error\":"));
    }

    #[test]
    fn every_fault_of_json_is_met() {
        let faults = [
            "unexpected end",
            "unexpected character",
            "trailing characters",
            "control character in a string",
            "invalid escape",
            "lone surrogate",
            "invalid number",
            "number out of range",
            "duplicate key",
            "nested too deep",
            "Call must have a validator and args",
            "Unknown validator",
            "Validator takes",
            "must be a string",
            "must be an integer from 0 to 2^64 - 1",
        ];
        let mut found = [0; 15];
        let mut longest = 0;
        for index in 0..600 {
            let case = case(Seed::of_case(1, index), &[]);
            for validation in &case.validations {
                let input = validation.input(&case).expect("the run is there");
                let answer = modal_wasm_validation::call(input);
                longest = longest.max(input.len());
                faults.iter().zip(&mut found).for_each(|(fault, found)| *found += u32::from(answer.contains(fault)));
            }
        }
        let rare = faults.iter().zip(found).filter(|(_, found)| *found < 5).collect::<Vec<_>>();
        assert!(rare.is_empty(), "{rare:?}");
        assert!(longest > LARGE, "the longest input has {longest} bytes");
    }

    #[test]
    fn a_seed_gives_the_same_calls_each_time() {
        assert_eq!(case(Seed(7), &[1]), case(Seed(7), &[1]));
        assert_ne!(case(Seed(7), &[1]), case(Seed(8), &[1]));
    }
}
