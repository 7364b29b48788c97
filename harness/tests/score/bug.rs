//! A bug is a fault that is planted in one part of the project, to see whether a campaign notices it, and when.

use crate::score::rewrite::Fault;
use modal_harness::observation::Observation;
use modal_harness::oracle::Evidence;
use modal_harness::{Case, Uploaded};
use modal_wasm_meter::{CompositionRule, Meter};
use std::collections::BTreeMap;
use std::fmt;

/// A planted fault.
pub(crate) struct Bug {
    pub(crate) class: Class,
    /// What is wrong, in a few words. Names are unique.
    pub(crate) name: &'static str,
    pub(crate) plant: Plant,
}

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal)*) => {
        /// What kind of fault a bug is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Class {
            $($(#[$doc])* $class,)*
        }

        impl Class {
            /// Every class, in the order of the report.
            pub(crate) const ALL: &[Self] = &[$(Self::$class,)*];

            /// The class's name, as `--class` takes it.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$class => $name,)*
                }
            }
        }
    };
}

classes! {
    /// Something is not charged, or charged wrongly.
    Charges "charges"
    /// Gas is charged or looked at in the wrong place, or compared wrongly.
    Checkpoints "checkpoints"
    /// A bulk or grow operator is charged by something else than its length.
    BulkCharges "bulk-charges"
    /// Words of stack are lost, forgotten or counted wrongly.
    Stack "stack"
    /// A NaN keeps or gets other bits.
    Nans "nans"
    /// A stop is called by another name.
    TrapKinds "trap-kinds"
    /// A limit or cap is off by one, or gone.
    Limits "limits"
    /// Starting an instance leaves something out.
    Start "start"
    /// Something is admitted that is not of the profile.
    Admission "admission"
    /// Modules that call modules are charged, bounded or isolated wrongly.
    Composition "composition"
    /// An engine gets an integer operator wrong.
    Integers "integers"
    /// An engine takes an unsigned number for a signed one, or extends one wrongly.
    Signs "signs"
    /// An engine gets a shift or a rotation wrong.
    Shifts "shifts"
    /// An engine rounds, converts or compares floats wrongly.
    Floats "floats"
    /// An engine selects, branches or returns wrongly.
    Control "control"
    /// An engine loses or confuses what a branch carries, or what it leaves behind.
    Branches "branches"
    /// An engine loads or stores another width, sign or place.
    Memory "memory"
    /// An engine gets a bulk, table or reference operator wrong.
    Bulk "bulk"
    /// An engine loses or confuses locals, globals, arguments, results or calls.
    Values "values"
    /// An engine folds constants or merges operators wrongly.
    Folding "folding"
    /// An adapter does not tell what happened.
    Adapters "adapters"
    /// An adapter does something else than it was asked to.
    Requests "requests"
    /// Something is kept under a key that lacks a part.
    Caches "caches"
    /// A digest leaves something out.
    Digests "digests"
    /// The judge does not look at something.
    Judge "judge"
    /// A form of the validators answers something else.
    Validators "validators"
    /// A node keeps or answers something else.
    Nodes "nodes"
}

/// Where a fault is planted.
#[derive(Clone, Copy)]
pub(crate) enum Plant {
    /// In the meter, and so on every lane alike.
    Meter(fn() -> Meter),
    /// In what the meter does because of V8, and so it is looked for there.
    MeterForV8(fn() -> Meter),
    /// In a number of the schedule that hosts apply, on every lane alike.
    Rule(fn(&mut CompositionRule)),
    /// In the code that the meter writes, on every lane alike.
    Written(Fault),
    /// In one engine, beside sound ones.
    Engine(Fault),
    /// In the SDK's worker, by the name of an option of the planted one.
    Worker(&'static str),
    /// In what an adapter tells.
    Tells(fn(&mut Observation)),
    /// In what an adapter does: another case than it was given, if it does.
    Hears(Hear),
    /// In what an adapter does and in what it tells of that.
    HearsAndTells(fn(&Case) -> Option<Case>, fn(&Case, &mut Observation)),
    /// In JavaScript's bindings of the validators.
    Bindings(Lie),
    /// In the guest form of the validators.
    Guest(fn() -> Vec<u8>),
    /// In what nodes keep and answer, on all of them.
    Nodes(fn(&mut Uploaded)),
    /// In the judge: what it does not see.
    Judge(fn(&mut Case, &mut Evidence)),
}

/// What an adapter makes of a case, given what it keeps of others, by a key.
pub(crate) type Hear = fn(&mut BTreeMap<Vec<u8>, Vec<u8>>, &Case) -> Option<Case>;

/// How bindings may get calls or answers wrong.
#[derive(Clone, Copy)]
pub(crate) enum Lie {
    /// They are handed another call.
    Hears(fn(&str) -> String),
    /// They give other answers.
    Tells(fn(&mut Vec<String>)),
}

impl Bug {
    pub(crate) const fn new(class: Class, name: &'static str, plant: Plant) -> Self {
        Self { class, name, plant }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Class {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|class| class.name() == text).ok_or_else(|| {
            let names = Self::ALL.iter().map(|class| class.name()).collect::<Vec<_>>().join(", ");
            format!("no class is called {text:?}; the classes are {names}")
        })
    }
}
