//! Every kind of trap, and that it consumes the limit.

use crate::support::{ENGINES, completed, gas, instantiate, meter, started, trapped, values};
use modal_wasm_runtime::{CallError, EngineConfig, Fault, HostCall, Outcome, Trap, Value};

const LIMIT: u64 = 100_000;

/// Runs the export `f` of a module whose one function has this body.
fn check(body: &str, expect: Outcome) {
    check_module(&format!("(module (memory 1) (table 2 funcref) (func (export \"f\") {body}))"), expect);
}

fn check_module(wat: &str, expect: Outcome) {
    let metered = meter(wat);
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        instance.begin(gas(LIMIT));
        assert_eq!(instance.invoke("f", &[]), Ok(expect.clone()), "{engine}: {wat}");
        match expect {
            Outcome::Completed(_) => assert!(instance.gas_used() < LIMIT, "{engine}: {wat}"),
            Outcome::Trapped(_) => {
                assert_eq!((instance.gas_used(), instance.gas_left()), (LIMIT, 0), "{engine}: {wat}")
            }
        }
    }
}

#[test]
fn every_trap_has_its_kind() {
    check("", completed(""));
    check("unreachable", trapped(Trap::Unreachable));
    check("(loop (br 0))", trapped(Trap::OutOfGas));
    check("(call 0)", trapped(Trap::CallStackExhausted));
    check("(drop (i32.load (i32.const -1)))", trapped(Trap::MemoryOutOfBounds));
    check("(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))", trapped(Trap::MemoryOutOfBounds));
    check("(drop (table.get 0 (i32.const 2)))", trapped(Trap::TableOutOfBounds));
    check("(call_indirect (i32.const 2))", trapped(Trap::TableOutOfBounds));
    check("(call_indirect (i32.const 1))", trapped(Trap::IndirectCallToNull));
    check("(drop (i32.div_u (i32.const 1) (i32.const 0)))", trapped(Trap::IntegerDivisionByZero));
    check("(drop (i64.rem_s (i64.const 1) (i64.const 0)))", trapped(Trap::IntegerDivisionByZero));
    check("(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))", trapped(Trap::IntegerOverflow));
    check("(drop (i32.trunc_f32_s (f32.const 1e10)))", trapped(Trap::IntegerOverflow));
    check("(drop (i64.trunc_f64_u (f64.const -1)))", trapped(Trap::IntegerOverflow));
    check("(drop (i64.trunc_f64_u (f64.const inf)))", trapped(Trap::IntegerOverflow));
    check("(drop (i32.trunc_f64_s (f64.const nan)))", trapped(Trap::BadConversionToInteger));
    check("(drop (i64.trunc_f32_u (f32.const -nan:0x12345)))", trapped(Trap::BadConversionToInteger));
    check_module(
        "(module (table funcref (elem 1)) (func (export \"f\") (call_indirect (i32.const 0))) (func (param i32)))",
        trapped(Trap::BadSignature),
    );
}

#[test]
fn abort_is_logged_with_its_arguments() {
    let metered = meter(
        r#"(module
            (import "env" "abort" (func $abort))
            (import "env" "abort" (func $abort4 (param i32 i32 i32 i32)))
            (func (export "f") (call $abort))
            (func (export "g") (call $abort4 (i32.const 1) (i32.const 2) (i32.const 3) (i32.const -4))))"#,
    );
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for (name, args) in [("f", ""), ("g", "i32:1 i32:2 i32:3 i32:-4")] {
            instance.begin(gas(LIMIT));
            assert_eq!(instance.invoke(name, &[]), Ok(trapped(Trap::GuestAbort)), "{engine}");
            assert_eq!(instance.gas_used(), LIMIT, "{engine}");
            let call = HostCall { module: "env", name: "abort", args: values(args), called: None };
            assert_eq!(instance.take_host_calls(), [call], "{engine}");
            assert_eq!(instance.host_calls(), [], "{engine}");
        }
    }
}

/// Runs a start that must trap, and returns what is in the first bytes of memory then.
fn check_start(wat: &str, limit: u64, expect: Trap, memory: &[u8]) {
    let metered = meter(wat);
    for engine in ENGINES {
        let mut instance = instantiate(engine, &metered);
        instance.begin(gas(limit));
        assert_eq!(instance.start(), Ok(trapped(expect)), "{engine}: {wat}");
        assert_eq!((instance.gas_used(), instance.gas_left()), (limit, 0), "{engine}: {wat}");
        let found = instance.memory().expect("the module has a memory");
        assert_eq!(&found[..memory.len()], memory, "{engine}: {wat}");
        instance.begin(gas(limit));
        let because = "the instance's start did not complete";
        let refused = CallError::Fault(Fault::OutOfOrder { step: "invoke a function", because });
        assert_eq!(instance.invoke("f", &[]), Err(refused), "{engine}: {wat}");
        assert!(matches!(instance.start(), Err(Fault::OutOfOrder { .. })), "{engine}: {wat}");
    }
}

#[test]
fn a_start_that_traps_leaves_an_instance() {
    const F: &str = "(func (export \"f\"))";
    let data = format!("(module (memory 1) (data (i32.const 0) \"ab\") (data (i32.const 65535) \"cd\") {F})");
    check_start(&data, 1000, Trap::MemoryOutOfBounds, b"ab");
    // Six gas are charged for it before the first segment is applied.
    check_start(&data, 5, Trap::OutOfGas, &[0, 0]);
    let elements =
        format!("(module (memory 1) (table 1 funcref) (elem (i32.const 1) 0) (data (i32.const 0) \"a\") {F})");
    check_start(&elements, 1000, Trap::TableOutOfBounds, &[0]);
    let start =
        format!("(module (memory 1) (func $s (i32.store8 (i32.const 1) (i32.const 7)) unreachable) (start $s) {F})");
    check_start(&start, 1000, Trap::Unreachable, &[0, 7]);
}

#[test]
fn errors_say_what_failed() {
    let mut instance = started(EngineConfig::Wasmi, &meter("(module (func (export \"f\") (param i32 f64)))"));
    let check = |error: CallError, text: &str| assert_eq!(error.to_string(), text);
    instance.begin(gas(1));
    let error = instance.invoke("g", &[]).expect_err("there is no g");
    check(error, "failed to find an exported function `g`");
    let error = instance.invoke("f", &[Value::I64(0)]).expect_err("the argument does not fit");
    check(error, "failed to call `f`: its parameters are (i32, f64), the arguments (i64)");
    let status = |trap| Fault::UnknownStatus { status: 9, trap }.to_string();
    assert_eq!(status(None), "failed to understand status 9 of a call that completed");
    let text = "failed to understand status 9 of a call that trapped with BadSignature";
    assert_eq!(status(Some(Trap::BadSignature)), text);
}

#[test]
fn calls_out_of_order_are_faults() {
    let metered = meter("(module (func (export \"f\") (param i32)))");
    for engine in ENGINES {
        let mut instance = instantiate(engine, &metered);
        let out_of_order = |step, because| Fault::OutOfOrder { step, because };
        let not_started = out_of_order("invoke a function", "the instance was not started");
        instance.begin(gas(LIMIT));
        assert_eq!(instance.invoke("f", &[Value::I32(0)]), Err(CallError::Fault(not_started)), "{engine}");
        assert_eq!(instance.start(), Ok(completed("")), "{engine}");
        let again = out_of_order("start an instance", "it was started before");
        assert_eq!(instance.start(), Err(again), "{engine}");
        assert!(matches!(instance.invoke("modal:start", &[]), Err(CallError::NoSuchFunction { .. })), "{engine}");
        for args in ["", "i64:1", "i32:1 i32:1"] {
            let error = instance.invoke("f", &values(args)).expect_err("the arguments do not fit");
            assert!(matches!(error, CallError::ArgumentMismatch { .. }), "{engine}: {error}");
        }
        assert_eq!(instance.invoke("f", &[Value::I32(0)]), Ok(completed("")), "{engine}");
    }
}
