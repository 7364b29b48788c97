//! A campaign of some thousand cases executes every operator that is due, and a run that does not says which it lacks.

use modal_harness::coverage::{Coverage, due};
use modal_harness::generate::{Kind, Source};
use modal_harness::{Call, Case, Run};
use std::collections::BTreeSet;

/// The coverage of a campaign's first cases, without those that `left_out` says.
fn campaign(cases: u64, left_out: impl Fn(Source) -> bool) -> Coverage {
    let mut coverage = Coverage::default();
    for index in 0..cases {
        let generated = Kind::Modules.generate(1, index).expect("a case");
        if generated.source != Source::Composition && !left_out(generated.source) {
            coverage.record(&generated.case);
        }
    }
    coverage
}

#[test]
fn a_campaign_of_enough_cases_has_no_holes() {
    // Call graphs do not count, so that a run counts enough cases some time after it has made as many.
    let coverage = campaign(Coverage::ENOUGH, |_| false);
    let holes = coverage.holes().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(holes, Vec::<String>::new());
    assert_eq!(coverage.reached_due(), due().len());
}

#[test]
fn without_the_single_operators_a_campaign_is_incomplete() {
    let mut coverage = Coverage::default();
    let some = campaign(200, |source| source == Source::Operators);
    assert_eq!(some.gaps(), None, "few cases say nothing");
    while coverage.cases() < Coverage::ENOUGH_FOR_OPERATORS {
        coverage.add(&some);
    }
    assert_eq!(coverage.gaps(), None, "other cases have all operators");
    while coverage.cases() < Coverage::ENOUGH {
        coverage.add(&some);
    }
    let gaps = coverage.gaps().expect("holes");
    assert!(gaps.contains("never executed"), "{gaps}");
    let first = coverage.holes().next().expect("a hole").to_string();
    assert!(gaps.contains(&first), "{gaps} does not name {first}");
}

#[test]
fn an_operator_that_no_case_executes_makes_a_run_of_a_thousand_incomplete() {
    let module = "(module (func (export \"f\") (result i32) i32.const 1 i32.const 2 i32.add))";
    let run = Run::Exports { start_gas: 10, calls: vec![Call { export: "f".into(), args: Vec::new(), gas: 10 }] };
    let case = Case::new(wat::parse_str(module).expect("a module"), vec![run]);
    let mut coverage = Coverage::default();
    for _ in 0..Coverage::ENOUGH_FOR_OPERATORS {
        assert_eq!(coverage.gaps(), None);
        coverage.record(&case);
    }
    let overdue = coverage.overdue().iter().map(|cell| cell.operator).collect::<BTreeSet<_>>();
    assert!(overdue.contains("I32Sub") && !overdue.contains("I32Add") && !overdue.contains("I32Const"), "{overdue:?}");
    assert!(coverage.gaps().is_some_and(|gaps| gaps.contains("never executed")));
}

#[test]
fn every_operator_of_the_profile_with_operands_or_results_is_due() {
    let operators = due().iter().map(|cell| cell.operator).collect::<BTreeSet<_>>();
    assert!(operators.len() > 175, "{} operators", operators.len());
    for some in ["I32Add", "I64TruncSatF64U", "I32Extend8S", "MemoryFill", "TableGrow", "RefIsNull", "BrTable"] {
        assert!(operators.contains(some), "{some}");
    }
    for other in ["V128Load", "I32AtomicLoad", "ReturnCall", "StructNew", "TypedSelectMulti"] {
        assert!(!operators.contains(other), "{other}");
    }
}
