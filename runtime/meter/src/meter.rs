//! A meter admits modules of a profile and writes a schedule's prices into them.

use crate::inject::inject;
use crate::limits::Subject;
use crate::original::Original;
#[cfg(feature = "planted")]
use crate::rewriting::Rewriting;
use crate::treatment::{Treatment, Treatments};
use crate::{Interface, Limit, Profile, Rejection, Schedule, sha256_hex};
use wasmparser::WasmFeatures;

/// Turns original modules into metered ones. The result is a pure function of the original's bytes, the profile, the
/// schedule and [`crate::VERSION`].
#[derive(Clone, Debug)]
pub struct Meter {
    profile: Profile,
    schedule: Schedule,
    treatments: Treatments,
    #[cfg(feature = "planted")]
    rewriting: Rewriting,
}

/// A module that pays for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metered {
    /// The metered module.
    pub bytes: Vec<u8>,
    /// The SHA-256 of [`Metered::bytes`], in lower hex.
    pub sha256: String,
    /// The SHA-256 of the original, in lower hex.
    pub original_sha256: String,
    /// What the outside can see of the original.
    pub interface: Interface,
    /// Words that all live frames may weigh together: what the host sets `modal:stack` to before each call.
    pub stack_limit_words: u32,
    /// The prices in the module's bytes, some of which the host charges.
    pub schedule: Schedule,
}

impl Meter {
    /// A meter of `profile` and `schedule`.
    #[must_use]
    pub fn new(profile: Profile, schedule: Schedule) -> Self {
        Self {
            profile,
            schedule,
            treatments: Treatments::all(),
            #[cfg(feature = "planted")]
            rewriting: Rewriting::default(),
        }
    }

    /// A meter that leaves some treatments out, to prove that their absence is noticed.
    #[cfg(feature = "planted")]
    #[must_use]
    pub fn with_treatments(profile: Profile, schedule: Schedule, treatments: Treatments) -> Self {
        Self { treatments, ..Self::new(profile, schedule) }
    }

    /// The same meter, whose modules are rewritten once they are hashed and checked: for the engine they are other modules
    /// than for everyone else.
    #[cfg(feature = "planted")]
    #[must_use]
    pub fn with_rewriting(mut self, rewrite: impl Fn(Vec<u8>) -> Vec<u8> + Send + Sync + 'static) -> Self {
        self.rewriting = Rewriting::by(rewrite);
        self
    }

    /// The profile whose modules this meter admits.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The schedule whose prices this meter writes.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Meters a module.
    ///
    /// # Errors
    ///
    /// Says why the module is outside the profile.
    pub fn meter(&self, original: &[u8]) -> Result<Metered, Rejection> {
        let original_sha256 = sha256_hex(original);
        let original = Original::read(original, self)?;
        let bytes = inject(&original, self)?;
        self.check(Limit::MeteredBytes, bytes.len() as u64, Subject::Module)?;
        wasmparser::Validator::new_with_features(self.features())
            .validate_all(&bytes)
            .map_err(|error| Rejection::defect(format_args!("the metered module is invalid: {error}")))?;
        Ok(Metered {
            sha256: sha256_hex(&bytes),
            original_sha256,
            interface: original.interface()?,
            stack_limit_words: self.schedule.stack.limit_words,
            schedule: self.schedule.clone(),
            #[cfg(feature = "planted")]
            bytes: self.rewriting.apply(bytes),
            #[cfg(not(feature = "planted"))]
            bytes,
        })
    }

    /// Whether `treatment` is given.
    pub(crate) fn treats(&self, treatment: Treatment) -> bool {
        self.treatments.include(treatment)
    }

    /// The features that validation lets pass.
    pub(crate) fn features(&self) -> WasmFeatures {
        if self.treats(Treatment::Features) { self.profile.features } else { WasmFeatures::all() }
    }

    /// Applies one of the profile's limits.
    pub(crate) fn check(&self, limit: Limit, found: u64, subject: Subject) -> Result<(), Rejection> {
        if self.treats(Treatment::Limits) { self.profile.limits.check(limit, found, subject) } else { Ok(()) }
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self::new(Profile::modal_1(), Schedule::instr_1())
    }
}
