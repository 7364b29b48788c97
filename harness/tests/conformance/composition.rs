//! Guests that call each other fill the one stack that they share, on every lane, without reaching the engine's own; and
//! they end alike under every limit that is at least their need, and under none below.

use crate::common::{node, with_room};
use modal_harness::oracle::Evidence;
use modal_harness::{Call, CallableModule, Case, LaneKind, LaneSet, Panel, Property, Relation, Run, Verdict, judge};
use std::sync::Arc;

/// A module that goes `levels` frames deep, or as deep as it can, before it calls the next.
fn module(next: &str, levels: i32, locals: usize) -> Vec<u8> {
    let locals = "i64 ".repeat(locals);
    let length = next.len();
    let text = format!(
        r#"(module
            (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "{next}")
            (func $down (param $levels i32) (result i32) (local {locals})
              (if (result i32) (local.get $levels)
                (then (call $down (i32.sub (local.get $levels) (i32.const 1))))
                (else (call $call (i32.const 0) (i32.const {length}) (i32.const 0) (i32.const 0) (i64.const -1)))))
            (func (export "run") (result i32)
              (call $down (i32.const {levels})))
            (func (export "alloc") (param i32) (result i32)
              (i32.const 64))
            (func (export "execute") (param i32 i32) (result i32)
              (drop (call $down (i32.const {levels})))
              (i32.const 64)))"#
    );
    wat::parse_str(text).expect("a module")
}

/// Nine modules, the last of which never stops by itself.
fn chain(levels: i32, locals: usize) -> Case {
    let name = |index: usize| format!("/{index}");
    let callee = |index: usize| {
        let levels = if index == 8 { -1 } else { levels };
        (name(index), CallableModule { bytes: module(&name(index + 1), levels, locals), gas: 50_000_000 })
    };
    let call = Call { export: "run".into(), args: Vec::new(), gas: 90_000_000 };
    Case {
        module: module(&name(1), levels, locals),
        modules: (1..=8).map(callee).collect(),
        // V8's tiers have frames of different sizes: later calls are hotter.
        runs: vec![Run::Exports { start_gas: 1_000, calls: vec![call; 20] }],
        ..Case::default()
    }
}

#[test]
fn nested_modules_fill_the_stack_on_every_lane() {
    with_room(|| {
        let kinds = LaneKind::all().collect::<Vec<_>>();
        let mut panel = Panel::new(LaneSet::open(&kinds, &node()).expect("every lane opens")).expect("the oracles");
        // Many small frames, and few large ones: eight modules of each leave room for some of the ninth's.
        for (levels, locals, filled) in [(300, 0, 65_500), (5, 1_100, 64_000), (0, 6_000, 58_000)] {
            let case = Arc::new(chain(levels, locals));
            let (evidence, verdict) = panel.hear(&[case]).pop().expect("an answer");
            assert_eq!(verdict, Verdict::Agree, "{levels} levels with {locals} locals");
            let seen = evidence.lanes[0].observation.as_ref().expect("it agrees");
            let mut called = seen.runs[0].steps[1].host_calls.first();
            let mut deepest = 0;
            while let Some(call) = called.and_then(|call| call.called.as_ref()) {
                deepest += 1;
                called = call.host_calls.first();
            }
            assert_eq!(deepest, 8, "{levels} levels with {locals} locals");
            let high_water = seen.runs[0].steps[1].stack_high_water;
            assert!(high_water >= filled, "{high_water} words with {levels} levels and {locals} locals");
        }
    });
}

/// A module that calls another, which calls a third, which does something for a while.
fn nested() -> Case {
    let calling = |next: &str| {
        let length = next.len();
        wat::parse_str(format!(
            r#"(module
                (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
                (memory (export "memory") 1)
                (data (i32.const 0) "{next}")
                (func $next (export "run") (result i32)
                  (call $call (i32.const 0) (i32.const {length}) (i32.const 0) (i32.const 0) (i64.const -1)))
                (func (export "alloc") (param i32) (result i32)
                  (i32.const 64))
                (func (export "execute") (param i32 i32) (result i32)
                  (drop (call $next))
                  (i32.const 64)))"#
        ))
    };
    let busy = wat::parse_str(
        r#"(module
            (memory (export "memory") 1)
            (func (export "alloc") (param i32) (result i32)
              (i32.const 64))
            (func (export "execute") (param i32 i32) (result i32) (local $i i32)
              (loop $again
                (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 900))))
              (i32.const 64)))"#,
    );
    let callable =
        |bytes: Result<Vec<u8>, wat::Error>| CallableModule { bytes: bytes.expect("a module"), gas: 50_000_000 };
    let call = Call { export: "run".into(), args: Vec::new(), gas: 1_000_000 };
    Case {
        module: calling("/middle").expect("a module"),
        modules: [("/middle".into(), callable(calling("/busy"))), ("/busy".into(), callable(busy))].into(),
        runs: vec![Run::Exports { start_gas: 1_000, calls: vec![call] }],
        ..Case::default()
    }
}

fn hear(panel: &mut Panel, case: &Case) -> (Evidence, Verdict) {
    panel.hear(&[Arc::new(case.clone())]).pop().expect("an answer")
}

#[test]
fn a_run_ends_alike_under_every_limit_from_its_need_on() {
    with_room(|| {
        let kinds = LaneKind::all().collect::<Vec<_>>();
        let mut panel = Panel::new(LaneSet::open(&kinds, &node()).expect("every lane opens")).expect("the oracles");
        let mut case = nested();
        let (evidence, verdict) = hear(&mut panel, &case);
        assert_eq!(verdict, Verdict::Agree);
        let used = evidence.reference.observation.expect("it agrees").runs[0].steps[1].gas_used;

        for limit in used - 20..used + 500 {
            case.relations.push(Relation::Limit { of: 0, run: case.runs.len() });
            case.runs.push(case.runs[0].with_last_limit(limit));
        }
        let (evidence, verdict) = hear(&mut panel, &case);
        assert_eq!(verdict, Verdict::Agree);
        let seen = evidence.reference.observation.as_ref().expect("it agrees");
        let alike = |run: usize| {
            seen.runs[run].steps[1].outcome == seen.runs[0].steps[1].outcome && seen.runs[run].steps[1].gas_used == used
        };
        let first = (1..case.runs.len()).find(|&run| alike(run)).expect("some limit is enough");
        let need = case.runs[first].last_limit();
        assert!(need > used + 100, "two kept parts of some 10,000 gas, not {need} for {used}");

        // All lanes and the reference say that one gas less was enough, or that the need was not.
        for (run, like) in [(first - 1, 0), (first, first - 1)] {
            let mut lying = evidence.clone();
            for witness in lying.lanes.iter_mut().chain([&mut lying.reference]) {
                let observation = witness.observation.as_mut().expect("it agrees");
                observation.runs[run] = observation.runs[like].clone();
                let step = &mut observation.runs[run].steps[1];
                step.gas_left = case.runs[run].last_limit() - step.gas_used;
            }
            let Verdict::Diverge(divergence) = judge(&case, &lying) else {
                panic!("run {run} like {like} is accepted")
            };
            assert_eq!(divergence.bucket.property, Property::Limit, "run {run} like {like}");
        }
    });
}
