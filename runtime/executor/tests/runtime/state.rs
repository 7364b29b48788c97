//! What can be read from an instance: bits, references, memory.

use crate::support::{ENGINES, completed, gas, instantiate, meter, started, values};
use modal_wasm_runtime::{CallError, Compiler, EngineConfig, Fault, GasLimit, Trap, Value};

#[test]
fn no_bit_of_a_float_is_touched() {
    let metered = meter(
        "(module
            (global (mut f32) (f32.const 0)) (global (mut f64) (f64.const 0))
            (func (export \"f\") (param f32 f64) (result f64 f32)
                (global.set 0 (local.get 0)) (global.set 1 (local.get 1)) (local.get 1) (local.get 0)))",
    );
    let nans = [
        ("f32:0x7fc00000", "f64:0x7ff8000000000000"),
        ("f32:0x7fa00001", "f64:0x7ff4000000000001"),
        ("f32:0xffc12345", "f64:0xfff8000012345678"),
        ("f32:0xff800001", "f64:0xfff0000000000001"),
        ("f32:-0", "f64:-0"),
    ];
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for (single, double) in nans {
            instance.begin(gas(100));
            let outcome = instance.invoke("f", &values(&format!("{single} {double}")));
            assert_eq!(outcome, Ok(completed(&format!("{double} {single}"))), "{engine}");
            assert_eq!(instance.globals(), Ok(values(&format!("{single} {double}"))), "{engine}");
        }
    }
}

#[test]
fn a_nan_that_is_made_is_the_canonical_one() {
    let metered =
        meter("(module (func (export \"f\") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1))))");
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for args in ["f32:0x7fc01234 f32:0xffd0abcd", "f32:inf f32:-inf", "f32:0xff800001 f32:1"] {
            instance.begin(gas(100));
            assert_eq!(instance.invoke("f", &values(args)), Ok(completed("f32:0x7fc00000")), "{engine}: {args}");
        }
    }
}

const REFERENCES: &str = r#"(module
    (import "env" "abort" (func $abort))
    (table $functions (export "functions") 5 funcref)
    (table $externs 3 externref)
    (global $function (mut funcref) (ref.null func))
    (global $extern (mut externref) (ref.null extern))
    (elem (table $functions) (i32.const 1) func $second $abort $third)
    (func $first (export "put") (param externref funcref) (result externref funcref)
        (table.set $externs (i32.const 1) (local.get 0))
        (table.set $functions (i32.const 0) (local.get 1))
        (global.set $extern (local.get 0))
        (global.set $function (local.get 1))
        (table.get $externs (i32.const 1))
        (table.get $functions (i32.const 0)))
    (func $second)
    (func $third (param i32)))"#;

#[test]
fn references_are_named() {
    let metered = meter(REFERENCES);
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        let elements = "funcref:null funcref:2 funcref:0 funcref:3 funcref:null";
        let externs = "externref:null externref:null externref:null";
        assert_eq!(instance.tables(), Ok(vec![values(elements), values(externs)]), "{engine}");
        assert_eq!(instance.globals(), Ok(values("funcref:null externref:null")), "{engine}");

        instance.begin(gas(1000));
        let passed = "externref:7 funcref:2";
        assert_eq!(instance.invoke("put", &values(passed)), Ok(completed(passed)), "{engine}");
        let elements = "funcref:2 funcref:2 funcref:0 funcref:3 funcref:null";
        let externs = "externref:null externref:7 externref:null";
        assert_eq!(instance.tables(), Ok(vec![values(elements), values(externs)]), "{engine}");
        assert_eq!(instance.globals(), Ok(values("funcref:2 externref:7")), "{engine}");

        // The exported function is one that no reference of the module's can name.
        for index in [1, 9] {
            instance.begin(gas(1000));
            let unknown = instance.invoke("put", &values(&format!("externref:null funcref:{index}")));
            assert_eq!(unknown, Err(CallError::Fault(Fault::UnreachableFunction { index })), "{engine}");
        }
    }
}

#[test]
fn winch_says_that_it_has_no_external_references() {
    let fault =
        EngineConfig::Wasmtime(Compiler::Winch).compile(&meter(REFERENCES)).expect_err("Winch takes no externref");
    assert!(matches!(fault, Fault::Compile { .. }), "{fault}");
    let metered = meter("(module (func (export \"f\") (param i32) (result i32) (i32.popcnt (local.get 0))))");
    let mut instance = started(EngineConfig::Wasmtime(Compiler::Winch), &metered);
    instance.begin(gas(3));
    assert_eq!(instance.invoke("f", &[Value::I32(0xff)]), Ok(completed("i32:8")));
}

/// Grows a memory by the first page count, then the second one.
fn check_growth(memory: &str, first: (u32, &str), second: (u32, &str), pages: usize) {
    let metered = meter(&format!(
        "(module (memory {memory}) (func (export \"f\") (param i32) (result i32) (memory.grow (local.get 0))))"
    ));
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for (delta, expect) in [first, second] {
            instance.begin(GasLimit::default());
            assert_eq!(instance.invoke("f", &[Value::I32(delta)]), Ok(completed(expect)), "{engine}: {memory}");
        }
        assert_eq!(instance.memory().map(<[u8]>::len), Some(pages << 16), "{engine}: {memory}");
    }
}

#[test]
fn memories_grow_to_the_cap() {
    check_growth("0", (256, "i32:0"), (1, "i32:-1"), 256);
    check_growth("1", (256, "i32:-1"), (255, "i32:1"), 256);
    check_growth("1 2", (2, "i32:-1"), (1, "i32:1"), 2);
    check_growth("1 65536", (65535, "i32:-1"), (0, "i32:1"), 1);
    // A refusal after a growth that was granted, to a size that no memory has, is no fault of the machine.
    check_growth("1 3", (1, "i32:1"), (70_000, "i32:-1"), 2);
}

#[test]
fn tables_grow_to_the_cap() {
    let metered = meter(
        "(module (table 1 3 funcref) (func (export \"f\") (param i32) (result i32)
            (table.grow 0 (ref.null func) (local.get 0))))",
    );
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for (delta, expect) in [(3, "i32:-1"), (2, "i32:1"), (1, "i32:-1"), (1000, "i32:-1"), (0, "i32:3")] {
            instance.begin(GasLimit::default());
            assert_eq!(instance.invoke("f", &[Value::I32(delta)]), Ok(completed(expect)), "{engine}");
        }
        assert_eq!(instance.tables(), Ok(vec![vec![Value::FuncRef(None); 3]]), "{engine}");
    }
}

#[test]
fn a_new_instance_has_run_nothing() {
    let metered =
        meter("(module (memory 1) (data (i32.const 0) \"x\") (table 1 funcref) (elem (i32.const 0) 0) (func))");
    for engine in ENGINES {
        let mut instance = instantiate(engine, &metered);
        assert_eq!(instance.memory().map(|memory| memory[0]), Some(0), "{engine}");
        assert_eq!(instance.tables(), Ok(vec![vec![Value::FuncRef(None)]]), "{engine}");
        assert_eq!((instance.gas_used(), instance.gas_left(), instance.stack_high_water()), (0, 0, 0), "{engine}");
        instance.begin(GasLimit::default());
        assert_eq!(instance.start(), Ok(completed("")), "{engine}");
        assert_eq!(instance.memory().map(|memory| memory[0]), Some(b'x'), "{engine}");
        assert_eq!(instance.tables(), Ok(vec![vec![Value::FuncRef(Some(0))]]), "{engine}");
    }
}

#[test]
fn trap_names_go_both_ways() {
    for trap in Trap::ALL {
        assert_eq!(trap.to_string().parse(), Ok(trap));
        assert_eq!(serde_json::to_string(&trap).expect("a trap is a string"), format!("\"{trap}\""));
    }
}
