//! Mutants of the corpus's modules come to what the modules do, on every lane, and one that does not is told.

use crate::common::{panel, project, with_room};
use modal_harness::corpus::{CorpusCase, files};
use modal_harness::generate::mutant;
use modal_harness::{
    Call, Case, EngineLane, LaneSet, MutantSummary, Panel, Parent, Property, Relation, Run, Seed, Summary, Tally,
    Verdict,
};
use modal_wasm_runtime::EngineConfig;
use std::sync::Arc;

#[test]
fn mutants_of_the_corpus_come_to_what_its_modules_do() {
    let folders = ["corpus/cases", "corpus/examples"].map(|folder| files(&project().join(folder)).expect("the cases"));
    let paths = folders.concat();
    let cases = paths.iter().map(|path| CorpusCase::read(path).expect("a case").case);
    let mutants = (0..).zip(cases).filter_map(|(index, case)| mutant(Seed(index), case)).map(Arc::new);
    let mutants = mutants.collect::<Vec<_>>();
    assert!(mutants.len() >= 100, "{} mutants", mutants.len());
    let heard = with_room(|| panel().hear(&mutants));
    for (case, (_, verdict)) in mutants.iter().zip(heard) {
        let text = wasmprinter::print_bytes(&case.module).expect("a module's text");
        assert_eq!(verdict, Verdict::Agree, "{text}");
    }
}

/// Judges a module as a mutant of another.
fn check(parent: &str, mutant: &str, gas: u64, differs_in: Option<&str>) {
    let module = |body: &str| {
        wat::parse_str(format!(
            "(module (memory 1) (global (mut i32) (i32.const 1)) (func (export \"f\") (result i32) {body}))"
        ))
        .expect("a module")
    };
    let call = Call { export: "f".into(), args: Vec::new(), gas };
    let runs = vec![Run::Exports { start_gas: 10, calls: vec![call] }];
    let parent = Some(Parent { bytes: module(parent) });
    let case = Arc::new(Case { parent, ..Case::new(module(mutant), runs) });
    let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
    let (_, verdict) = with_room(|| Panel::new(lanes).expect("the oracles").hear(&[case]).pop().expect("an answer"));
    match (verdict, differs_in) {
        (Verdict::Agree, None) => {}
        (Verdict::Diverge(divergence), Some(place)) => {
            assert_eq!((divergence.bucket.property, divergence.place.as_str()), (Property::Mutation, place));
        }
        (verdict, _) => panic!("{mutant}: {verdict}, not {differs_in:?}"),
    }
}

#[test]
fn what_a_mutant_means_otherwise_is_told() {
    let two = "i32.const 2";
    check(two, "i32.const 1 i32.const 1 i32.add", 100, None);
    check(two, "i32.const 3", 100, Some("runs[0].steps[1].outcome.completed[0]"));
    check(two, "unreachable", 100, Some("runs[0].steps[1].outcome"));
    check(two, "i32.const 0 i32.const 7 i32.store i32.const 2", 100, Some("runs[0].steps[1].state.memory.sha256"));
    check(two, "i32.const 7 global.set 0 i32.const 2", 100, Some("runs[0].steps[1].state.globals[0]"));
    // What ends for want of gas says nothing of the other.
    check(two, "i32.const 1 i32.const 1 i32.add", 2, None);
}

#[test]
fn a_run_whose_mutants_are_hardly_compared_is_incomplete() {
    let check = |steps, set_apart, gap: Option<&str>| {
        let mutants = MutantSummary { cases: 60, steps, set_apart };
        let gaps = Summary { mutants, ..Summary::default() }.gaps(0);
        let of_mutants = gaps.iter().filter(|gap| gap.contains("mutants")).map(String::as_str).next();
        assert_eq!(of_mutants, gap);
    };
    check(90, 10, None);
    check(10, 90, Some("10 % of steps of mutants compared, 75 % are demanded"));
}

/// A case whose module could not be rewritten counts as one of its source all the same.
#[test]
fn a_run_whose_mutants_are_none_is_incomplete() {
    let check = |cases, due, gap: Option<&str>| {
        let mutants = MutantSummary { cases, steps: cases * 9, set_apart: 0 };
        let sources = Tally([("mutant".to_owned(), due)].into());
        let gaps = Summary { mutants, sources, ..Summary::default() }.gaps(0);
        let of_mutants = gaps.iter().filter(|gap| gap.contains("mutants")).map(String::as_str).next();
        assert_eq!(of_mutants, gap);
    };
    check(60, 60, None);
    check(30, 60, None);
    check(29, 60, Some("29 of 60 mutants have parents, 50 % are demanded"));
    check(0, 50, Some("0 of 50 mutants have parents, 50 % are demanded"));
    // So few say nothing.
    check(0, 49, None);
}

#[test]
fn mutants_keep_what_a_case_has_beside_its_module() {
    let module = wat::parse_str("(module (func (export \"f\") (result i32) i32.const 5 i32.const 6 i32.mul))");
    let call = Call { export: "f".into(), args: Vec::new(), gas: 50 };
    let runs = vec![Run::Exports { start_gas: 10, calls: vec![call] }; 2];
    let relations = vec![Relation::Repeat { of: 0, run: 1 }];
    let case = Case { relations, ..Case::new(module.expect("a module"), runs) };
    let made = (0..20).find_map(|seed| mutant(Seed(seed), case.clone())).expect("a mutant");
    assert_eq!((&made.runs, &made.relations), (&case.runs, &case.relations));
    assert_eq!(made.parent, Some(Parent { bytes: case.module }));
}
