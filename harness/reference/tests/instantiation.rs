//! The rules of instantiation: what it costs, in which order it acts, and what is left of one that trapped.

mod common;

use common::{Log, config, module};
use modal_wasm_reference::{DecodeError, Instance, InvokeError, Module, Outcome, Trap, Value};

/// An instance starts at exactly this cost.
fn check(fields: &str, gas: u64, start_function: u64) {
    let module = module(fields);
    assert_eq!(module.instantiation_gas(), gas, "{fields}");
    let total = gas + start_function;
    let limits = [Some(u64::from(u32::MAX)), Some(total), total.checked_sub(1)];
    for limit in limits.into_iter().flatten() {
        let mut instance = Instance::new(&module).expect("it imports functions only");
        instance.begin(limit);
        let outcome = instance.start(&mut Log::default()).expect("it was not started before");
        let (expected, used) = match limit < total {
            true => (Outcome::Trapped(Trap::OutOfGas), limit),
            false => (Outcome::Returned(Vec::new()), total),
        };
        assert_eq!((outcome, instance.gas_used()), (expected, used), "limit {limit}: {fields}");
    }
}

#[test]
fn instantiation_costs_by_what_there_is_to_set_up() {
    for (fields, gas, start_function) in [
        ("", 0, 0),
        ("(memory 1) (table 10 funcref) (func)", 0, 0),
        // Data: a byte each, and the operators of the offset, of active segments.
        (r#"(memory 1) (data (i32.const 0) "abc") (data "defg")"#, 3 + 1, 0),
        (r#"(memory 1) (data (i32.add (i32.const 1) (i32.const 2)) "")"#, 3, 0),
        // Elements: one each in every mode and encoding; an expression of an element costs nothing more.
        ("(table 4 funcref) (func $g) (elem (i32.const 0) $g $g)", 2 + 1, 0),
        ("(table 4 funcref) (func $g) (elem (i32.const 0) funcref (ref.func $g) (ref.null func))", 2 + 1, 0),
        ("(func $g) (elem func $g $g $g)", 3, 0),
        ("(func $g) (elem declare func $g)", 1, 0),
        ("(elem externref (ref.null extern))", 1, 0),
        // Globals: the operators of the initialiser.
        ("(global i32 (i32.const 1)) (global f64 (f64.const 1)) (global funcref (ref.null func))", 3, 0),
        ("(global i64 (i64.mul (i64.const 2) (i64.sub (i64.const 5) (i64.const 1))))", 5, 0),
        // A start function is a call: entry, one operator.
        ("(start $s) (func $s (drop (i32.const 1)))", 0, 2),
        (r#"(memory 1) (data (i32.const 0) "abc") (start $s) (func $s (drop (i32.const 1)))"#, 4, 2),
        (r#"(import "env" "log" (func $log)) (start $log)"#, 0, 0),
    ] {
        check(fields, gas, start_function);
    }
}

/// Starts the module, and says how it ended, and what its first bytes and its table are then.
fn start(fields: &str, gas: u64) -> (Outcome, Vec<u8>, Vec<bool>) {
    let module = module(fields);
    let mut instance = Instance::new(&module).expect("it imports functions only");
    instance.begin(gas);
    let outcome = instance.start(&mut Log::default()).expect("it was not started before");
    let bytes = instance.memory().expect("it has one")[..4].to_vec();
    let table = instance.tables().next().expect("it has one");
    (outcome, bytes, table.iter().map(|element| *element != Value::FuncRef(None)).collect())
}

#[test]
fn segments_are_applied_in_order_until_one_traps() {
    let fields = |elements: u32, data: u32, start: &str| {
        format!(
            r#"(memory 1) (table 3 funcref) (func $g)
            (elem (i32.const 0) $g) (elem (i32.const {elements}) $g $g)
            (data (i32.const 0) "a") (data (i32.const {data}) "bc") {start}"#
        )
    };
    let bad = r#"(start $s) (func $s (i32.store8 (i32.const 3) (i32.const 100)) unreachable)"#;
    let gas = 1 + 1 + 1 + 2 + 1 + 1 + 1 + 2;
    let returned = Outcome::Returned(Vec::new());
    for (fields, gas, outcome, bytes, table) in [
        (fields(1, 1, ""), gas, returned, b"abc\0", [true, true, true]),
        (fields(1, 1, ""), gas - 1, Outcome::Trapped(Trap::OutOfGas), b"\0\0\0\0", [false; 3]),
        // The elements come first, and a segment that does not fit is not applied in part.
        (fields(2, 1, ""), gas, Outcome::Trapped(Trap::TableOutOfBounds), b"\0\0\0\0", [true, false, false]),
        (fields(1, 65_535, ""), gas, Outcome::Trapped(Trap::MemoryOutOfBounds), b"a\0\0\0", [true; 3]),
        (fields(1, 1, bad), gas, Outcome::Trapped(Trap::Unreachable), b"abcd", [true; 3]),
        // An empty segment at the end fits, one past it does not.
        (
            r#"(memory 1) (table 0 funcref) (data (i32.const 65536) "")"#.to_owned(),
            1,
            Outcome::Returned(Vec::new()),
            b"\0\0\0\0",
            [false; 3],
        ),
        (
            r#"(memory 1) (table 0 funcref) (data (i32.const 65537) "")"#.to_owned(),
            1,
            Outcome::Trapped(Trap::MemoryOutOfBounds),
            b"\0\0\0\0",
            [false; 3],
        ),
    ] {
        let (found, memory, elements) = start(&fields, gas);
        assert_eq!((found, memory.as_slice()), (outcome, bytes.as_slice()), "{fields}");
        assert_eq!(elements, table[..elements.len()], "{fields}");
    }
}

#[test]
fn segments_are_dropped_when_they_are_applied() {
    for (init, trap) in [
        (r#"(memory 1) (data (i32.const 0) "a")"#, Trap::MemoryOutOfBounds),
        ("(table 1 funcref) (func $g) (elem (i32.const 0) $g)", Trap::TableOutOfBounds),
        ("(table 1 funcref) (func $g) (elem declare func $g)", Trap::TableOutOfBounds),
    ] {
        let operator = if trap == Trap::MemoryOutOfBounds { "memory.init 0" } else { "table.init 0" };
        let mut instance = common::instance(&format!(
            r#"{init} (func (export "f") (param i32) ({operator} (i32.const 0) (i32.const 0) (local.get 0)))"#
        ));
        instance.begin(100);
        let returned = Ok(Outcome::Returned(Vec::new()));
        assert_eq!(instance.invoke("f", &[Value::I32(0)], &mut Log::default()), returned, "{init}");
        assert_eq!(instance.invoke("f", &[Value::I32(1)], &mut Log::default()), Ok(Outcome::Trapped(trap)), "{init}");
    }
}

#[test]
fn an_instance_is_started_once_and_before_it_is_called() {
    let module = module(r#"(func (export "f")) (global (export "g") i32 (i32.const 4)) (memory 1)"#);
    let mut instance = Instance::new(&module).expect("it imports functions only");
    instance.begin(100);
    // Globals have their values from the beginning.
    assert_eq!(instance.globals(), [Value::I32(4)]);
    assert_eq!(instance.invoke("f", &[], &mut Log::default()), Err(InvokeError::NotStarted));
    assert_eq!(instance.start(&mut Log::default()), Ok(Outcome::Returned(Vec::new())));
    assert_eq!(instance.start(&mut Log::default()), Err(InvokeError::AlreadyStarted));
    for (name, args, error) in [
        ("g", vec![], InvokeError::NoSuchFunction("g".to_owned())),
        (
            "f",
            vec![Value::I64(1)],
            InvokeError::WrongArguments { expected: vec![], given: vec![modal_wasm_reference::ValueType::I64] },
        ),
    ] {
        assert_eq!(instance.invoke(name, &args, &mut Log::default()), Err(error));
    }
    assert_eq!(instance.gas_used(), 1);
}

#[test]
fn an_instance_that_trapped_at_its_start_is_not_called() {
    let module = module(r#"(func (export "f")) (start $s) (func $s unreachable)"#);
    let mut instance = Instance::new(&module).expect("it imports functions only");
    instance.begin(100);
    assert_eq!(instance.start(&mut Log::default()), Ok(Outcome::Trapped(Trap::Unreachable)));
    assert_eq!(instance.gas_used(), 100);
    assert_eq!(instance.invoke("f", &[], &mut Log::default()), Err(InvokeError::NotStarted));
}

#[test]
fn sizes_are_capped() {
    let grow = |declared: &str, delta: u32| {
        let mut instance = common::instance(&format!(
            r#"(memory {declared}) (func (export "f") (param i32) (result i32) (memory.grow (local.get 0)))"#
        ));
        instance.begin(u64::from(u32::MAX));
        instance.invoke("f", &[Value::I32(delta)], &mut Log::default())
    };
    for (declared, delta, result) in [
        ("1", 255, 1),
        ("1", 256, u32::MAX),
        ("1 300", 255, 1),
        ("1 300", 256, u32::MAX),
        ("1 3", 2, 1),
        ("1 3", 3, u32::MAX),
        ("0", u32::MAX >> 16, u32::MAX),
    ] {
        let returned = Ok(Outcome::Returned(vec![Value::I32(result)]));
        assert_eq!(grow(declared, delta), returned, "(memory {declared}) by {delta}");
    }
    let decode = |fields: &str| {
        let bytes = wat::parse_str(format!("(module {fields})")).expect("it parses");
        Module::decode(&bytes, &config())
    };
    assert!(decode("(memory 256)").is_ok());
    assert!(matches!(decode("(memory 257)"), Err(DecodeError::MemoryTooLarge { pages: 257, cap: 256 })));
    assert!(decode("(table 10000 funcref)").is_ok());
    let elements = 10_001;
    assert!(matches!(
        decode("(table 10001 funcref)"),
        Err(DecodeError::TableTooLarge { elements: found, cap: 10_000 }) if found == elements
    ));
}
