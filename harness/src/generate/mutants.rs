//! A mutant is a module that was rewritten and still means what it did: constants and operators in other words, blocks
//! turned round, loops unrolled, functions and globals added that nothing uses.

mod compiled;
mod order;

use super::bits::Bits;
use super::of_contract;
use crate::case::Parent;
use crate::{Case, Feature, LaneFault, Seed};
use modal_wasm_meter::Meter;
use rand::RngExt as _;
use wasm_mutate::WasmMutate;
use wasmparser::{Parser, Payload, TypeRef};

/// Rewritings of a module, one after the other.
const ROUNDS: u32 = 8;

/// What the search for one rewriting may cost.
const FUEL: u64 = 200;

/// Of so many mutants, one is of a guest that a compiler made.
const COMPILED: u32 = 3;

/// The case of a seed: that of a contract, or of a compiled guest, on a mutant of its module.
pub(super) fn case(seed: Seed) -> Result<Case, LaneFault> {
    let bits = &mut Bits::new(seed.stream("compiled").random());
    let plain = if bits.one_in(COMPILED) { compiled::case(bits) } else { of_contract(seed)?.case };
    Ok(mutant(seed, plain.clone()).unwrap_or(plain))
}

/// The case on a mutant of its module, with the module itself beside it, if a way to rewrite it is found. A module that is
/// refused has no mutant, and neither has one that calls others: what those are given depends on gas, and that is another.
#[must_use]
pub fn mutant(seed: Seed, case: Case) -> Option<Case> {
    if Feature::Composition.is_needed(&case) || Meter::default().meter(&case.module).is_err() {
        return None;
    }
    let mut random = seed.stream("mutant");
    let mut module = case.module.clone();
    for _ in 0..random.random_range(1..=ROUNDS) {
        if let Some(next) = rewritten(&module, random.random()) {
            module = next;
        }
    }
    let changed = module != case.module;
    let parent = Some(Parent { bytes: case.module.clone() });
    changed.then_some(Case { module, parent, ..case })
}

/// One rewriting, if it is found, is a module of the profile, and leaves what there was in its place.
fn rewritten(module: &[u8], seed: u64) -> Option<Vec<u8>> {
    let mut mutate = WasmMutate::default();
    mutate.seed(seed).preserve_semantics(true).fuel(FUEL);
    // A module that cannot be rewritten from this seed is tried from another.
    let next = mutate.run(module).ok()?.next()?.ok()?;
    let kept = counts(module)?.iter().zip(counts(&next)?).all(|(before, after)| *before <= after);
    (kept && order::is_kept(module, &next) && Meter::default().meter(&next).is_ok()).then_some(next)
}

/// How many functions, tables, memories and globals a module has, imported ones included. What is removed moves others to
/// other indices, which tables and references show.
fn counts(module: &[u8]) -> Option<[u32; 4]> {
    let mut counts = [0; 4];
    for payload in Parser::new(0).parse_all(module) {
        match payload.ok()? {
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    let index = match import.ok()?.ty {
                        TypeRef::Func(_) | TypeRef::FuncExact(_) => 0,
                        TypeRef::Table(_) => 1,
                        TypeRef::Memory(_) => 2,
                        TypeRef::Global(_) => 3,
                        TypeRef::Tag(_) => continue,
                    };
                    counts[index] += 1;
                }
            }
            Payload::FunctionSection(reader) => counts[0] += reader.count(),
            Payload::TableSection(reader) => counts[1] += reader.count(),
            Payload::MemorySection(reader) => counts[2] += reader.count(),
            Payload::GlobalSection(reader) => counts[3] += reader.count(),
            _ => {}
        }
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lane::{Lane as _, ReferenceLane};
    use crate::oracle::mutation;
    use std::sync::Arc;

    #[test]
    fn mutants_mean_what_their_parents_do() {
        let (mut mutants, mut steps, mut apart) = (0, 0, 0);
        for index in 0..250 {
            let seed = Seed::of_case(6, index);
            let made = case(seed).expect("a case");
            assert_eq!(made, case(seed).expect("a case"));
            let Some(parent) = &made.parent else { continue };
            let plain = Case::new(parent.bytes.clone(), made.runs.clone());
            let observe = |case: Case| ReferenceLane::default().observe(&Arc::new(case)).expect("an observation");
            let (first, second) = (observe(plain), observe(made.clone()));
            let difference = mutation::differs(&made, &first, "reference", &second);
            assert!(difference.is_none(), "case {index}: {difference:?}");
            let counted = mutation::counts(&made, &first, &second);
            mutants += 1;
            steps += counted.0;
            apart += counted.1;
        }
        assert!(mutants > 200 && steps > 1_000 && apart < steps / 5, "{mutants} mutants, {steps} steps, {apart} apart");
    }
}
