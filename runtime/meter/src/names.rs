//! Names are what the meter exports for the host; guests may not use their prefix.

use crate::{Rejection, RejectionKind};

/// What every name of the meter's own begins with.
pub const PREFIX: &str = "modal:";
/// The gas left: `(mut i64)`.
pub const GAS: &str = "modal:gas";
/// The stack words left: `(mut i32)`.
pub const STACK: &str = "modal:stack";
/// The fewest stack words left: `(mut i32)`.
pub const STACK_LOW: &str = "modal:stack_low";
/// Why the module stopped itself, a [`Status`](crate::Status) or zero: `(mut i32)`.
pub const STATUS: &str = "modal:status";
/// The function that starts an instance.
pub const START: &str = "modal:start";
/// The memory.
pub const MEMORY: &str = "modal:memory";

/// The name of the table at `index`.
#[must_use]
pub fn table(index: u32) -> String {
    format!("{PREFIX}t{index}")
}

/// The name of the original's global at `index`.
#[must_use]
pub fn global(index: u32) -> String {
    format!("{PREFIX}g{index}")
}

/// The name of the function at `index`.
#[must_use]
pub fn function(index: u32) -> String {
    format!("{PREFIX}f{index}")
}

/// Refuses an export of the guest's that has a name of the meter's own.
pub(crate) fn check(export: &str) -> Result<(), Rejection> {
    if export.starts_with(PREFIX) {
        return Err(Rejection::new(
            RejectionKind::ReservedExport,
            format!("the module exports {export:?}; names that begin with {PREFIX:?} are reserved"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_prefix_is_reserved_and_nothing_else() {
        for (name, reserved) in [
            ("modal:", true),
            ("modal:gas", true),
            ("modal:anything", true),
            ("modal", false),
            ("modal.gas", false),
            ("Modal:gas", false),
            (" modal:gas", false),
            ("", false),
        ] {
            assert_eq!(check(name).is_err(), reserved, "{name:?}");
        }
    }
}
