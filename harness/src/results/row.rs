//! A row is what a run says of one case, in integers, names and digests.

use super::Sha256Sum;
use crate::observation::{ModuleObservation, Observation};
use crate::oracle::Evidence;
use crate::verdict::Cause;
use crate::{Case, Relation, Seed, Verdict, run};
use std::fmt;
use std::str::FromStr;

/// What a run says of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The case's number in its campaign.
    pub index: u64,
    /// The case's seed.
    pub seed: Seed,
    /// The generator, which says of what kind the case is; empty if it failed to make one.
    pub source: String,
    /// SHA-256 of the case as `case.json` of a repro folder holds it, limit sweeps included.
    pub case_sha256: Sha256Sum,
    /// SHA-256 of the metered module, if lanes agree on it.
    pub metered_sha256: Option<Sha256Sum>,
    /// SHA-256 of the observation that all lanes agree on; see [`observation_sum`]. None unless the verdict is agreement.
    pub observation_sha256: Option<Sha256Sum>,
    /// How the case's own runs end: `completed` if every step does, otherwise the first step that does not
    /// (`trapped: OutOfGas`), or why the module is refused. Empty if no lane has an observation.
    pub outcome: String,
    /// Gas that the steps of the case's own runs used, repeats and limit sweeps aside; [`u64::MAX`] if it is more.
    pub gas_used: u64,
    /// Runs, repeats and limit sweeps included.
    pub runs: u32,
    /// Runs executed, over all lanes and the reference.
    pub executions: u32,
    /// Runs that repeat another under a limit.
    pub limit_runs: u32,
    /// Completed calls whose gas wasmtime's fuel was read for.
    pub fuel_readings: u32,
    /// Whether the case was repeated in fresh processes.
    pub repeated_fresh: bool,
    /// The verdict.
    pub verdict: RowVerdict,
}

/// A verdict, less what a repro folder has room for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowVerdict {
    /// All observers agree on an execution, or on an answer to an upload.
    Agree,
    /// All observers agree to refuse what was meant to be admitted: the kind of rejection.
    Aside(String),
    /// Two observers differ: the bucket.
    Diverge(String),
    /// Something broke: the lane and the kind of its fault.
    Fault(String),
}

/// A text is no name of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no verdict of a row")]
pub struct NotAVerdict(pub String);

/// SHA-256 of an observation: of its JSON form, compact and with its fields in the order in which they are declared, less
/// the answers that validators of a lane's own give, which not every lane has.
#[must_use]
pub fn observation_sum(observation: &Observation) -> Sha256Sum {
    let bare = |it: &Observation| Sha256Sum::of(&serde_json::to_vec(it).expect("an observation has only text keys"));
    if observation.answers.is_empty() {
        return bare(observation);
    }
    bare(&Observation { answers: Vec::new(), ..observation.clone() })
}

impl Row {
    /// The row of a judged case.
    #[must_use]
    pub fn of(index: u64, seed: Seed, source: String, case: &Case, evidence: &Evidence, verdict: &Verdict) -> Self {
        let seen = evidence.lanes.iter().find_map(|witness| witness.observation.as_ref().ok());
        let runs = seen.map_or(&[][..], |seen| &seen.runs);
        let derived = case.relations.iter().map(Relation::derived).collect::<Vec<_>>();
        let own = runs.iter().enumerate().filter(|(index, _)| !derived.contains(index));
        let limits = case.relations.iter().filter(|relation| matches!(relation, Relation::Limit { .. }));
        let agreed = seen.filter(|_| *verdict == Verdict::Agree);
        Self {
            index,
            seed,
            source,
            case_sha256: case.sum(),
            metered_sha256: agreed.and_then(metered),
            observation_sha256: agreed.map(observation_sum),
            outcome: seen.map_or_else(String::new, |seen| run::ending(case, seen)),
            gas_used: own.flat_map(|(_, run)| &run.steps).fold(0, |gas, step| gas.saturating_add(step.gas_used)),
            runs: narrow(runs.len()),
            executions: narrow(runs.len() * (evidence.lanes.len() + 1)),
            limit_runs: seen.map_or(0, |_| narrow(limits.count())),
            fuel_readings: narrow(evidence.fuel.iter().flatten().map(|reading| reading.calls()).sum()),
            repeated_fresh: false,
            verdict: RowVerdict::of(case, seen, verdict),
        }
    }

    /// Its columns as text, by name, in the order in which a difference is looked for.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, String); 14] {
        let sum = |sum: &Option<Sha256Sum>| sum.map_or_else(|| "none".to_owned(), |sum| sum.to_string());
        [
            ("index", self.index.to_string()),
            ("seed", self.seed.to_string()),
            ("source", self.source.clone()),
            ("case_sha256", self.case_sha256.to_string()),
            ("verdict", self.verdict.to_string()),
            ("outcome", self.outcome.clone()),
            ("metered_sha256", sum(&self.metered_sha256)),
            ("gas_used", self.gas_used.to_string()),
            ("observation_sha256", sum(&self.observation_sha256)),
            ("runs", self.runs.to_string()),
            ("executions", self.executions.to_string()),
            ("limit_runs", self.limit_runs.to_string()),
            ("fuel_readings", self.fuel_readings.to_string()),
            ("repeated_fresh", self.repeated_fresh.to_string()),
        ]
    }

    /// The columns in which another row of the case differs, less `executions` and `repeated_fresh`: how many lanes there
    /// were and what was repeated is up to the run, and everything else to the case.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<&'static str> {
        const OF_THE_RUN: [&str; 2] = ["executions", "repeated_fresh"];
        let pairs = self.columns().into_iter().zip(other.columns());
        let differing = pairs.filter(|(one, other)| one.1 != other.1).map(|((name, _), _)| name);
        differing.filter(|name| !OF_THE_RUN.contains(name)).collect()
    }

    /// The row as bytes, which its leaf of the Merkle tree is made of: the fields in the order in which they are declared;
    /// integers little-endian, digests as they are, texts behind their length as four bytes, a byte 0 or 1 for what may be
    /// missing and for truth, and the verdict as its name and its detail.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        let text = |bytes: &mut Vec<u8>, text: &str| {
            bytes.extend(narrow(text.len()).to_le_bytes());
            bytes.extend(text.as_bytes());
        };
        let sum = |bytes: &mut Vec<u8>, sum: &Option<Sha256Sum>| {
            bytes.push(u8::from(sum.is_some()));
            bytes.extend(sum.iter().flat_map(|sum| sum.0));
        };
        bytes.extend(self.index.to_le_bytes());
        bytes.extend(self.seed.0.to_le_bytes());
        text(bytes, &self.source);
        bytes.extend(self.case_sha256.0);
        sum(bytes, &self.metered_sha256);
        sum(bytes, &self.observation_sha256);
        text(bytes, &self.outcome);
        bytes.extend(self.gas_used.to_le_bytes());
        for number in [self.runs, self.executions, self.limit_runs, self.fuel_readings] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.push(u8::from(self.repeated_fresh));
        text(bytes, self.verdict.name());
        text(bytes, self.verdict.detail());
    }

    /// Notes what a repeat in fresh processes came to.
    pub(crate) fn repeat(&mut self, verdict: &Verdict) {
        self.repeated_fresh = true;
        if let Some(broken) = RowVerdict::of_broken(verdict) {
            (self.metered_sha256, self.observation_sha256) = (None, None);
            self.verdict = broken;
        }
    }
}

impl RowVerdict {
    fn of(case: &Case, seen: Option<&Observation>, verdict: &Verdict) -> Self {
        let aside = || match seen.map(|seen| &seen.module) {
            // That nodes do not store what lanes refuse is an answer.
            Some(ModuleObservation::Rejected { kind, .. }) if case.upload.is_none() => Self::Aside(kind.clone()),
            Some(ModuleObservation::Rejected { .. } | ModuleObservation::Accepted { .. }) | None => Self::Agree,
        };
        Self::of_broken(verdict).unwrap_or_else(aside)
    }

    fn of_broken(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::Agree => None,
            Verdict::Diverge(divergence) => Some(Self::Diverge(divergence.bucket.to_string())),
            Verdict::Fault(Cause { lane, fault }) => Some(Self::Fault(format!("{lane}: {}", fault.kind))),
        }
    }

    /// Its name: `agree`, `aside`, `diverge` or `fault`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Aside(_) => "aside",
            Self::Diverge(_) => "diverge",
            Self::Fault(_) => "fault",
        }
    }

    /// What it says beyond its name: nothing, the kind of a rejection, the bucket, or the lane and its kind of fault.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Agree => "",
            Self::Aside(detail) | Self::Diverge(detail) | Self::Fault(detail) => detail,
        }
    }

    /// The verdict of a name and its detail.
    ///
    /// # Errors
    ///
    /// If there is none of this name, or agreement has a detail.
    pub fn from_parts(name: &str, detail: &str) -> Result<Self, NotAVerdict> {
        match (name, detail) {
            ("agree", "") => Ok(Self::Agree),
            ("aside", detail) => Ok(Self::Aside(detail.to_owned())),
            ("diverge", detail) => Ok(Self::Diverge(detail.to_owned())),
            ("fault", detail) => Ok(Self::Fault(detail.to_owned())),
            (name, detail) => Err(NotAVerdict(format!("{name}: {detail}"))),
        }
    }
}

impl fmt::Display for RowVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agree => f.write_str("agree"),
            Self::Aside(detail) | Self::Diverge(detail) | Self::Fault(detail) => {
                write!(f, "{}: {detail}", self.name())
            }
        }
    }
}

fn metered(observation: &Observation) -> Option<Sha256Sum> {
    match &observation.module {
        ModuleObservation::Accepted { metered_sha256 } => Sha256Sum::from_str(metered_sha256.as_deref()?).ok(),
        ModuleObservation::Rejected { .. } => None,
    }
}

/// A count of what one case has fits 32 bits; a hostile file's may not, and is cut to the most that does.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
