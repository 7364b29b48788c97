//! A divergence is the first difference that an oracle names, and the bucket that it belongs to.

use crate::{Case, Run};
use serde::Serialize;
use std::fmt;

/// The first difference found in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Divergence {
    /// Which kind of difference this is; two findings of one bucket are likely one bug.
    pub bucket: Bucket,
    /// Where it is in the observation (`runs[1].steps[2].gas_used`).
    pub place: String,
    /// What the left side has there.
    pub left: String,
    /// What the right side has there.
    pub right: String,
}

/// A kind of difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bucket {
    /// The property that does not hold.
    pub property: Property,
    /// The observer on the left.
    pub left: String,
    /// The observer, or the rule, on the right.
    pub right: String,
    /// The kind of call in which the difference first shows.
    pub call: CallKind,
    /// The place without its indices.
    pub field: String,
}

/// The kind of call in which a difference first shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallKind {
    /// None: the module itself is seen differently, or the number of runs.
    Module,
    /// The start of an instance.
    Start,
    /// A call of an export with typed arguments.
    Export,
    /// An execution by the ABI.
    Abi,
}

/// What the oracles demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// Two lanes observe the same.
    Lanes,
    /// A lane observes what the reference does.
    Reference,
    /// Gas used and gas left add up to the limit, and what does not complete uses it up.
    GasLaw,
    /// A run completes if and only if its limit covers its gas.
    Limit,
    /// A run observed twice is observed the same.
    Repeat,
    /// Wasmtime's fuel on the original module, under the schedule's costs, is the metered gas.
    Fuel,
    /// A validator answers what its native form does.
    Validators,
    /// A mutant that means what its parent does comes to the same.
    Mutation,
    /// Nodes keep what was uploaded, and answer what lanes observe.
    Uploads,
}

impl Divergence {
    /// The difference at a place of an observation.
    #[must_use]
    pub fn at(
        property: Property,
        (left, left_value): (&str, String),
        (right, right_value): (&str, String),
        place: String,
    ) -> Self {
        let mut field = String::new();
        let mut inside = false;
        for character in place.chars() {
            inside |= character == '[';
            if !inside {
                field.push(character);
            }
            inside &= character != ']';
        }
        let call = CallKind::Module;
        let bucket = Bucket { property, left: left.to_owned(), right: right.to_owned(), call, field };
        Self { bucket, place, left: left_value, right: right_value }
    }

    /// The same difference, told in which call of its case it is.
    #[must_use]
    pub(crate) fn within(mut self, case: &Case) -> Self {
        self.bucket.call = match self.step_of(case).and_then(|(run, step)| Some((case.runs.get(run)?, step))) {
            None => CallKind::Module,
            Some((Run::Exports { .. }, 0)) => CallKind::Start,
            Some((Run::Exports { .. }, _)) => CallKind::Export,
            Some((Run::Abi { .. }, _)) => CallKind::Abi,
        };
        self
    }

    /// The run and the step of its case in which the difference is: the last step of a run that differs as a whole.
    #[must_use]
    pub fn step_of(&self, case: &Case) -> Option<(usize, usize)> {
        let validated = || Some(case.validations.get(self.index("validations[")?)?.run);
        let run = self.index("runs[").or_else(|| self.index("invocations[")).or_else(validated)?;
        let last = case.runs.get(run)?.steps() - 1;
        Some((run, self.index("steps[").unwrap_or(last)))
    }

    /// The index that follows a part of the place.
    #[must_use]
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        let (_, rest) = self.place.split_once(name)?;
        rest.split_once(']')?.0.parse().ok()
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { property, left, right, call, field } = self;
        write!(f, "{property}/{left}-{right}/{call}/{field}")
    }
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, place, left, right } = self;
        write!(f, "[{bucket}] {place}: {} has {left}, {} has {right}", bucket.left, bucket.right)
    }
}

impl fmt::Display for CallKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Start => "start",
            Self::Export => "export",
            Self::Abi => "abi",
        })
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lanes => "lanes",
            Self::Reference => "reference",
            Self::GasLaw => "gas-law",
            Self::Limit => "limit",
            Self::Repeat => "repeat",
            Self::Fuel => "fuel",
            Self::Validators => "validators",
            Self::Mutation => "mutation",
            Self::Uploads => "uploads",
        })
    }
}
