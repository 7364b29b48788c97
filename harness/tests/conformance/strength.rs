//! How strong the harness is, in little: some of the bugs that `cargo conform score` plants, and a judge that overlooks no
//! field.

use crate::common::{panel, with_room};
use crate::score::bug::{Bug, Class};
use crate::score::campaign::{Plan, Score, Watch, run};
use crate::score::catalogue::bugs;
use crate::score::hunt::{Kill, Killer};
use crate::score::tamper::one_observer;
use modal_harness::generate::generate;
use modal_harness::{Seed, Verdict, judge};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bugs that a few cases give away, of every sort of plant.
const QUICK: &[&str] = &[
    "i32.xor costs nothing",
    "element segments cost nothing",
    "loops are not checked",
    "the gas is compared unsigned",
    "bulk operators cost nothing by their length",
    "every eight bytes cost one",
    "frames are never given back",
    "a frame weighs a word less",
    "no NaN is made canonical",
    "charges nothing for a call",
    "charges nothing for what a module used",
    "i32.shr_s by a constant shifts zeros in",
    "i64.shl counts modulo 32",
    "i32.store8 stores 16 bits",
    "f64.store in a loop is one byte off",
    "br carries the surplus operand below its value",
    "forgets the high-water",
    "leaves out the globals",
    "a memory's digest ends with the first page",
    "does not look at results",
    "does not look at gas",
    "bindings that count a unit of gas too much",
    "a guest that finds everything valid",
    "a module's gas limit changes",
    "an invocation ends otherwise",
];

struct Quiet;

impl Watch for Quiet {
    fn done(&self, _: u64, _: usize) {}
}

#[test]
fn planted_bugs_are_noticed_in_a_few_cases_and_sound_lanes_are_not_blamed() {
    let quick = bugs().into_iter().filter(|bug| QUICK.contains(&bug.name)).collect::<Vec<_>>();
    assert_eq!(quick.len(), QUICK.len(), "a bug has another name");
    let Score { results, sound_cases, false_alarms } = run(Plan { seed: 1, cases: 64, jobs: 1, bugs: quick }, &Quiet);
    assert_eq!(false_alarms, Vec::<String>::new());
    let mut left = Vec::new();
    for bug in &results {
        assert!(bug.cases <= sound_cases, "{}: the sound lanes ran {sound_cases} cases", bug.name);
        match &bug.kill {
            Some(Kill { by: Killer::Generated, notice }) => {
                println!("{}: {}: {} cases, {:.1} s: {notice:.120}", bug.class, bug.name, bug.cases, bug.seconds);
            }
            Some(Kill { by: Killer::Corpus, .. }) | None => {
                left.push(format!("{}, met in {} of {} cases, run in {:?}", bug.name, bug.met, bug.cases, bug.ran));
            }
        }
    }
    assert!(left.is_empty(), "not noticed: {left:#?}");
}

#[test]
fn every_class_has_bugs() {
    let bugs = bugs();
    assert!(bugs.len() >= 300, "{} bugs are left", bugs.len());
    for &class in Class::ALL {
        let names = bugs.iter().filter(|bug| bug.class == class).map(|bug: &Bug| bug.name).collect::<BTreeSet<_>>();
        assert!(names.len() >= 3, "{class}: {names:?}");
    }
}

/// Whatever field of an observation a lane has otherwise than the others, the judge does not agree.
#[test]
fn no_field_of_an_observation_may_differ_unnoticed() {
    let (tampered, overlooked) = with_room(|| {
        let mut panel = panel();
        let (mut tampered, mut overlooked) = (BTreeSet::new(), Vec::new());
        for index in 0..24 {
            let seed = Seed::of_case(5, index);
            let case = Arc::new(panel.expand(generate(seed).expect("a case").case, seed));
            let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("an answer");
            assert_eq!(verdict, Verdict::Agree, "case {index}");
            for tampering in one_observer(&evidence) {
                if judge(&case, &tampering.evidence) == Verdict::Agree {
                    overlooked.push(format!("case {index}: {}", tampering.what));
                }
                tampered.insert(tampering.what);
            }
        }
        (tampered, overlooked)
    });
    assert!(overlooked.is_empty(), "{overlooked:#?}");
    assert!(tampered.len() >= 25, "few fields were tampered with: {tampered:#?}");
}
