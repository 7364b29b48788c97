//! A plan says what a campaign is: which cases, in which chunks, over which lanes, made by what. Its digest is the campaign's
//! name.

use super::PlanError;
use crate::lane::LaneId;
use crate::results::Sha256Sum;
use modal_wasm_meter::{Profile, Schedule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a campaign is. Two plans are the same campaign if and only if their canonical JSON is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The form of the plan and of what is stored; see [`Plan::FORMAT`].
    pub format: u32,
    /// The seed.
    pub seed: u64,
    /// The number of the first case.
    pub first: u64,
    /// How many cases.
    pub cases: u64,
    /// Cases in a chunk, the last perhaps aside: a power of two.
    pub chunk: u64,
    /// One case in so many is repeated in fresh processes.
    pub sample_every: u64,
    /// The kind of the cases, as `--kind` takes it.
    pub kind: String,
    /// What generates the cases; see [`GENERATOR`].
    pub generator: String,
    /// The meter's version.
    pub meter: String,
    /// The profile.
    pub profile: Pinned,
    /// The schedule.
    pub schedule: Pinned,
    /// The lanes, the reference aside, which is always there.
    pub lanes: Vec<PlannedLane>,
    /// What the results follow from, by name, the harness itself among it. Who works on the campaign must have the same.
    pub inputs: BTreeMap<String, Sha256Sum>,
}

/// Data by its name and digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    /// The name.
    pub name: String,
    /// Its SHA-256, in lower hex.
    pub sha256: String,
}

/// A lane as it is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedLane {
    /// What the lane is.
    pub id: LaneId,
    /// The words that start its worker, of a lane that neither this project nor its catalogue knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
}

/// What generates cases: this package in this release. The digest of the program is among the plan's inputs.
pub const GENERATOR: &str = concat!("modal-harness ", env!("CARGO_PKG_VERSION"));

/// The largest integer up to which JSON numbers are exact everywhere.
const LARGEST: u64 = (1 << 53) - 1;

impl Plan {
    /// The form of plans and stored results that this program reads and writes.
    pub const FORMAT: u32 = 1;

    /// The largest chunk: what one worker holds in memory and loses if it is killed.
    pub const LARGEST_CHUNK: u64 = 1 << 17;

    /// A plan of these cases, with the profile and the schedule that there are. Lanes and inputs are still to be named.
    #[must_use]
    pub fn new(seed: u64, cases: Range<u64>, kind: String) -> Self {
        let (profile, schedule) = (Profile::modal_1(), Schedule::instr_1());
        Self {
            format: Self::FORMAT,
            seed,
            first: cases.start,
            cases: cases.end.saturating_sub(cases.start),
            chunk: 4_096,
            sample_every: 256,
            kind,
            generator: GENERATOR.to_owned(),
            meter: modal_wasm_meter::VERSION.to_owned(),
            profile: Pinned { name: profile.name.to_owned(), sha256: profile.hash() },
            schedule: Pinned { name: schedule.name.to_owned(), sha256: schedule.hash() },
            lanes: Vec::new(),
            inputs: BTreeMap::new(),
        }
    }

    /// Whether it can be carried out by this program.
    ///
    /// # Errors
    ///
    /// If it is of another form or release, or its numbers are none of a campaign.
    pub fn check(&self) -> Result<(), PlanError> {
        if self.format != Self::FORMAT {
            return Err(PlanError::Format { format: self.format });
        }
        let numbers = [("seed", self.seed), ("first", self.first), ("cases", self.cases)];
        for (name, number) in numbers {
            if number > LARGEST {
                return Err(PlanError::TooLarge { name, number, largest: LARGEST });
            }
        }
        if self.cases == 0 {
            return Err(PlanError::NoCases);
        }
        if !self.chunk.is_power_of_two() || self.chunk > Self::LARGEST_CHUNK {
            return Err(PlanError::Chunk { chunk: self.chunk, largest: Self::LARGEST_CHUNK });
        }
        if self.sample_every == 0 || self.sample_every > self.chunk {
            return Err(PlanError::SampleEvery { sample_every: self.sample_every, chunk: self.chunk });
        }
        let here = Self::new(self.seed, self.first..self.first, String::new());
        let made = [
            ("generator", &self.generator, &here.generator),
            ("meter", &self.meter, &here.meter),
            ("profile", &self.profile.sha256, &here.profile.sha256),
            ("schedule", &self.schedule.sha256, &here.schedule.sha256),
        ];
        for (name, planned, here) in made {
            if planned != here {
                return Err(PlanError::Another { name, planned: planned.clone(), here: here.clone() });
            }
        }
        Ok(())
    }

    /// The plan as canonical JSON (RFC 8785).
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        canonical(self)
    }

    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        self.cases.div_ceil(self.chunk)
    }

    /// The numbers of a chunk's cases.
    #[must_use]
    pub fn cases_of(&self, chunk: u64) -> Range<u64> {
        let start = self.cases.min(chunk.saturating_mul(self.chunk));
        let end = self.cases.min(start + self.chunk);
        self.first + start..self.first + end
    }

    /// What the lanes are.
    #[must_use]
    pub fn lane_ids(&self) -> Vec<LaneId> {
        self.lanes.iter().map(|lane| lane.id.clone()).collect()
    }
}

/// Canonical JSON of a record of this module: texts, and integers that JSON numbers hold.
pub(super) fn canonical(record: &impl Serialize) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(record).expect("records have only text keys and no floats")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan { chunk: 64, sample_every: 8, ..Plan::new(7, 10..300, "modules".into()) }
    }

    #[test]
    fn chunks_cover_the_cases_once() {
        for cases in [1, 63, 64, 65, 128, 290] {
            let plan = Plan { cases, ..plan() };
            let all = (0..plan.chunks()).flat_map(|chunk| plan.cases_of(chunk)).collect::<Vec<_>>();
            assert_eq!(all, (10..10 + cases).collect::<Vec<_>>());
            assert!(plan.cases_of(plan.chunks()).is_empty());
        }
    }

    #[test]
    fn any_change_is_another_campaign() {
        let changes: [fn(&mut Plan); 9] = [
            |_| {},
            |plan| plan.seed += 1,
            |plan| plan.first += 1,
            |plan| plan.cases += 1,
            |plan| plan.chunk *= 2,
            |plan| plan.sample_every += 1,
            |plan| plan.kind = "all".into(),
            |plan| plan.inputs.extend([("guest".to_owned(), Sha256Sum::of(b""))]),
            |plan| {
                let id = LaneId { name: "a".into(), version: "1".into() };
                plan.lanes.push(PlannedLane { id, worker: None });
            },
        ];
        let mut names = changes.map(|change| {
            let mut plan = plan();
            change(&mut plan);
            Sha256Sum::of(&plan.to_json())
        });
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        let check = |change: fn(&mut Plan), text: &str| {
            let mut plan = plan();
            change(&mut plan);
            let said = plan.check().map_err(|error| error.to_string());
            assert!(matches!(&said, Err(said) if said.contains(text)), "{said:?}");
        };
        assert_eq!(plan().check(), Ok(()));
        check(|plan| plan.format = 2, "form 2");
        check(|plan| plan.cases = 0, "no cases");
        check(|plan| plan.seed = 1 << 53, "seed 9007199254740992");
        check(|plan| plan.chunk = 48, "a chunk of 48 cases");
        check(|plan| plan.chunk = 1 << 18, "a chunk of 262144 cases");
        check(|plan| plan.sample_every = 65, "one case in 65");
        check(|plan| plan.sample_every = 0, "one case in 0");
        check(|plan| plan.generator.push('x'), "generator");
        check(|plan| plan.schedule.sha256.clear(), "schedule");
    }
}
