//! The rules of gas, by modules small enough to be counted by hand.
//!
//! Every module exports `f`. In the sums, the entry of `f` comes first, and the other terms are the operators in order.

mod common;

use common::{Log, config, instance};
use modal_wasm_reference::{Module, Outcome, Trap};

/// A call of `f` completes at exactly this cost: with that limit it does, with one less it is out of gas.
fn check(fields: &str, gas: u64) {
    for (limit, expected) in [(u64::from(u32::MAX), None), (gas, None), (gas - 1, Some(Trap::OutOfGas))] {
        let mut instance = instance(fields);
        instance.begin(limit);
        let outcome = instance.invoke("f", &[], &mut Log::default()).expect("f takes nothing");
        match (&outcome, expected) {
            (Outcome::Returned(_), None) => {
                assert_eq!((instance.gas_used(), instance.gas_left()), (gas, limit - gas), "limit {limit}: {fields}");
            }
            (Outcome::Trapped(trap), Some(expected)) if *trap == expected => {
                assert_eq!((instance.gas_used(), instance.gas_left()), (limit, 0), "limit {limit}: {fields}");
            }
            (Outcome::Returned(_) | Outcome::Trapped(_), _) => panic!("limit {limit}: {outcome:?}: {fields}"),
        }
    }
}

/// A call of `f` traps in one way from a limit on, and is out of gas below it.
fn check_trap(fields: &str, from_limit: u64, trap: Trap) {
    let below = from_limit.checked_sub(1).map(|limit| (limit, Trap::OutOfGas));
    for (limit, expected) in [(u64::from(u32::MAX), trap), (from_limit, trap)].into_iter().chain(below) {
        let mut instance = instance(fields);
        instance.begin(limit);
        let outcome = instance.invoke("f", &[], &mut Log::default()).expect("f takes nothing");
        assert_eq!(outcome, Outcome::Trapped(expected), "limit {limit}: {fields}");
        assert_eq!((instance.gas_used(), instance.gas_left()), (limit, 0), "limit {limit}: {fields}");
    }
}

#[test]
fn operators_cost_one_and_structure_nothing() {
    for (body, gas) in [
        ("", 1),
        ("nop nop (block) (block (block nop)) return", 1),
        ("i32.const 7 drop", 1 + 1),
        ("(drop (i32.add (i32.const 1) (i32.const 2)))", 1 + 3),
        ("(drop (select (i32.const 1) (i32.const 2) (i32.const 0)))", 1 + 4),
        ("(local.set 0 (local.tee 0 (local.get 0)))", 1 + 3),
        ("(global.set 0 (global.get 0))", 1 + 2),
        ("(i64.store (i32.const 0) (i64.load (i32.const 8)))", 1 + 4),
        ("(drop (memory.size)) (drop (table.size 0))", 1 + 2),
        ("(table.set 0 (i32.const 0) (table.get 0 (i32.const 1)))", 1 + 4),
        ("(drop (ref.is_null (ref.func $g))) (drop (ref.is_null (ref.null extern)))", 1 + 4),
        ("(drop (f64.sqrt (f64.const 2))) (drop (i32.trunc_sat_f32_s (f32.const nan)))", 1 + 4),
        // The arm that is not taken costs nothing, and neither does `else`.
        ("(if (i32.const 1) (then (drop (i32.const 1))) (else (unreachable)))", 1 + 2 + 1),
        ("(if (i32.const 0) (then (unreachable)) (else (drop (i32.const 1)) (drop (i32.const 1))))", 1 + 2 + 2),
        ("(if (i32.const 0) (then (unreachable)))", 1 + 2),
        // What is jumped over costs nothing, and neither does what cannot be reached.
        ("(block (br 0) (drop (i32.const 1)))", 1 + 1),
        ("(return) (drop (i32.const 1)) (loop (br 0))", 1),
        ("(block (br_if 0 (i32.const 1)) (drop (i32.const 1)))", 1 + 2),
        ("(block (br_if 0 (i32.const 0)) (drop (i32.const 1)))", 1 + 3),
        ("(block (block (br_table 1 0 (i32.const 0))) (drop (i32.const 1)))", 1 + 2),
        ("(block (block (br_table 1 0 (i32.const 9))) (drop (i32.const 1)))", 1 + 3),
        // Three rounds of four operators.
        ("(local.set 0 (i32.const 3)) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))", 3 + 15),
        // Blocks with parameters and several results, and a branch that takes operands along.
        ("(i32.const 1) (i32.const 2) (block (param i32 i32) (result i32 i32) (i32.const 3) (br 0)) drop drop", 1 + 4),
        // A call is one for the operator and one for the entry.
        ("(call $g) (call $g)", 1 + 2 * 2),
        ("(call_indirect (i32.const 0))", 1 + 2 + 1),
        // The host's functions cost the call only.
        ("(call $host (i32.const 5))", 1 + 2),
    ] {
        check(
            &format!(
                r#"(import "env" "log" (func $host (param i32))) (func $g) (memory 1) (table 2 2 funcref)
                (elem (i32.const 0) $g) (global (mut i32) (i32.const 0)) (func (export "f") (local i32) {body})"#
            ),
            gas,
        );
    }
}

/// Fields for bulk operators: a memory of one page up to two, a table of ten up to twenty, passive segments of five.
fn bulk(body: &str) -> String {
    format!(
        r#"(memory 1 2) (table 10 20 funcref) (func $g) (elem $e func $g $g $g $g $g) (data $d "abcde")
        (func (export "f") {body})"#
    )
}

#[test]
fn bulk_operators_cost_by_length() {
    for (body, gas) in [
        ("(memory.fill (i32.const 0) (i32.const 1) (i32.const 100))", 1 + 4 + 100),
        ("(memory.copy (i32.const 0) (i32.const 50) (i32.const 100))", 1 + 4 + 100),
        ("(memory.init $d (i32.const 0) (i32.const 1) (i32.const 4))", 1 + 4 + 4),
        ("(table.fill (i32.const 0) (ref.func $g) (i32.const 10))", 1 + 4 + 10),
        ("(table.copy (i32.const 0) (i32.const 3) (i32.const 7))", 1 + 4 + 7),
        ("(table.init $e (i32.const 0) (i32.const 1) (i32.const 4))", 1 + 4 + 4),
        ("(memory.fill (i32.const 65536) (i32.const 1) (i32.const 0))", 1 + 4),
        ("(drop (memory.grow (i32.const 0)))", 1 + 2),
        ("(drop (memory.grow (i32.const 1)))", 1 + 2 + 128),
        ("(drop (memory.grow (i32.const 2)))", 1 + 2 + 256),
        ("(drop (memory.grow (i32.const 65536)))", 1 + 2 + 128 * 65_536),
        ("(drop (table.grow (ref.null func) (i32.const 10)))", 1 + 3 + 10),
        ("(drop (table.grow (ref.null func) (i32.const 11)))", 1 + 3 + 11),
        ("(data.drop $d) (elem.drop $e)", 1 + 2),
    ] {
        check(&bulk(body), gas);
    }
}

#[test]
fn bulk_operators_are_charged_before_they_look_at_bounds() {
    let memory = Trap::MemoryOutOfBounds;
    let table = Trap::TableOutOfBounds;
    for (body, from_limit, trap) in [
        ("(memory.fill (i32.const 65530) (i32.const 1) (i32.const 7))", 1 + 4 + 7, memory),
        ("(memory.copy (i32.const 0) (i32.const 65530) (i32.const 7))", 1 + 4 + 7, memory),
        ("(memory.init $d (i32.const 0) (i32.const 0) (i32.const 6))", 1 + 4 + 6, memory),
        ("(data.drop $d) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1))", 1 + 5 + 1, memory),
        ("(table.fill (i32.const 10) (ref.null func) (i32.const 1))", 1 + 4 + 1, table),
        ("(table.copy (i32.const 4) (i32.const 0) (i32.const 7))", 1 + 4 + 7, table),
        ("(table.init $e (i32.const 0) (i32.const 0) (i32.const 6))", 1 + 4 + 6, table),
        ("(elem.drop $e) (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))", 1 + 5 + 1, table),
        // A length is unsigned.
        ("(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x8000_0000))", 1 + 4 + 0x8000_0000, memory),
    ] {
        check_trap(&bulk(body), from_limit, trap);
    }
}

#[test]
fn only_checkpoints_look_at_the_limit() {
    let stop = Trap::Unreachable;
    let work = "(drop (i32.const 1)) (drop (i32.const 1))";
    for (body, from_limit, trap) in [
        // None at all before the trap.
        (format!("{work} unreachable"), 0, stop),
        (format!("{work} (drop (i32.div_u (i32.const 1) (i32.const 0)))"), 0, Trap::IntegerDivisionByZero),
        (format!("{work} (drop (i32.load (i32.const -1)))"), 0, Trap::MemoryOutOfBounds),
        (format!("{work} (drop (table.get 0 (i32.const 2)))"), 0, Trap::TableOutOfBounds),
        (format!("(block (br_if 0 (i32.const 0)) {work}) (if (i32.const 1) (then {work})) unreachable"), 0, stop),
        ("(data.drop 0) (elem.drop 1) unreachable".to_owned(), 0, stop),
        // A loop, when it is entered from above; what follows is free again.
        (format!("{work} (loop {work}) {work} unreachable"), 1 + 2, stop),
        // And at each branch back: 2 before it, 4 in each of two rounds, the second of which does not branch.
        (
            "(local.set 0 (i32.const 2)) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) unreachable"
                .to_owned(),
            1 + 2 + 5,
            stop,
        ),
        // A call, after its own cost and before the entry of the callee.
        (format!("{work} (call $stop)"), 1 + 2 + 1, stop),
        // Returning from a function is none.
        (format!("(call $work) {work} unreachable"), 1 + 1, stop),
        // An indirect call, before anything of it is checked.
        (format!("{work} (call_indirect (i32.const 0))"), 1 + 2 + 2, stop),
        (format!("{work} (call_indirect (i32.const 2))"), 1 + 2 + 2, Trap::TableOutOfBounds),
        (format!("{work} (call_indirect (i32.const 1))"), 1 + 2 + 2, Trap::IndirectCallToNull),
        (format!("{work} (call_indirect (param i32) (i32.const 1) (i32.const 0))"), 1 + 2 + 3, Trap::BadSignature),
        // A call of the host, before it runs.
        (format!("{work} (call $abort)"), 1 + 2 + 1, Trap::GuestAbort),
    ] {
        check_trap(
            &format!(
                r#"(import "env" "abort" (func $abort)) (func $stop unreachable) (func $work {work}) (memory 1)
                (table 2 funcref) (elem (i32.const 0) $stop) (elem func) (data "") (func (export "f") (local i32) {body})"#
            ),
            from_limit,
            trap,
        );
    }
}

/// What a call that is out of gas leaves behind is what was done before the checkpoint.
#[test]
fn nothing_is_done_past_a_checkpoint() {
    let fields = r#"(import "env" "log" (func $log (param i32))) (memory 1) (global (mut i32) (i32.const 0))
        (func (export "f")
            (i32.store8 (i32.const 0) (i32.const 1))
            (call $log (i32.const 7))
            (global.set 0 (i32.const 5))
            (memory.fill (i32.const 1) (i32.const 2) (i32.const 3)))"#;
    // Entry, three for the store, two for the call, two for the global, 3 + 1 + 3 for the fill.
    for (limit, logged, global, bytes) in
        [(5, 0, 0, [1, 0, 0, 0]), (6, 1, 5, [1, 0, 0, 0]), (14, 1, 5, [1, 0, 0, 0]), (15, 1, 5, [1, 2, 2, 2])]
    {
        let (mut instance, mut log) = (instance(fields), Log::default());
        instance.begin(limit);
        let outcome = instance.invoke("f", &[], &mut log).expect("f takes nothing");
        let completed = matches!(outcome, Outcome::Returned(_));
        assert_eq!(completed, limit == 15, "limit {limit}");
        let globals = instance.globals().to_vec();
        let memory = instance.memory().expect("it has one");
        assert_eq!((log.0.len(), &memory[..4]), (logged, bytes.as_slice()), "limit {limit}");
        assert_eq!(globals, [modal_wasm_reference::Value::I32(global)], "limit {limit}");
    }
}

#[test]
fn a_budget_spans_calls() {
    let mut instance = instance(r#"(func (export "f") (drop (i32.const 1)))"#);
    instance.begin(5);
    for used in [2, 4] {
        assert_eq!(instance.invoke("f", &[], &mut Log::default()), Ok(Outcome::Returned(vec![])));
        assert_eq!((instance.gas_used(), instance.gas_left()), (used, 5 - used));
    }
    assert_eq!(instance.invoke("f", &[], &mut Log::default()), Ok(Outcome::Trapped(Trap::OutOfGas)));
    assert_eq!((instance.gas_used(), instance.gas_left()), (5, 0));
    instance.begin(2);
    assert_eq!(instance.invoke("f", &[], &mut Log::default()), Ok(Outcome::Returned(vec![])));
}

/// A schedule may price what `instr-1` gives away.
#[test]
fn every_operator_has_the_price_that_the_schedule_says() {
    let mut config = config();
    config.schedule.exceptions = &[("Block", 3), ("Drop", 5), ("End", 7), ("I32Const", 11), ("Nop", 13)];
    let bytes = wat::parse_str(r#"(module (func (export "f") nop (block (drop (i32.const 1)))))"#).expect("it parses");
    let module = Module::decode(&bytes, &config).expect("it is valid");
    let mut instance = common::started(&module);
    instance.begin(1_000);
    assert_eq!(instance.invoke("f", &[], &mut Log::default()), Ok(Outcome::Returned(vec![])));
    assert_eq!(instance.gas_used(), 1 + 13 + 3 + 11 + 5 + 7 + 7);
}
