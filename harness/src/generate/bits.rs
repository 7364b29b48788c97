//! Bits are a stream of small choices that a number stands for.
//!
//! The number zero stands for an endless stream of zeros, so that a gene which is shrunk to zero always takes the
//! first, simplest choice. Every other number starts a SplitMix64 sequence.

/// A stream of choices.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    state: u64,
    zero: bool,
}

impl Bits {
    /// The stream that `seed` stands for.
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed, zero: seed == 0 }
    }

    /// The next 64 bits.
    pub(super) const fn word(&mut self) -> u64 {
        if self.zero {
            return 0;
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; zero when `bound` is.
    pub(super) const fn below(&mut self, bound: u32) -> u32 {
        (((self.word() >> 32) * bound as u64) >> 32) as u32
    }

    /// True about once in `n` times, never for the stream of zeros.
    pub(super) const fn one_in(&mut self, n: u32) -> bool {
        self.below(n) + 1 == n
    }

    /// True in about `percent` of a hundred times, never for the stream of zeros.
    pub(super) const fn percent(&mut self, percent: u32) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of `items`, the first one for the stream of zeros.
    ///
    /// # Panics
    ///
    /// Panics if `items` is empty; callers pass tables that are not.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u32) as usize]
    }
}
