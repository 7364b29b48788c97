//! What the generators make is admitted, completes as a rule, and is the same each time.

use crate::common::with_room;
use modal_harness::generate::{Kind, Source};
use modal_harness::{Lane as _, ReferenceLane, Run};
use modal_wasm_meter::Meter;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Cases, completed cases and steps of a generator.
#[derive(Debug, Default)]
struct Made {
    cases: u64,
    completed: u64,
    /// The most steps of a run.
    longest: usize,
}

fn campaign(cases: u64) -> BTreeMap<Source, Made> {
    let mut by_source: BTreeMap<Source, Made> = BTreeMap::new();
    let mut reference = ReferenceLane::default();
    let meter = Meter::default();
    for index in 0..cases {
        let generated = Kind::Modules.generate(12, index).expect("a case");
        assert_eq!(generated.case, Kind::Modules.generate(12, index).expect("a case").case, "case {index}");
        let case = Arc::new(generated.case);
        if let Err(rejection) = meter.meter(&case.module) {
            panic!("case {index}, {}: {rejection}", generated.source);
        }
        let seen = reference.observe(&case).expect("an observation");
        let made = by_source.entry(generated.source).or_default();
        made.cases += 1;
        let mut steps = seen.runs.iter().flat_map(|run| &run.steps);
        made.completed += u64::from(steps.all(|step| step.outcome.completed()));
        made.longest = made.longest.max(case.runs.iter().map(Run::steps).max().unwrap_or_default());
    }
    by_source
}

#[test]
fn cases_are_admitted_and_complete_as_a_rule() {
    let made = with_room(|| campaign(1_600));
    let all = made.values().map(|made| made.cases).sum::<u64>();
    let completed = made.values().map(|made| made.completed).sum::<u64>();
    assert!(completed * 2 > all, "{completed} of {all} complete: {made:?}");
    let check = |source, least_cases: u64, percent: u64| {
        let made = &made[&source];
        assert!(made.cases >= least_cases && made.completed * 100 >= made.cases * percent, "{source}: {made:?}");
    };
    check(Source::Contract, 400, 60);
    check(Source::Operators, 200, 40);
    check(Source::Mutant, 100, 60);
    check(Source::Composition, 200, 0);
    check(Source::Smith, 150, 0);
    check(Source::SmithCalm, 150, 0);
    // Long sequences, and calls that are made until an engine compiles them again.
    assert!(made[&Source::Contract].longest > 400, "{made:?}");
}
