//! What a certificate says: what was run, on which lanes, and what came of it.

use super::statement::Predicate;
use crate::Tally;
use crate::results::{Counts, Sha256Sum};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a certification found. It holds integers, names and digests, so that two of the same release have the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conformance {
    /// What it comes to.
    pub conclusion: Conclusion,
    /// Why it is not agreement: what differs, is missing, was skipped or set aside; empty in a certificate.
    pub reasons: Vec<String>,
    /// How much was asked for: `quick`, `release` or `full`.
    pub profile: String,
    /// What the run depends on.
    pub inputs: Inputs,
    /// The lanes, in the order in which they were named.
    pub lanes: Vec<LaneRecord>,
    /// The parts of the certification: each was expected to do so much, and did.
    pub parts: Vec<Part>,
    /// How often each check was demanded of each lane, and what it said, in the generated campaign.
    pub checks: Counts,
    /// Generated cases by generator.
    pub sources: Tally,
    /// Generated cases by how their own runs end.
    pub outcomes: Tally,
    /// Runs of generated cases by how their last step ends, limit sweeps included.
    pub runs: Tally,
    /// Operators that the reference executed in generated cases, by name.
    pub operators: Tally,
    /// What became of planted bugs.
    pub control: Control,
    /// The register of nondeterminism, line by line.
    pub register: Vec<RegisterLine>,
    /// The results of the generated campaign, a row for each case.
    pub results: ResultsRecord,
}

/// What a certification comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Conclusion {
    /// Everything that was asked for was done, and all observers agree. Only this makes a certificate.
    Agree,
    /// Observers differ.
    Diverge,
    /// Nothing differs, and something was not done.
    Incomplete,
}

/// What the run depends on, apart from the lanes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Inputs {
    /// The harness' version, which is that of its generators.
    pub harness: String,
    /// The seed of the generated cases.
    pub seed: u64,
    /// How many cases, from number 0.
    pub cases: u64,
    /// What kind of cases.
    pub kind: String,
    /// The name of the profile of modules, and its digest.
    pub module_profile: String,
    /// SHA-256 of the profile's canonical text.
    pub module_profile_sha256: Sha256Sum,
    /// The name of the schedule of prices.
    pub schedule: String,
    /// SHA-256 of the schedule's canonical text.
    pub schedule_sha256: Sha256Sum,
    /// How many cases the corpus has.
    pub corpus_cases: u64,
    /// The Merkle root over the corpus' files, by path.
    pub corpus_sha256: Sha256Sum,
    /// The release of the specification's tests.
    pub specification: String,
}

/// What a lane is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LaneRecord {
    /// Its name.
    pub name: String,
    /// The engine, its version, its flags, and what else it tells of itself: V8's version, the meter's digest.
    pub version: String,
    /// SHA-256 of the program that runs the engine.
    pub program_sha256: Sha256Sum,
    /// The processor's architecture (`x86_64`).
    pub architecture: String,
}

/// The parts of a certification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PartName {
    /// The cases of the corpus have the outcomes that stand in it.
    Corpus,
    /// The official tests of the profile pass.
    Specification,
    /// Generated cases are judged.
    Campaign,
    /// Planted bugs are noticed, and sound lanes are not blamed.
    Control,
    /// The tests that take each treatment of the register away notice it.
    Register,
}

/// What a part was expected to do, and did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// Which part.
    pub name: PartName,
    /// How many cases, directives, bugs or tests it has.
    pub expected: u64,
    /// How many of them it carried out.
    pub executed: u64,
    /// How many passed.
    pub passed: u64,
    /// What is left out by the profile's own terms, by reason: it was not expected.
    pub excluded: Tally,
    /// What did not pass, each in a line, in order.
    pub failures: Vec<String>,
}

/// What became of planted bugs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Control {
    /// The cases after which a bug counts as not noticed.
    pub budget: u64,
    /// The classes of bugs.
    pub classes: Vec<ControlClass>,
    /// The bugs that were not noticed, by name.
    pub survivors: Vec<String>,
    /// Cases that sound lanes were given beside them.
    pub sound_cases: u64,
    /// What sound lanes were blamed for.
    pub false_alarms: Vec<String>,
}

/// What became of the planted bugs of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ControlClass {
    /// The class.
    pub name: String,
    /// How many bugs of it were planted.
    pub planted: u64,
    /// How many of them were noticed.
    pub noticed: u64,
}

/// A line of the register of nondeterminism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterLine {
    /// Where engines may differ.
    pub source: String,
    /// What keeps them from it, and its owner in the code.
    pub treatment: String,
    /// What notices if it does not.
    pub missed_in: String,
}

/// The rows of the generated campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultsRecord {
    /// How many there are.
    pub rows: u64,
    /// The root of the Merkle tree over them.
    pub merkle_root: Sha256Sum,
    /// SHA-256 of the Parquet file.
    pub parquet_sha256: Sha256Sum,
}

impl Inputs {
    /// The largest seed that a certificate can tell. Canonical JSON writes numbers as JavaScript does, which holds integers
    /// beyond 2^53 - 1 to be others.
    pub const MOST_SEED: u64 = (1 << 53) - 1;
}

impl Predicate for Conformance {
    const TYPE: &str = "https://modality.dev/attestation/conformance/v1";
}

impl PartName {
    /// Every part, in the order in which they stand in a certificate.
    pub const ALL: [Self; 5] = [Self::Corpus, Self::Specification, Self::Campaign, Self::Control, Self::Register];
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Corpus => "corpus",
            Self::Specification => "specification",
            Self::Campaign => "campaign",
            Self::Control => "control",
            Self::Register => "register",
        })
    }
}
