//! A plan is how much is measured.

use criterion::Criterion;
use std::env;
use std::time::Duration;

/// How often each variant is run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Samples of each variant.
    pub samples: usize,
    /// About how long a sample takes.
    pub sample: Duration,
}

impl Plan {
    /// Enough for medians that repeat within some percent.
    pub const FULL: Self = Self { samples: 151, sample: Duration::from_micros(500) };

    /// Everything once, to see that it runs.
    pub const SMOKE: Self = Self { samples: 1, sample: Duration::ZERO };

    /// What the command line asks for, in criterion's way: cargo passes `--bench` to measure, and `--test`, or nothing, to
    /// see that it runs.
    #[must_use]
    pub fn from_args() -> Self {
        let has = |flag: &str| env::args().any(|arg| arg == flag);
        if has("--bench") && !has("--test") { Self::FULL } else { Self::SMOKE }
    }

    /// Whether the numbers that come of it mean anything.
    #[must_use]
    pub fn measures(&self) -> bool {
        self.samples > 1
    }

    /// Criterion for the same, whose own figures are for comparing a variant with itself at another time.
    #[must_use]
    pub fn criterion() -> Criterion {
        let criterion = Criterion::default().without_plots().sample_size(30);
        criterion
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(1))
            .configure_from_args()
    }
}
