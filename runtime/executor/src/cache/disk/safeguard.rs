//! A safeguard is one thing that keeps code from being loaded in another's place.
//!
//! With the cargo feature `planted` one can be left out, so that a test can prove that it is needed. Without the feature
//! all of them hold, and nothing of the switch is left in the code.

/// One thing that keeps code from being loaded in another's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "planted"), expect(unreachable_pub, reason = "public only with the feature planted"))]
pub enum Safeguard {
    /// An entry's authenticator covers the code.
    CodeAuthenticated,
    /// An entry's authenticator covers what the code is for.
    IdentityAuthenticated,
    /// An entry's authenticator needs the folder's key.
    SecretKey,
    /// An identity names the program that compiled.
    ProgramNamed,
    /// An identity names the engine, its release, its configuration and the machine.
    EngineNamed,
    /// An identity names the metered module.
    ModuleNamed,
}

#[cfg(feature = "planted")]
impl Safeguard {
    /// Every safeguard.
    pub const ALL: [Self; 6] = [
        Self::CodeAuthenticated,
        Self::IdentityAuthenticated,
        Self::SecretKey,
        Self::ProgramNamed,
        Self::EngineNamed,
        Self::ModuleNamed,
    ];
}

/// The safeguards that a cache has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Safeguards {
    #[cfg(feature = "planted")]
    left_out: Option<Safeguard>,
}

impl Safeguards {
    #[cfg(feature = "planted")]
    pub(super) fn without(safeguard: Safeguard) -> Self {
        Self { left_out: Some(safeguard) }
    }

    /// Whether a safeguard holds.
    #[cfg(feature = "planted")]
    pub(super) fn hold(self, safeguard: Safeguard) -> bool {
        self.left_out != Some(safeguard)
    }

    /// True: without the feature `planted` none can be left out.
    #[cfg(not(feature = "planted"))]
    #[inline(always)]
    pub(super) const fn hold(self, _: Safeguard) -> bool {
        true
    }
}
