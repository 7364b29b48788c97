//! A subject is a module and the calls that are made of it, read from an input.
//!
//! An input has one of three forms, by its first byte, so that one folder of inputs serves several targets:
//!
//! - a module as it is, from the header `\0asm` on, which need not be one: the calls follow from its exports, always in the
//!   same way, so that a mutation changes the module and nothing else;
//! - `g` and eight bytes: the case of that seed, from the harness's generators;
//! - anything else: choices for wasm-smith.

mod calls;
mod smith;

pub(crate) use smith::Style;

use crate::Finding;
use arbitrary::Unstructured;
use modal_harness::generate::generate;
use modal_harness::{Case, Seed};
use modal_wasm_meter::Meter;

/// What a binary module begins with.
const MAGIC: &[u8] = b"\0asm";

/// The first byte of a seed's input.
const GENERATED: u8 = b'g';

/// The longest module that is taken as it is: more only takes longer.
const LONGEST: usize = 64 << 10;

/// Where a module comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is the input.
    Given,
    /// The harness's generators made it.
    Generated,
    /// wasm-smith made it.
    Smith,
}

/// A module and the calls that are made of it.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) origin: Origin,
    pub(crate) case: Case,
}

impl Subject {
    /// Reads an input: there is nothing in one that is too short or too long.
    ///
    /// # Errors
    ///
    /// If a generator fails.
    pub(crate) fn read(data: &[u8], style: Style) -> Result<Option<Self>, Finding> {
        match data {
            _ if data.starts_with(MAGIC) => {
                let module = (data.len() <= LONGEST).then(|| data.to_vec());
                Ok(module.map(|module| Self::of_module(Origin::Given, module, &mut Unstructured::new(&PLAN))))
            }
            [GENERATED, rest @ ..] => {
                let Some((number, _)) = rest.split_first_chunk() else { return Ok(None) };
                let case = generate(Seed(u64::from_le_bytes(*number)))?.case;
                Ok(Some(Self { origin: Origin::Generated, case }))
            }
            [_, choices @ ..] => {
                // Calls come first, so that they stay as they are when the rest is cut.
                let (plan, choices) = choices.split_at(choices.len().min(PLAN.len()));
                let made = smith::module(&mut Unstructured::new(choices), style);
                Ok(made.map(|module| Self::of_module(Origin::Smith, module, &mut Unstructured::new(plan))))
            }
            [] => Ok(None),
        }
    }

    fn of_module(origin: Origin, module: Vec<u8>, plan: &mut Unstructured<'_>) -> Self {
        let runs = match Meter::default().meter(&module) {
            Ok(metered) => calls::of(&metered.interface, plan),
            // A rejected module is a case too: everyone has to reject it alike.
            Err(_) => calls::start_only(),
        };
        Self { origin, case: Case::new(module, runs) }
    }
}

/// The choices of calls for a module that is given.
const PLAN: [u8; 32] = {
    let mut plan = [0; 32];
    let mut index = 0;
    while index < plan.len() {
        plan[index] = (index as u8).wrapping_mul(167).wrapping_add(41);
        index += 1;
    }
    plan
};
