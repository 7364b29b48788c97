//! The specification's official tests pass on the default lanes.

use crate::common::{panel, with_room};
use modal_harness::specification::{Report, examine};

#[test]
fn the_official_tests_pass_on_every_lane() {
    let report = with_room(|| examine(&mut panel(), |_| {}));
    let failures = report.failures();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(report.passed(), Report::EXPECTED);
}
