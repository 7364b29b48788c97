//! What passes rely on: taking apart and putting together changes nothing.

use super::Reducer;
use super::sketch::Sketch;
use super::subject::{Place, Subject};
use super::weight::Weight;
use crate::generate::{generate, mutant};
use crate::{Case, Lane as _, ReferenceLane, Seed};
use modal_wasm_meter::Meter;
use std::sync::Arc;

fn cases() -> impl Iterator<Item = Case> {
    (0..200).map(|index| generate(Seed::of_case(5, index)).expect("a case").case)
}

#[test]
fn what_is_put_together_again_does_the_same() {
    let mut reference = ReferenceLane::default();
    for case in cases() {
        let sketch = Sketch::decode(&case.module).expect("a module of the profile");
        let module = sketch.encode().expect("nothing was left out");
        let again = Case { module, ..case.clone() };
        assert_eq!(reference.observe(&Arc::new(again.clone())), reference.observe(&Arc::new(case.clone())));
        assert_eq!(Weight::of(&again, None), Weight::of(&case, None));
        let twice = Sketch::decode(&again.module).and_then(|sketch| sketch.encode());
        assert_eq!(twice, Some(again.module));
    }
}

#[test]
fn what_is_out_of_use_goes_and_nothing_else() {
    let mut reference = ReferenceLane::default();
    for case in cases() {
        let mut sketch = Sketch::decode(&case.module).expect("a module of the profile");
        sketch.retain_used();
        let module = sketch.encode().expect("what is in use names only what is in use");
        if let Err(rejection) = Meter::default().meter(&module) {
            let text = |module: &[u8]| wasmprinter::print_bytes(module).unwrap_or_default();
            panic!("no module of the profile is left: {rejection}\n{}\n{}", text(&case.module), text(&module));
        }
        let outcomes = |case: Case| {
            let seen = reference.observe(&Arc::new(case)).expect("an observation");
            seen.runs.into_iter().flat_map(|run| run.steps).map(|step| step.outcome.completed()).collect::<Vec<_>>()
        };
        let mut outcomes = outcomes;
        // Gas for segments that went is saved, so that a call may complete now; none that completed stops.
        let (before, after) = (outcomes(case.clone()), outcomes(Case { module, ..case }));
        assert!(before.iter().zip(&after).all(|(before, after)| !before || *after), "{before:?} {after:?}");
    }
}

#[test]
fn types_are_known_at_each_operator_of_a_valid_module() {
    for case in cases() {
        let subject = Subject::of(&case, Place::Own);
        let functions = subject.sketch.as_ref().map_or(0, |sketch| sketch.functions.len());
        assert_eq!(subject.bodies().count(), functions);
        for (_, function, flow) in subject.bodies() {
            assert_eq!(flow.operands(0), Some(&[][..]), "a body begins with no operands");
            let last = function.body.len() - 1;
            assert_eq!((flow.depth(0), flow.depth(last)), (1, 1), "and ends in no block but its own");
            assert!(flow.is_balanced(function, 0, last));
        }
    }
}

#[test]
fn a_mutant_loses_a_parent_that_does_not_matter_and_stays_what_it_is_otherwise() {
    let made = Arc::new(cases().find_map(|case| mutant(Seed(1), case)).expect("a mutant"));
    let check = |keep: fn(&Arc<Case>) -> bool, parent: bool| {
        let reduced = Reducer::default().run(&made, keep).expect("it is wanted").case;
        assert_eq!((reduced.parent.is_some(), reduced.module == made.module), (parent, parent));
    };
    check(|_| true, false);
    // Without its module, what the parent comes to says nothing.
    check(|case| case.parent.is_some(), true);
}
