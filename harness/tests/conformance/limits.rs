//! Every limit of the profile on every lane: a module at the limit is taken and started, one past it is refused in the
//! same words.

/// The modules are the meter's own tests'.
#[path = "../../../runtime/meter/tests/limits/module.rs"]
mod module;

use self::module::module;
use crate::common::{panel, with_room};
use modal_harness::observation::{ModuleObservation, Outcome, TrapKind};
use modal_harness::{Call, Case, Panel, Run, Verdict};
use modal_wasm_meter::{Limit, Limits, RejectionKind};
use std::sync::Arc;

/// Has all lanes hear a module and returns what all of them saw.
fn hear(panel: &mut Panel, limit: Limit, count: u32) -> modal_harness::Observation {
    let run = Run::Exports { start_gas: 100_000_000, calls: Vec::new() };
    let case = Case::new(module(limit, count), vec![run]);
    let (evidence, verdict) = panel.hear(&[Arc::new(case)]).pop().expect("an answer");
    assert_eq!(verdict, Verdict::Agree, "{limit:?}: {count}");
    let first = evidence.lanes.into_iter().next().expect("a lane");
    first.observation.expect("lanes that agree have observations")
}

#[test]
fn modules_at_a_limit_run_and_modules_past_it_are_refused() {
    with_room(|| {
        let mut panel = panel();
        for &limit in Limit::ALL {
            // The size of metered bytes cannot be chosen; the meter's tests move these limits instead.
            if matches!(limit, Limit::MeteredBytes | Limit::MeteredBodyBytes) {
                continue;
            }
            let max = Limits::modal_1().get(limit);
            let seen = hear(&mut panel, limit, max);
            assert_eq!(seen.runs[0].steps[0].outcome, Outcome::Completed(Vec::new()), "{limit:?}: {max}");
            let ModuleObservation::Rejected { kind, message } = hear(&mut panel, limit, max + 1).module else {
                panic!("{limit:?}: {} were accepted", max + 1);
            };
            assert_eq!(kind, RejectionKind::Limit.name(), "{limit:?}: {message}");
            assert!(message.contains(limit.what()), "{limit:?}: {message}");
        }
    });
}

/// Recursion without an end, in frames of every adversarial shape: the meter's limit comes before every engine's own.
#[test]
fn the_stack_ends_by_the_rules_whatever_a_frame_is_made_of() {
    let constants = (0..2_048).map(|i| format!("(drop (i32.const {i}))")).collect::<String>();
    let operands = |n: usize| ("(i64.const 1)".repeat(n), "drop ".repeat(n));
    let (push, pop) = operands(4_096);
    let (arguments, _) = operands(255);
    let shapes = [
        ("nothing", "(func $f (export \"f\") (call $f))".to_owned()),
        ("10,000 locals", format!("(func $f (export \"f\") (local{}) (call $f))", " i64".repeat(10_000))),
        ("4,096 operands", format!("(func $f (export \"f\") {push} (call $f) {pop})")),
        ("2,048 constants", format!("(func $f (export \"f\") {constants} (call $f))")),
        (
            "255 parameters and 64 results",
            format!(
                "(func $g (param{}) (result{}) {arguments} (call $g))
                 (func (export \"f\") {arguments} (call $g) {})",
                " i64".repeat(255),
                " i64".repeat(64),
                "drop ".repeat(64)
            ),
        ),
        (
            "mutual and indirect calls",
            "(table funcref (elem $f $g)) (type $t (func))
             (func $f (export \"f\") (call_indirect (type $t) (i32.const 1)))
             (func $g (local f64 f64) (call $f))"
                .to_owned(),
        ),
    ];
    with_room(|| {
        let mut panel = panel();
        for (shape, text) in &shapes {
            let module = wat::parse_str(format!("(module {text})")).expect("the module is well-formed text");
            let call = Call { export: "f".into(), args: Vec::new(), gas: 100_000_000 };
            // Engines compile a function better when it is called often: the second and third call find other code.
            let run = Run::Exports { start_gas: 1_000, calls: vec![call.clone(), call.clone(), call] };
            let case = Arc::new(Case::new(module, vec![run]));
            let (evidence, verdict) = panel.hear(&[case]).pop().expect("an answer");
            assert_eq!(verdict, Verdict::Agree, "{shape}");
            let seen = evidence.reference.observation.expect("lanes that agree have observations");
            for step in &seen.runs[0].steps[1..] {
                assert_eq!(step.outcome, Outcome::Trapped(TrapKind::CallStackExhausted), "{shape}");
            }
        }
    });
}
