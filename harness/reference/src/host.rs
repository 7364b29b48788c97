//! A host gives a guest the functions that it imports.

use crate::trap::Trap;
use crate::value::Value;

/// The functions that a module imports.
pub trait Host {
    /// Calls the imported function `module.name`.
    ///
    /// The arguments have the types of the import, and so must the results. `memory` is the caller's.
    ///
    /// # Errors
    ///
    /// A trap ends the guest's call, as a trap of the guest itself would.
    fn call(&mut self, module: &str, name: &str, args: &[Value], memory: Option<&mut [u8]>)
    -> Result<Vec<Value>, Trap>;
}

/// The host of guests that import no functions: every call of it traps as `GuestAbort`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn call(&mut self, _: &str, _: &str, _: &[Value], _: Option<&mut [u8]>) -> Result<Vec<Value>, Trap> {
        Err(Trap::GuestAbort)
    }
}
