//! A budget counts the gas and the stack of one or more calls of the host.

use crate::trap::Trap;
use modal_wasm_meter::Schedule;

/// The gas charged and the words of the live frames, each with its limit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    pub(crate) used: u64,
    pub(crate) limit: u64,
    /// The words that were live before the first call.
    beneath: u64,
    words: u64,
    high_water: u64,
}

impl Budget {
    pub(crate) fn new(limit: u64) -> Self {
        Self::above(0, limit)
    }

    /// A budget of calls above other frames, which weigh on the same stack.
    pub(crate) fn above(words: u64, limit: u64) -> Self {
        Self { limit, beneath: words, words, high_water: words, ..Self::default() }
    }

    /// Adds to the gas. Only a checkpoint compares it with the limit.
    pub(crate) fn charge(&mut self, gas: u64) {
        self.used = self.used.saturating_add(gas);
    }

    pub(crate) fn checkpoint(&self) -> Result<(), Trap> {
        if self.used > self.limit { Err(Trap::OutOfGas) } else { Ok(()) }
    }

    /// Adds a frame, unless the stack would exceed its limit.
    pub(crate) fn enter(&mut self, frame_words: u32, schedule: &Schedule) -> Result<(), Trap> {
        let words = self.words + u64::from(frame_words);
        if words > u64::from(schedule.stack.limit_words) {
            return Err(Trap::CallStackExhausted);
        }
        self.words = words;
        self.high_water = self.high_water.max(words);
        self.charge(u64::from(schedule.function_entry));
        Ok(())
    }

    pub(crate) fn leave(&mut self, frame_words: u32) {
        self.words -= u64::from(frame_words);
    }

    /// Ends a call that did not complete: it consumes the whole limit, and no frame is live any more.
    pub(crate) fn consume(&mut self) {
        self.used = self.limit;
        self.words = self.beneath;
    }

    pub(crate) fn left(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    pub(crate) fn live_words(&self) -> u64 {
        self.words
    }

    pub(crate) fn reached(&mut self, words: u64) {
        self.high_water = self.high_water.max(words);
    }

    /// The most words of this budget's own frames, and of those above them.
    pub(crate) fn high_water(&self) -> u32 {
        u32::try_from(self.high_water - self.beneath).expect("a frame is entered only below the limit, which is a u32")
    }
}
