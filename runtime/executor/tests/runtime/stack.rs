//! The stack: weighed by the meter, and never the native one's business.

use crate::support::{ENGINES, completed, meter, started, trapped};
use modal_wasm_meter::{Meter, Profile, Schedule};
use modal_wasm_runtime::{GasLimit, Outcome, Trap, Value};
use std::thread;

/// Calls `f(depth)` on a thread with a stack of this size.
fn check(wat: &str, stack: usize, depth: u32, expect: &Outcome, high_water: u32) {
    let metered = &meter(wat);
    for engine in ENGINES {
        let run = || {
            let mut instance = started(engine, metered);
            instance.begin(GasLimit::default());
            let outcome = instance.invoke("f", &[Value::I32(depth)]);
            (outcome, instance.stack_high_water())
        };
        let found = thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(stack).spawn_scoped(scope, run);
            thread.expect("a thread can be made").join().expect("the thread does not panic")
        });
        assert_eq!(found, (Ok(expect.clone()), high_water), "{engine}, {stack} bytes: {wat}");
    }
}

#[test]
fn the_limit_is_met_before_any_native_one() {
    // A frame weighs 16, one parameter, and operands to a height of two.
    let sum = "(module (func $f (export \"f\") (param i32) (result i32)
        (if (result i32) (local.get 0)
            (then (i32.add (local.get 0) (call $f (i32.sub (local.get 0) (i32.const 1)))))
            (else (i32.const 0)))))";
    for stack in [256 << 10, 2 << 20, 64 << 20] {
        check(sum, stack, 0, &completed("i32:0"), 20);
        check(sum, stack, 100, &completed("i32:5050"), 101 * 20);
        check(sum, stack, 3275, &completed("i32:5364450"), 3276 * 20);
        check(sum, stack, 3276, &trapped(Trap::CallStackExhausted), 3276 * 20);
        check(sum, stack, u32::MAX, &trapped(Trap::CallStackExhausted), 3276 * 20);
    }
}

#[test]
fn wide_frames_are_weighed() {
    let locals = "i64 ".repeat(1000);
    let gets: String =
        (1..=1000).map(|local| format!("(local.set {local} (i64.extend_i32_u (local.get 0)))")).collect();
    let adds: String = (1..=1000).map(|local| format!("(local.get {local}) (i64.add)")).collect();
    // Every local is alive across the call, so that no compiler can leave them out of the frame.
    let wide = format!(
        "(module (func $f (export \"f\") (param i32) (result i64) (local {locals}) {gets}
            (if (result i64) (local.get 0)
                (then (call $f (i32.sub (local.get 0) (i32.const 1)))) (else (i64.const 0)))
            {adds}))"
    );
    let frame = 16 + 1 + 1000 + 2;
    check(&wide, 1 << 20, 63, &completed("i64:2016000"), 64 * frame);
    check(&wide, 1 << 20, 64, &trapped(Trap::CallStackExhausted), 64 * frame);
}

#[test]
fn the_limit_is_the_one_of_the_schedule_that_was_metered_in() {
    let mut schedule = Schedule::instr_1();
    let call = wat::parse_str("(module (func $f) (func (export \"f\") (param i32) (call $f)))").expect("well formed");
    // Together the frames weigh 17 and 16.
    for (limit_words, expect, high_water) in [
        (33, completed(""), 33),
        (32, trapped(Trap::CallStackExhausted), 17),
        (16, trapped(Trap::CallStackExhausted), 0),
    ] {
        schedule.stack.limit_words = limit_words;
        let metered = Meter::new(Profile::modal_1(), schedule.clone()).meter(&call).expect("in the profile");
        for engine in ENGINES {
            let mut instance = started(engine, &metered);
            instance.begin(GasLimit::default());
            assert_eq!(instance.invoke("f", &[Value::I32(0)]), Ok(expect.clone()), "{engine}: {limit_words}");
            assert_eq!(instance.stack_high_water(), high_water, "{engine}: {limit_words}");
        }
    }
}
