//! JUnit is the form in which CI systems take results. It holds what the certificate holds: no times, no hosts.

use super::{Conformance, Part, PartName};
use crate::Repro;
use crate::results::{Check, Count};
use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

/// The results could not be written as XML.
#[derive(Debug, thiserror::Error)]
#[error("failed to write the results as JUnit XML")]
pub struct JunitError(#[from] SerializeError);

/// A certification as JUnit XML: a suite for each part, in which what did not pass is a test case of its own; one for the
/// checks that each lane was held to, and one for the findings.
///
/// # Errors
///
/// If it cannot be written as XML.
pub fn junit(conformance: &Conformance, findings: &[Repro]) -> Result<String, JunitError> {
    let mut report = Report::new("conformance");
    report.add_test_suites(conformance.parts.iter().map(part));
    let mut checks = TestSuite::new("checks");
    checks.add_test_cases(conformance.checks.iter().map(|(lane, check, count)| held(lane, check, count)));
    report.add_test_suite(checks);
    let mut found = TestSuite::new("findings");
    found.add_test_cases(findings.iter().map(finding));
    report.add_test_suite(found);
    Ok(report.to_string()?)
}

fn part(part: &Part) -> TestSuite {
    let Part { name, expected, executed, passed, excluded: _, failures } = part;
    let mut suite = TestSuite::new(name.to_string());
    let whole = if executed == expected {
        TestCaseStatus::success()
    } else {
        stopped(NonSuccessKind::Error, &format!("{executed} of {expected} {} were carried out", things(*name)))
    };
    let mut all = case(&format!("all {expected} {} are carried out", things(*name)), name.to_string(), whole);
    all.set_assertions(usize::try_from(*passed).unwrap_or(usize::MAX));
    suite.add_test_case(all);
    // What is not told of one by one is told of together.
    let untold = executed.saturating_sub(*passed).saturating_sub(failures.len() as u64);
    if untold > 0 {
        let status = stopped(NonSuccessKind::Failure, &format!("{untold} more did not pass"));
        suite.add_test_case(case("what is not named here", name.to_string(), status));
    }
    suite.add_test_cases(
        failures.iter().map(|text| case(text, name.to_string(), stopped(NonSuccessKind::Failure, text))),
    );
    suite
}

fn held(lane: &str, check: Check, count: Count) -> TestCase {
    let Count { expected, agreed: _, diverged, faulted, unbound: _, unsent: _ } = count;
    let status = if diverged > 0 {
        stopped(NonSuccessKind::Failure, &format!("{diverged} of {expected} diverge"))
    } else if faulted > 0 {
        stopped(NonSuccessKind::Error, &format!("{faulted} of {expected} broke"))
    } else if count.executed() != expected {
        stopped(NonSuccessKind::Error, &format!("{} of {expected} were made", count.executed()))
    } else {
        TestCaseStatus::success()
    };
    let mut held = case(&check.to_string(), lane.to_owned(), status);
    held.set_assertions(usize::try_from(count.executed()).unwrap_or(usize::MAX));
    held
}

fn finding(Repro { folder, case: _, first_verdict }: &Repro) -> TestCase {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let verdict = first_verdict.as_deref().unwrap_or("the folder has no verdict");
    case(&name, "findings".into(), stopped(NonSuccessKind::Failure, verdict))
}

fn case(name: &str, class: String, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    case
}

fn stopped(kind: NonSuccessKind, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message);
    status
}

fn things(part: PartName) -> &'static str {
    match part {
        PartName::Corpus | PartName::Campaign => "cases",
        PartName::Specification => "directives",
        PartName::Control => "planted bugs",
        PartName::Register => "tests of treatments",
    }
}
