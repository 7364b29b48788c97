//! What lies beside a certificate and is never part of it: times, JUnit XML, and the page for people.

use super::super::built;
use super::super::certification::write;
use super::super::html_report::PAGE;
use modal_harness::certificate::{Pace, Times, junit};
use modal_harness::generate::Kind;
use modal_harness::report::{Certification, TIMES, report};
use modal_harness::{Case, LaneSet};
use std::path::Path;
use std::sync::Arc;

/// The file that CI systems read.
const JUNIT: &str = "junit.xml";

/// Cases that lanes are timed on, and how often: what takes seconds, and tells two times from three.
const CASES: u64 = 64;
const PASSES: usize = 3;

/// What each lane takes over the first cases of a seed; nothing if one breaks on them, which is the campaign's to tell.
pub(super) fn paces(seed: u64, mut lanes: LaneSet) -> anyhow::Result<Vec<Pace>> {
    let kind = Kind::All(built::guest()?);
    let case = |index| Ok(Arc::new(kind.generate(seed, index)?.case));
    let cases = (0..CASES).map(case).collect::<anyhow::Result<Vec<Arc<Case>>>>()?;
    Ok(Pace::measure(&mut lanes, &cases, PASSES).unwrap_or_default())
}

/// Writes the times of a certification, and what is made of them and of the files that are in its folder.
pub(super) fn write_all(folder: &Path, times: &Times) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(times)?;
    text.push('\n');
    write(&folder.join(TIMES), text.as_bytes())?;
    let certification = Certification::read(folder)?;
    write(&folder.join(PAGE), report(&certification, folder)?.as_bytes())?;
    let findings = certification.findings.into_iter().map(|found| found.repro).collect::<Vec<_>>();
    write(&folder.join(JUNIT), junit(&certification.conformance, &findings)?.as_bytes())
}
