//! The specification's official tests.

use super::super::progress::Progress;
use modal_harness::Panel;
use modal_harness::certificate::{Part, PartName};
use modal_harness::specification::{Report, count, examine};

pub(super) fn part(panel: &mut Panel) -> Part {
    let progress = Progress::of(count() as u64, "files");
    let report = examine(panel, |_| progress.advance(1));
    progress.finish();
    Part {
        name: PartName::Specification,
        expected: Report::EXPECTED,
        executed: report.executed(),
        passed: report.passed(),
        excluded: report.excluded(),
        failures: report.failures(),
    }
}
