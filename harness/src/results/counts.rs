//! Counts say how often each check was demanded of each lane, how often it was made, and what it said.
//!
//! What is demanded comes from cases and from what the reference and the lanes together say of them; what was made comes
//! from the evidence. So what is left out, for whatever reason, shows as a difference between the two.

mod demand;

use crate::oracle::Evidence;
use crate::oracle::mutation::PARENT;
use crate::verdict::Cause;
use crate::{Case, Divergence, Property, Verdict};
use demand::Demand;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// How often each check was demanded of each lane, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<String, BTreeMap<Check, Count>>);

/// What a lane is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// It sees what the other lanes see. Counted by cases.
    Lanes,
    /// It meters modules to the same bytes as the others. Counted by cases whose module is admitted.
    Metered,
    /// It sees what the reference sees of the original module. Counted by cases whose module is admitted.
    Reference,
    /// Gas used and gas left add up, and what does not complete uses its limit up. Counted by runs.
    GasLaw,
    /// A run completes if and only if its limit covers its need. Counted by runs under a swept limit.
    Limit,
    /// A run repeated in the same process is the same. Counted by repeats.
    Repeat,
    /// A case repeated in a fresh process is the same. Counted by cases of the sample.
    FreshRepeat,
    /// Wasmtime's fuel on the original is the metered gas. Counted by completed calls.
    Fuel,
    /// Validators answer what their native form does. Counted by calls of validators.
    Validators,
    /// Nodes keep what was uploaded and answer what lanes see. Counted by cases that are uploaded.
    Uploads,
    /// A mutant answers what its parent does on the reference. Counted by steps.
    Mutation,
}

/// How often a check was demanded, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How often it was demanded.
    pub expected: u64,
    /// How often it found agreement.
    pub agreed: u64,
    /// How often it found a difference. A case is judged up to its first difference.
    pub diverged: u64,
    /// How often something broke instead.
    pub faulted: u64,
    /// How often the rule is silent by its own terms: not demanded, and reported.
    pub unbound: u64,
    /// How often the lane was not sent a case, because it lacks a feature: not demanded, and reported, as cases, under
    /// [`Check::Lanes`].
    pub unsent: u64,
}

impl Counts {
    /// Every count, by lane and check.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Check, Count)> {
        self.0.iter().flat_map(|(lane, checks)| checks.iter().map(|(&check, &count)| (lane.as_str(), check, count)))
    }

    /// The count of a check on a lane.
    #[must_use]
    pub fn of(&self, lane: &str, check: Check) -> Count {
        self.0.get(lane).and_then(|checks| checks.get(&check)).copied().unwrap_or_default()
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (lane, check, count) in other.iter() {
            *self.at(lane, check) += count;
        }
    }

    /// What was demanded and not made, in words; nothing if every check that was demanded was made.
    #[must_use]
    pub fn gaps(&self) -> Vec<String> {
        let gaps = self.iter().filter(|(_, _, count)| count.expected != count.executed());
        gaps.map(|(lane, check, count)| {
            format!("{lane}: {} of {} checks of {check} made", count.executed(), count.expected)
        })
        .collect()
    }

    /// Counts a judged case.
    pub(crate) fn record(&mut self, case: &Case, evidence: &Evidence, verdict: &Verdict) {
        let lanes = evidence.lanes.iter().map(|witness| witness.lane.as_str()).collect::<Vec<_>>();
        for witness in &evidence.lanes {
            for Demand { check, expected, made, unbound } in demand::of(case, evidence, witness) {
                let agreed = if *verdict == Verdict::Agree { made } else { 0 };
                *self.at(&witness.lane, check) += Count { expected, agreed, unbound, ..Count::default() };
            }
        }
        for lane in evidence.unsent.keys() {
            self.at(lane, Check::Lanes).unsent += 1;
        }
        match verdict {
            Verdict::Agree => {}
            Verdict::Diverge(divergence) => {
                let Divergence { bucket, .. } = divergence;
                let check = Check::of(divergence);
                for lane in concerned(&lanes, &[&bucket.left, &bucket.right]) {
                    self.at(lane, check).diverged += 1;
                }
            }
            Verdict::Fault(Cause { lane, .. }) => {
                let check = match lane.as_str() {
                    "reference" => Check::Reference,
                    "fuel" => Check::Fuel,
                    "native" => Check::Validators,
                    "nodes" => Check::Uploads,
                    PARENT => Check::Mutation,
                    _ => Check::Lanes,
                };
                for lane in concerned(&lanes, &[lane]) {
                    self.at(lane, check).faulted += 1;
                }
            }
        }
    }

    /// Counts a case that its generator failed to make: every lane lacks it.
    pub(crate) fn record_not_generated<'a>(&mut self, lanes: impl Iterator<Item = &'a str>) {
        for lane in lanes {
            *self.at(lane, Check::Lanes) += Count { expected: 1, faulted: 1, ..Count::default() };
        }
    }

    /// Counts a repeat in a fresh process.
    pub(crate) fn record_fresh(&mut self, lane: &str, verdict: &Verdict) {
        let (agreed, diverged, faulted) = match verdict {
            Verdict::Agree => (1, 0, 0),
            Verdict::Diverge(_) => (0, 1, 0),
            Verdict::Fault(_) => (0, 0, 1),
        };
        *self.at(lane, Check::FreshRepeat) += Count { expected: 1, agreed, diverged, faulted, ..Count::default() };
    }

    fn at(&mut self, lane: &str, check: Check) -> &mut Count {
        if !self.0.contains_key(lane) {
            self.0.insert(lane.to_owned(), BTreeMap::new());
        }
        self.0.get_mut(lane).expect("it has just been put there").entry(check).or_default()
    }
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 11] = [
        Self::Lanes,
        Self::Metered,
        Self::Reference,
        Self::GasLaw,
        Self::Limit,
        Self::Repeat,
        Self::FreshRepeat,
        Self::Fuel,
        Self::Validators,
        Self::Uploads,
        Self::Mutation,
    ];

    /// The check that finds a divergence.
    #[must_use]
    pub fn of(Divergence { bucket, .. }: &Divergence) -> Self {
        match bucket.property {
            Property::Lanes if bucket.field.starts_with("module.accepted") => Self::Metered,
            Property::Lanes => Self::Lanes,
            Property::Reference => Self::Reference,
            Property::GasLaw => Self::GasLaw,
            Property::Limit => Self::Limit,
            Property::Repeat => Self::Repeat,
            Property::Fuel => Self::Fuel,
            Property::Validators => Self::Validators,
            Property::Uploads => Self::Uploads,
            Property::Mutation => Self::Mutation,
        }
    }
}

impl Count {
    /// How often the check was made.
    #[must_use]
    pub fn executed(&self) -> u64 {
        self.agreed + self.diverged
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.expected += other.expected;
        self.agreed += other.agreed;
        self.diverged += other.diverged;
        self.faulted += other.faulted;
        self.unbound += other.unbound;
        self.unsent += other.unsent;
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lanes => "lanes",
            Self::Metered => "metered",
            Self::Reference => "reference",
            Self::GasLaw => "gas-law",
            Self::Limit => "limit",
            Self::Repeat => "repeat",
            Self::FreshRepeat => "fresh-repeat",
            Self::Fuel => "fuel",
            Self::Validators => "validators",
            Self::Uploads => "uploads",
            Self::Mutation => "mutation",
        })
    }
}

/// The lanes among observers, or all of them if none is: what an oracle says of none in particular it says of all.
fn concerned<'a>(lanes: &[&'a str], observers: &[&String]) -> Vec<&'a str> {
    let named = lanes.iter().copied().filter(|lane| observers.iter().any(|name| *name == lane)).collect::<Vec<_>>();
    if named.is_empty() { lanes.to_vec() } else { named }
}
