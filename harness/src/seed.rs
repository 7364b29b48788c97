//! A seed is the number that yields a case.
//!
//! Every random choice of the harness comes from a ChaCha stream whose key is the SHA-256 of the seed and of what the
//! stream is for, so a case depends on nothing but its seed and the generators' code, and two purposes never share a
//! stream.

use proptest::test_runner::{RngAlgorithm, TestRng};
use sha2::{Digest, Sha256};
use std::fmt;

/// The number that yields a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed(pub u64);

impl Seed {
    /// The seed of a campaign's case.
    #[must_use]
    pub fn of_case(campaign: u64, index: u64) -> Self {
        let digest = Sha256::new().chain_update(campaign.to_le_bytes()).chain_update(index.to_le_bytes()).finalize();
        let (first, _) = digest.split_first_chunk().expect("a SHA-256 has 32 bytes");
        Self(u64::from_le_bytes(*first))
    }

    /// A stream of random numbers for one purpose.
    #[must_use]
    pub fn stream(self, purpose: &str) -> TestRng {
        let key = Sha256::new().chain_update(self.0.to_le_bytes()).chain_update(purpose).finalize();
        TestRng::from_seed(RngAlgorithm::ChaCha, &key)
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt as _;

    #[test]
    fn a_stream_is_a_function_of_seed_and_purpose() {
        let mut draws = Vec::new();
        for seed in [Seed(1), Seed(2), Seed::of_case(1, 0), Seed::of_case(1, 1), Seed::of_case(2, 0)] {
            for purpose in ["module", "inputs"] {
                assert_eq!(seed.stream(purpose).random::<u64>(), seed.stream(purpose).random::<u64>());
                draws.push(seed.stream(purpose).random::<u64>());
            }
        }
        draws.sort_unstable();
        draws.dedup();
        assert_eq!(draws.len(), 10);
    }
}
