//! A treatment is one thing the meter does so that every engine comes to the same result.
//!
//! With the cargo feature `planted` each can be switched off, so that the harness can prove that it notices. Without
//! it every treatment is always given, and nothing of the switch is left in the code.

macro_rules! treatments {
    ($($(#[$doc:meta])* $treatment:ident $name:literal)*) => {
        /// One thing that the meter does to a module.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(not(feature = "planted"), expect(unreachable_pub, reason = "public only with the feature planted"))]
        pub enum Treatment {
            $($(#[$doc])* $treatment,)*
        }

        #[cfg(feature = "planted")]
        impl Treatment {
            /// Every treatment.
            pub const ALL: &[Self] = &[$(Self::$treatment,)*];

            /// The treatment's name, for reports and command lines.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$treatment => $name,)*
                }
            }
        }
    };
}

treatments! {
    /// The NaN of a float operator is the canonical one.
    CanonicalNan "canonical-nan"
    /// A frame above the stack limit traps.
    StackLimit "stack-limit"
    /// Leaving a function gives its words back.
    StackRestore "stack-restore"
    /// The fewest words left are recorded.
    StackHighWater "stack-high-water"
    /// A frame weighs the function's operands.
    OperandWeight "operand-weight"
    /// Entering a function costs gas.
    EntryCost "entry-cost"
    /// `i32.xor` costs gas: one operator for all of them.
    OperatorCost "operator-cost"
    /// Bulk operators cost gas by their length.
    BulkCost "bulk-cost"
    /// Bulk operators are charged before they act.
    BulkCostBeforeAct "bulk-cost-before-act"
    /// Grow operators cost gas by what they ask for.
    GrowCost "grow-cost"
    /// Instantiation costs gas.
    InstantiationCost "instantiation-cost"
    /// Running out of gas is noticed at loop headers.
    LoopCheck "loop-check"
    /// Running out of gas is noticed at calls.
    CallCheck "call-check"
    /// Running out of gas is noticed at bulk and grow operators.
    BulkCheck "bulk-check"
    /// Running out of gas is noticed before segments are applied.
    InstantiationCheck "instantiation-check"
    /// The memory's maximum is lowered to the profile's.
    MemoryCap "memory-cap"
    /// A table's maximum is lowered to the profile's.
    TableCap "table-cap"
    /// The conversion of a NaN has its own kind of trap.
    ConversionTrapKind "conversion-trap-kind"
    /// The indirect call of null has its own kind of trap.
    IndirectTrapKind "indirect-trap-kind"
    /// The start function runs when the host starts the instance.
    StartStripped "start-stripped"
    /// Active segments are applied when the host starts the instance.
    SegmentsByStart "segments-by-start"
    /// Applied segments are dropped.
    SegmentsDropped "segments-dropped"
    /// Constant expressions are written as the constant that they are.
    ConstantFolding "constant-folding"
    /// Functions off the closed list cannot be imported.
    ImportList "import-list"
    /// The meter's names cannot be exported.
    ReservedNames "reserved-names"
    /// Validation lets pass the profile's features only.
    Features "features"
    /// The profile's limits hold.
    Limits "limits"
}

/// The treatments that a meter gives.
#[cfg(feature = "planted")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treatments {
    left_out: std::collections::BTreeSet<Treatment>,
}

#[cfg(feature = "planted")]
impl Treatments {
    /// Every treatment: what a meter gives by itself.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// These treatments less one.
    #[must_use]
    pub fn without(mut self, treatment: Treatment) -> Self {
        self.left_out.insert(treatment);
        self
    }

    /// Whether `treatment` is given.
    #[must_use]
    pub fn include(&self, treatment: Treatment) -> bool {
        !self.left_out.contains(&treatment)
    }
}

/// Every treatment.
#[cfg(not(feature = "planted"))]
#[derive(Clone, Debug)]
pub(crate) struct Treatments;

#[cfg(not(feature = "planted"))]
impl Treatments {
    /// Every treatment, the only choice there is.
    pub(crate) const fn all() -> Self {
        Self
    }

    /// True: without the feature `planted` no treatment can be left out.
    #[inline(always)]
    pub(crate) const fn include(&self, _: Treatment) -> bool {
        true
    }
}
