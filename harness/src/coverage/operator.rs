//! The operators of the profile, as the decoder lists them.

use wasmparser::Operator;

/// What an operator takes and leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arity {
    /// It takes and leaves so many.
    Fixed(usize, usize),
    /// It depends on types and labels.
    Custom,
}

/// An operator of the decoder's list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    pub(crate) name: &'static str,
    /// The decoder's function for it: its name in lower case, with underscores between words (`visit_i32_add`).
    pub(crate) snake: &'static str,
    pub(super) proposal: &'static str,
    pub(super) arity: Arity,
}

macro_rules! arity {
    (arity custom) => {
        Arity::Custom
    };
    (arity memarg $takes:literal -> $leaves:literal) => {
        Arity::Fixed($takes, $leaves)
    };
    (arity $takes:literal -> $leaves:literal) => {
        Arity::Fixed($takes, $leaves)
    };
}

macro_rules! list {
    ($(@$proposal:ident $name:ident $({ $($field:ident: $kind:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        const LISTED: &[Listed] = &[$(Listed {
            name: stringify!($name),
            snake: stringify!($visit),
            proposal: stringify!($proposal),
            arity: arity!($($arity)*),
        }),*];

        /// The listed operator that this one is.
        pub(super) fn listed(operator: &Operator<'_>) -> Listed {
            match operator {
                $(Operator::$name { .. } => Listed {
                    name: stringify!($name),
                    snake: stringify!($visit),
                    proposal: stringify!($proposal),
                    arity: arity!($($arity)*),
                },)*
                // The list is the decoder's own and complete; its enum is open for later releases only.
                _ => Listed { name: "an operator", snake: "", proposal: "", arity: Arity::Custom },
            }
        }
    };
}
wasmparser::for_each_operator!(list);

/// The proposals whose operators the profile has.
const PROPOSALS: [&str; 5] = ["mvp", "sign_extension", "saturating_float_to_int", "bulk_memory", "reference_types"];

/// The operators of the profile.
pub(crate) fn of_the_profile() -> impl Iterator<Item = Listed> {
    LISTED.iter().copied().filter(|listed| PROPOSALS.contains(&listed.proposal))
}
