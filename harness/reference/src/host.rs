//! A host gives a guest the functions that it imports.

use crate::budget::Budget;
use crate::config::Config;
use crate::trap::Trap;
use crate::value::Value;

/// The functions that a module imports.
pub trait Host {
    /// Calls the imported function `module.name`.
    ///
    /// The arguments have the types of the import, and so must the results.
    ///
    /// # Errors
    ///
    /// A trap ends the guest's call, as a trap of the guest itself would.
    fn call(&mut self, module: &str, name: &str, args: &[Value], caller: &mut Caller<'_>) -> Result<Vec<Value>, Trap>;
}

/// The instance that calls its host, in the middle of its call.
#[derive(Debug)]
pub struct Caller<'a> {
    pub(crate) memory: &'a mut [u8],
    pub(crate) budget: &'a mut Budget,
    pub(crate) config: &'a Config,
}

impl Caller<'_> {
    /// The bytes of its memory: none in a module without a memory.
    pub fn memory(&mut self) -> &mut [u8] {
        self.memory
    }

    /// Charges gas. This is a checkpoint.
    ///
    /// # Errors
    ///
    /// If the gas is not there.
    pub fn charge(&mut self, gas: u64) -> Result<(), Trap> {
        self.budget.charge(gas);
        self.budget.checkpoint()
    }

    /// The gas left in its budget.
    #[must_use]
    pub fn gas_left(&self) -> u64 {
        self.budget.left()
    }

    /// The words that are live beneath what is called now.
    #[must_use]
    pub fn live_words(&self) -> u64 {
        self.budget.live_words()
    }

    /// The prices and caps that it runs under.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.config
    }

    /// Counts frames that another instance entered above this one's: the most words that were live with them.
    pub fn reached(&mut self, words: u64) {
        self.budget.reached(words);
    }
}

/// The host of guests that import no functions: every call of it traps as `GuestAbort`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn call(&mut self, _: &str, _: &str, _: &[Value], _: &mut Caller<'_>) -> Result<Vec<Value>, Trap> {
        Err(Trap::GuestAbort)
    }
}
