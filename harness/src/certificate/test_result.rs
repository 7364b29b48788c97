//! The test result says of a release, in in-toto's own vocabulary, that its tests passed: for tools that know nothing of
//! [`Conformance`](super::Conformance).

use super::statement::{Predicate, SubjectDigest};
use super::{Conclusion, Conformance};
use crate::results::Sha256Sum;
use serde::{Deserialize, Serialize};

/// in-toto's predicate `test-result`, version 0.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestResult {
    /// `PASSED` or `FAILED`.
    pub result: String,
    /// What the tests ran under: the whole of what is certified, by its digest.
    pub configuration: Vec<Resource>,
    /// The parts that passed.
    pub passed_tests: Vec<String>,
    /// The parts that did not.
    pub failed_tests: Vec<String>,
}

/// A thing by its name and digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: SubjectDigest,
}

impl Predicate for TestResult {
    const TYPE: &str = "https://in-toto.io/attestation/test-result/v0.1";
}

impl TestResult {
    /// What a conformance comes to. It names the payload that says all of it, so that the two cannot be told apart or put
    /// together with others.
    #[must_use]
    pub fn of(conformance: &Conformance, payload: &[u8]) -> Self {
        let (passed, failed) = conformance.parts.iter().partition::<Vec<_>, _>(|part| part.is_passed());
        let names = |parts: Vec<&super::Part>| parts.iter().map(|part| part.name.to_string()).collect();
        let result = if conformance.conclusion == Conclusion::Agree { "PASSED" } else { "FAILED" };
        Self {
            result: result.to_owned(),
            configuration: vec![Resource {
                name: "conformance".to_owned(),
                digest: SubjectDigest { sha256: Sha256Sum::of(payload) },
            }],
            passed_tests: names(passed),
            failed_tests: names(failed),
        }
    }
}
