//! Generation turns a seed into a case.
//!
//! Raw modules of wasm-smith reach odd corners of the format and often trap at once; contracts do real work and
//! complete, and so do mutants of them and of guests that compilers made. A campaign mixes them, by seed, and takes its turns through single operators.
//! Calls of the validators and uploads are [kinds](Kind) of their own.

mod bits;
mod composition;
pub mod contract;
mod hot;
mod inputs;
mod kind;
mod mutants;
mod operators;
mod smith;
mod uploads;
mod validators;

pub use kind::{Guest, Kind};
pub use mutants::mutant;

use crate::{Case, LaneFault, Run, Seed};
use inputs::Inputs;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRunner};
use rand::RngExt as _;
use serde::Serialize;
use std::fmt;

/// A generated case and where it comes from.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The seed.
    pub seed: Seed,
    /// The generator.
    pub source: Source,
    /// The case, without limit sweeps, which depend on what its runs cost.
    pub case: Case,
}

/// A generator of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// wasm-smith under a swarm of configurations.
    Smith,
    /// wasm-smith told to avoid traps.
    SmithCalm,
    /// Contract-like guests.
    Contract,
    /// Functions around single operators.
    Operators,
    /// Contracts and compiled guests that were rewritten without a change of what they mean.
    Mutant,
    /// Guests that call other modules.
    Composition,
    /// Calls of the validators, in their guest form.
    Validators,
    /// Modules that are uploaded to a node and invoked there.
    Uploads,
}

/// Generates the case of a seed: a module and its runs.
pub fn generate(seed: Seed) -> Result<Generated, LaneFault> {
    let calm = match seed.stream("source").random_range(0..20) {
        0..=2 => false,
        3..=5 => true,
        6..=9 => return Ok(Generated { seed, source: Source::Composition, case: composition::case(seed)? }),
        10 | 11 => return Ok(Generated { seed, source: Source::Mutant, case: mutants::case(seed)? }),
        _ => return of_contract(seed),
    };
    let module = smith::module(seed, calm)?;
    let runs = Inputs::new(seed).for_module(&module)?;
    let source = if calm { Source::SmithCalm } else { Source::Smith };
    Ok(Generated { seed, source, case: Case::new(module, runs) })
}

fn of_contract(seed: Seed) -> Result<Generated, LaneFault> {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, seed.stream("contract"));
    let tree =
        contract::contracts().new_tree(&mut runner).map_err(|reason| LaneFault::new("Generate", reason.to_string()))?;
    let mut case = case_of(seed, &tree.current());
    case.runs.extend(hot::run(seed, &case)?);
    Ok(Generated { seed, source: Source::Contract, case })
}

/// The case that calls a contract's entries with the inputs it suggests and with some of the seed's.
#[must_use]
pub fn case_of(seed: Seed, contract: &contract::Contract) -> Case {
    let mut inputs = Inputs::new(seed);
    let runs: Vec<Run> = inputs.for_contract(&contract.entries());
    Case::new(contract.encode(), runs)
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smith => "smith",
            Self::SmithCalm => "smith-calm",
            Self::Contract => "contract",
            Self::Operators => "operators",
            Self::Mutant => "mutant",
            Self::Composition => "composition",
            Self::Validators => "validators",
            Self::Uploads => "uploads",
        })
    }
}
