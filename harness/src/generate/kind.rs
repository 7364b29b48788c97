//! A kind of case is what a campaign is made of: generated modules, calls of the validators, or both.

use super::{Generated, Source, generate, validators};
use crate::{LaneFault, Seed};
use std::fmt;
use std::sync::Arc;

/// What a campaign is made of.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Generated modules with generated inputs.
    Modules,
    /// The validators' guest with generated calls.
    Validators(Guest),
    /// Both: one case in [`MIXED`](Self::MIXED) is of validators, the last of so many.
    All(Guest),
}

/// The validators as a guest module.
#[derive(Clone)]
pub struct Guest(Arc<[u8]>);

impl Kind {
    /// In a campaign of both kinds, one case in so many is of validators: it has more runs than others, and longer ones.
    pub const MIXED: u64 = 16;

    /// Generates a campaign's case.
    ///
    /// # Errors
    ///
    /// If a generator fails.
    pub fn generate(&self, campaign: u64, index: u64) -> Result<Generated, LaneFault> {
        let seed = Seed::of_case(campaign, index);
        match self {
            Self::All(guest) if index % Self::MIXED == Self::MIXED - 1 => Ok(of_validators(seed, guest)),
            Self::Validators(guest) => Ok(of_validators(seed, guest)),
            Self::Modules | Self::All(_) => generate(seed),
        }
    }
}

fn of_validators(seed: Seed, Guest(guest): &Guest) -> Generated {
    Generated { seed, source: Source::Validators, case: validators::case(seed, guest) }
}

impl Guest {
    /// A guest by its bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl fmt::Debug for Guest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Guest({} bytes)", self.0.len())
    }
}
