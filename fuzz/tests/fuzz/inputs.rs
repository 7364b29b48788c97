//! The inputs of a test: seeds, findings, and what a fuzzer would make of them, always the same.

use modal_fuzz::{Target, seeds};
use modal_harness::Seed;
use rand::{Rng as _, RngExt as _};
use std::fs;
use std::path::{Path, PathBuf};

/// The project's folder.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The options of a target's program, a line each.
pub(crate) fn options(target: Target) -> String {
    fs::read_to_string(project().join(format!("fuzz/options/{target}.options"))).expect("options")
}

/// The seeds of a target.
pub(crate) fn of_seeds(target: Target) -> Vec<Vec<u8>> {
    seeds::make(&project(), target).expect("the corpus makes seeds").into_values().collect()
}

/// What was found with a target.
pub(crate) fn of_findings(target: Target) -> Vec<Vec<u8>> {
    let found = seeds::read(&seeds::findings(&project(), target)).expect("the findings can be read");
    found.into_values().collect()
}

/// As many inputs: noise, and seeds of which bytes are changed, left out, doubled, or taken from another seed.
pub(crate) fn generated(target: Target, count: u64) -> impl Iterator<Item = Vec<u8>> {
    let seeds = of_seeds(target);
    (0..count).map(move |index| {
        let mut random = Seed(index).stream(target.name());
        if random.random_ratio(1, 2) {
            let mut noise = vec![0; random.random_range(1..1_024)];
            random.fill_bytes(&mut noise);
            return noise;
        }
        let mut input = seeds[random.random_range(0..seeds.len())].clone();
        for _ in 0..random.random_range(1..4) {
            let place = random.random_range(0..=input.len());
            let end = (place + random.random_range(0..16)).min(input.len());
            match random.random_range(0..4) {
                0 if place < input.len() => input[place] ^= 1 << random.random_range(0..8),
                1 => drop(input.drain(place..end)),
                2 => {
                    let piece = input[place..end].to_vec();
                    input.splice(place..place, piece);
                }
                _ => {
                    let other = &seeds[random.random_range(0..seeds.len())];
                    let from = random.random_range(0..=other.len());
                    let to = (from + random.random_range(0..16)).min(other.len());
                    input.splice(place..end, other[from..to].iter().copied());
                }
            }
        }
        input
    })
}
