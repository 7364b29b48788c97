//! A kind of case is what a campaign is made of: generated modules, calls of the validators, uploads, or all of them.

use super::{Generated, Source, generate, operators, uploads, validators};
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
    /// Modules that go through a node.
    Uploads,
    /// All of them: of [`MIXED`](Self::MIXED) cases the last is of validators, and one in the middle is uploaded. Two of the
    /// others are of single operators, as they are among modules.
    All(Guest),
}

/// The validators as a guest module.
#[derive(Clone)]
pub struct Guest(Arc<[u8]>);

impl Kind {
    /// In a campaign of all kinds, one case in so many is of validators and one is uploaded: they take longer than others.
    pub const MIXED: u64 = 16;

    /// Which of so many cases are of single operators, in a campaign that has modules.
    pub(super) const OPERATORS: [u64; 2] = [3, 11];

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
            Self::Uploads => of_uploads(seed),
            Self::All(_) if index % Self::MIXED == Self::MIXED / 2 => of_uploads(seed),
            Self::Modules | Self::All(_) => match Self::OPERATORS.iter().position(|&at| index % Self::MIXED == at) {
                Some(place) => {
                    let number = index / Self::MIXED * Self::OPERATORS.len() as u64 + place as u64;
                    let case = operators::case(seed, campaign, number);
                    Ok(Generated { seed, source: Source::Operators, case })
                }
                None => generate(seed),
            },
        }
    }
}

fn of_validators(seed: Seed, Guest(guest): &Guest) -> Generated {
    Generated { seed, source: Source::Validators, case: validators::case(seed, guest) }
}

fn of_uploads(seed: Seed) -> Result<Generated, LaneFault> {
    Ok(Generated { seed, source: Source::Uploads, case: uploads::case(seed)? })
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
