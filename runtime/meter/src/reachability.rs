//! Reachability is whether validation finds the current position of a body reachable.
//!
//! Code after an unconditional transfer of control never runs, so it costs nothing, weighs nothing and is not emitted.

use wasmparser::Operator;

/// A position in a body, seen as reachable or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reachability {
    /// The position is reachable.
    Live,
    /// The position follows an unconditional transfer of control.
    Dead {
        /// The structures that were opened since, themselves dead.
        nesting: u32,
    },
}

impl Reachability {
    /// Whether `operator`, standing at this position, does anything. The `else` and `end` of a live structure do,
    /// even if the code before them is dead.
    pub(crate) fn acts(self, operator: &Operator<'_>) -> bool {
        match self {
            Self::Live => true,
            Self::Dead { nesting } => nesting == 0 && matches!(operator, Operator::Else | Operator::End),
        }
    }

    /// Whether the position can be reached.
    pub(crate) fn is_live(self) -> bool {
        self == Self::Live
    }

    /// The position after `operator`.
    pub(crate) fn after(self, operator: &Operator<'_>) -> Self {
        match (self, operator) {
            (Self::Live, Operator::Unreachable | Operator::Br { .. } | Operator::BrTable { .. } | Operator::Return) => {
                Self::Dead { nesting: 0 }
            }
            (Self::Dead { nesting }, Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. }) => {
                // The profile's limit on a body's bytes keeps the count far from overflow.
                Self::Dead { nesting: nesting.saturating_add(1) }
            }
            // A structure is only entered live when it is not counted in `nesting`, so what follows it is live again.
            (Self::Dead { nesting: 0 }, Operator::Else | Operator::End) => Self::Live,
            (Self::Dead { nesting }, Operator::End) => Self::Dead { nesting: nesting - 1 },
            (position, _) => position,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reachability;
    use wasmparser::{BlockType, Operator};

    #[test]
    fn dead_code_ends_with_the_structure_it_began_in() {
        let block = || Operator::Block { blockty: BlockType::Empty };
        let branch = || Operator::If { blockty: BlockType::Empty };
        let code = [
            (block(), true),
            (Operator::Br { relative_depth: 0 }, true),
            (Operator::Nop, false),
            (branch(), false),
            (Operator::Else, false),
            (Operator::End, false),
            (Operator::End, true),
            (branch(), true),
            (Operator::Return, true),
            (Operator::Else, true),
            (Operator::Nop, true),
            (Operator::Unreachable, true),
            (Operator::End, true),
            (Operator::Nop, true),
        ];
        let mut position = Reachability::Live;
        for (place, (operator, acts)) in code.iter().enumerate() {
            assert_eq!(position.acts(operator), *acts, "operator {place}: {operator:?}");
            position = position.after(operator);
        }
        assert!(position.is_live());
    }
}
