//! Names are what the meter exports for the host; guests may not use their prefix.

use crate::{Rejection, RejectionKind};

/// What every name of the meter's own begins with.
pub(crate) const PREFIX: &str = "modal:";
/// The gas left: `(mut i64)`.
pub(crate) const GAS: &str = "modal:gas";
/// The stack words left: `(mut i32)`.
pub(crate) const STACK: &str = "modal:stack";
/// The fewest stack words left: `(mut i32)`.
pub(crate) const STACK_LOW: &str = "modal:stack_low";
/// Why the module stopped itself: `(mut i32)`.
pub(crate) const STATUS: &str = "modal:status";
/// The function that starts an instance.
pub(crate) const START: &str = "modal:start";
/// The memory.
pub(crate) const MEMORY: &str = "modal:memory";

/// The name of the table at `index`.
pub(crate) fn table(index: u32) -> String {
    format!("{PREFIX}t{index}")
}

/// The name of the original's global at `index`.
pub(crate) fn global(index: u32) -> String {
    format!("{PREFIX}g{index}")
}

/// The name of the function at `index`.
pub(crate) fn function(index: u32) -> String {
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
