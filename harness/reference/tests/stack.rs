//! The rules of the stack: what a frame weighs, and when there is room for it.

mod common;

use common::{Log, instance, module, started};
use modal_wasm_reference::{Outcome, Trap, Value};

/// Function 0 of the module weighs 16 words and these.
fn check_frame(function: &str, words: u32) {
    let module =
        module(&format!("(memory 1) (table 1 funcref) (type $t (func (param i32) (result i32 i32))) {function}"));
    assert_eq!(module.frame_words(0), Some(16 + words), "{function}");
}

#[test]
fn a_frame_weighs_its_parameters_locals_and_operands() {
    for (function, words) in [
        ("(func)", 0),
        ("(func (param i32 i64) (local f32 f64 funcref))", 5),
        ("(func (drop (i32.const 1)))", 1),
        ("(func (drop (i32.add (i32.const 1) (i32.const 2))))", 2),
        // Operands are popped before results are pushed.
        ("(func (result i64) (i64.extend_i32_u (i32.const 1)))", 1),
        ("(func (drop (memory.grow (memory.size))))", 1),
        ("(func (param i32) (drop (drop (call_indirect (type $t) (i32.const 0) (i32.const 0)))))", 1 + 2),
        ("(func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))", 3),
        // The highest of several.
        (
            "(func (drop (i32.const 1)) (drop (select (i32.const 1) (i32.const 2) (i32.const 3))) (drop (i32.const 1)))",
            3,
        ),
        // Blocks begin at the height that they find, and an arm does not see the other's operands.
        ("(func (i32.const 1) (block (drop (i32.const 2))) drop)", 2),
        ("(func (if (i32.const 1) (then (drop (i32.const 2))) (else (i32.const 3) (i32.const 4) drop drop)))", 2),
        ("(func (i32.const 1) (if (param i32) (i32.const 0) (then drop) (else drop)))", 2),
        // A conditional branch leaves what it would take along.
        ("(func (result i32) (block (result i32) (i32.const 1) (br_if 0 (i32.const 2)) (i32.const 3) drop))", 2),
        // Code that cannot be reached does not count, not even for its results.
        ("(func (return) (i32.const 1) (i32.const 2) drop drop)", 0),
        ("(func unreachable (block (i32.const 1) (i32.const 2) drop drop))", 0),
        ("(func (block (br 0) (i32.const 1) drop) (i32.const 1) drop)", 1),
        ("(func (result i32 i32) unreachable)", 0),
        ("(func (drop (drop (block (result i32 i32) unreachable))))", 2),
        ("(func (drop (if (result i32) (i32.const 0) (then (unreachable)) (else (unreachable)))))", 1),
        ("(func (loop (br 0)) (drop (i32.const 1)))", 1),
    ] {
        check_frame(function, words);
    }
}

#[test]
fn functions_of_the_host_weigh_nothing() {
    let module = module(r#"(import "env" "log" (func (param i32))) (func)"#);
    assert_eq!([module.frame_words(0), module.frame_words(1), module.frame_words(2)], [None, Some(16), None]);
}

/// A recursion to a depth: each frame weighs 16, the parameter, `extra` locals and two operands.
fn recursion(extra: u32) -> String {
    let locals = "i64 ".repeat(extra as usize);
    format!(
        r#"(func $f (export "f") (param i32) (local {locals})
            (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))))))"#
    )
}

#[test]
fn the_stack_is_exhausted_exactly_past_its_limit() {
    // 45 locals make a frame of 64 words, of which 1024 are exactly the limit of 65,536; 46 make it one too many.
    for (extra, frames, words) in [(45, 1024, 64), (46, 1008, 65), (0, 3449, 19), (50_000 - 1, 1, 50_018)] {
        let module = module(&recursion(extra));
        assert_eq!(module.frame_words(0), Some(words));
        let mut instance = started(&module);
        for (depth, expected, high_water) in [
            (frames, Outcome::Returned(Vec::new()), frames * words),
            (frames + 1, Outcome::Trapped(Trap::CallStackExhausted), frames * words),
            // A trap leaves no frames behind.
            (1, Outcome::Returned(Vec::new()), words),
        ] {
            instance.begin(1_000_000);
            let outcome = instance.invoke("f", &[Value::I32(depth - 1)], &mut Log::default());
            assert_eq!(outcome, Ok(expected.clone()), "{extra} locals, {depth} frames");
            assert_eq!(instance.stack_high_water(), high_water, "{extra} locals, {depth} frames");
            // Each frame but the last costs 6 and the entry, the last 2 and the entry.
            let gas = if expected == Outcome::Returned(Vec::new()) { 7 * u64::from(depth) - 4 } else { 1_000_000 };
            assert_eq!(instance.gas_used(), gas, "{extra} locals, {depth} frames");
        }
    }
}

/// The call is charged and checked before the stack, and the stack before the entry is charged.
#[test]
fn the_stack_is_checked_after_the_gas_of_the_call() {
    let frames = 1024;
    let total = 7 * frames;
    for (limit, trap) in
        [(total - 1, Trap::OutOfGas), (total, Trap::CallStackExhausted), (total + 1, Trap::CallStackExhausted)]
    {
        let mut instance = instance(&recursion(45));
        instance.begin(limit);
        let outcome = instance.invoke("f", &[Value::I32(5_000)], &mut Log::default());
        assert_eq!(outcome, Ok(Outcome::Trapped(trap)), "limit {limit}");
    }
}

#[test]
fn every_way_out_of_a_function_gives_its_words_back() {
    for leave in
        ["", "return", "(br 0)", "(br_if 0 (i32.const 1))", "(block (br_table 1 0 (i32.const 0)))", "(loop (br 1))"]
    {
        let mut instance = started(&module(&format!(
            r#"(func $g (local i64 i64) {leave}) (func (export "f") (call $g) (call $g) (call $g))"#
        )));
        instance.begin(1_000);
        assert_eq!(instance.invoke("f", &[], &mut Log::default()), Ok(Outcome::Returned(Vec::new())), "{leave}");
        let operands = u32::from(leave.contains("i32.const"));
        assert_eq!(instance.stack_high_water(), 16 + 16 + 2 + operands, "{leave}");
    }
}

#[test]
fn the_high_water_is_that_of_a_budget() {
    let mut instance = instance(&recursion(0));
    for (depth, words) in [(10, 190), (3, 57)] {
        instance.begin(1_000);
        assert_eq!(instance.stack_high_water(), 0);
        let outcome = instance.invoke("f", &[Value::I32(depth - 1)], &mut Log::default());
        assert_eq!((outcome, instance.stack_high_water()), (Ok(Outcome::Returned(Vec::new())), words));
    }
}
