//! The guest ABI: the way that works, and every way to break it.

use crate::support::ENGINES;
use modal_wasm_runtime::abi::{AbiOutcome, AbiViolation, MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use modal_wasm_runtime::{ExecuteError, GasLimitError, Trap, WasmExecutor};

const LIMIT: u64 = 1_000_000;

/// Reverses its input: the bytes of the result are computed from the bytes of the arguments.
const REVERSE: &str = r#"(module
    (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) (i32.const 4096))
    (func (export "reverse") (param $ptr i32) (param $len i32) (result i32) (local $i i32)
        (i32.store (i32.const 16) (local.get $len))
        (block $done (loop $next
            (br_if $done (i32.eq (local.get $i) (local.get $len)))
            (i32.store8
                (i32.add (i32.const 20) (local.get $i))
                (i32.load8_u (i32.sub (i32.add (local.get $ptr) (local.get $len)) (i32.add (local.get $i) (i32.const 1)))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next)))
        (i32.const 16)))"#;

fn check(wat: &str, method: &str, input: &str, expect: &AbiOutcome) {
    let bytes = wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}"));
    for engine in ENGINES {
        let mut executor = WasmExecutor::new(LIMIT).with_engine(engine);
        let execution = executor.execute(&bytes, method, input).unwrap_or_else(|error| panic!("{engine}: {error}"));
        assert_eq!(&execution.outcome, expect, "{engine}: {wat}");
        assert_eq!(execution.gas_used + execution.gas_left, LIMIT, "{engine}: {wat}");
        assert_eq!(execution.gas_left == 0, execution.output().is_none(), "{engine}: {wat}");
        assert_eq!(executor.gas_metrics().gas_used, execution.gas_used, "{engine}: {wat}");
    }
}

fn output(text: &str) -> AbiOutcome {
    AbiOutcome::Output(text.to_owned())
}

#[test]
fn the_output_is_computed_from_the_input() {
    for (input, expect) in [("", ""), ("a", "a"), ("{\"a\":1}", "}1:\"a\"{"), ("0123456789", "9876543210")] {
        check(REVERSE, "reverse", input, &output(expect));
    }
    // Reversed bytes of a character of two bytes are no UTF-8.
    check(REVERSE, "reverse", "é", &AbiOutcome::Violated(AbiViolation::OutputNotUtf8));
}

#[test]
fn gas_covers_start_alloc_and_method() {
    let bytes = wat::parse_str(REVERSE).expect("the module is well formed");
    // alloc 2; the method: entry, store and result 5, and 21 a turn, of which the last one stops after 4.
    let total = 2 + 5 + 3 * 21 + 4;
    for engine in ENGINES {
        let execution = WasmExecutor::new(LIMIT).with_engine(engine).execute(&bytes, "reverse", "abc");
        let execution = execution.unwrap_or_else(|error| panic!("{engine}: {error}"));
        assert_eq!(execution.gas_used, total, "{engine}");
        let mut exact = WasmExecutor::new(total).with_engine(engine);
        assert_eq!(exact.execute(&bytes, "reverse", "abc").map(|it| it.outcome), Ok(output("cba")), "{engine}");
        let mut short = WasmExecutor::new(total - 1).with_engine(engine);
        let execution = short.execute(&bytes, "reverse", "abc").unwrap_or_else(|error| panic!("{engine}: {error}"));
        assert_eq!(execution.outcome, AbiOutcome::Trapped(Trap::OutOfGas), "{engine}");
        assert_eq!((execution.gas_used, execution.gas_left), (total - 1, 0), "{engine}");
    }
}

/// A guest whose parts can be left out or replaced.
fn guest(memory: &str, alloc: &str, method: &str) -> String {
    format!("(module {memory} {alloc} {method})")
}

const MEMORY: &str = "(memory (export \"memory\") 1)";
const ALLOC: &str = "(func (export \"alloc\") (param i32) (result i32) (i32.const 0))";
const METHOD: &str = "(func (export \"run\") (param i32 i32) (result i32) (i32.const 1024))";

fn violated(wat: &str, violation: AbiViolation) {
    check(wat, "run", "1234", &AbiOutcome::Violated(violation));
}

#[test]
fn exports_are_checked_in_order() {
    let missing = |name: &str| AbiViolation::MissingExport(name.to_owned());
    let wrong = |name: &str| AbiViolation::WrongSignature(name.to_owned());
    check(&guest(MEMORY, ALLOC, METHOD), "run", "1234", &output(""));
    violated("(module)", missing("memory"));
    violated(&guest("(memory 1)", ALLOC, METHOD), missing("memory"));
    violated(&guest("(func (export \"memory\"))", "", ""), missing("memory"));
    violated(&guest(MEMORY, "", ""), missing("alloc"));
    violated(&guest(MEMORY, "(global (export \"alloc\") i32 (i32.const 0))", METHOD), missing("alloc"));
    let bad_alloc = "(func (export \"alloc\") (result i32) (i32.const 0))";
    violated(&guest(MEMORY, bad_alloc, ""), missing("run"));
    let bad_method = "(func (export \"run\") (param i32 i32))";
    violated(&guest(MEMORY, bad_alloc, bad_method), wrong("alloc"));
    violated(&guest(MEMORY, ALLOC, bad_method), wrong("run"));
    let wide = "(func (export \"run\") (param i64 i32) (result i32) (i32.const 0))";
    violated(&guest(MEMORY, ALLOC, wide), wrong("run"));
    check(&guest(MEMORY, ALLOC, ""), "alloc", "", &AbiOutcome::Violated(wrong("alloc")));
}

#[test]
fn a_violation_of_the_exports_runs_nothing() {
    let start = "(func $s unreachable) (start $s)";
    violated(&guest(MEMORY, start, ""), AbiViolation::MissingExport("alloc".to_owned()));
    check(&guest(MEMORY, ALLOC, &format!("{METHOD} {start}")), "run", "", &AbiOutcome::Trapped(Trap::Unreachable));
}

#[test]
fn pointers_and_lengths_are_checked() {
    let alloc = |pointer: u32| format!("(func (export \"alloc\") (param i32) (result i32) (i32.const {pointer}))");
    check(&guest(MEMORY, &alloc(65532), METHOD), "run", "1234", &output(""));
    violated(&guest(MEMORY, &alloc(65533), METHOD), AbiViolation::ArgumentsOutOfBounds);
    violated(&guest(MEMORY, &alloc(u32::MAX), METHOD), AbiViolation::ArgumentsOutOfBounds);
    // Nothing fits behind the end, not even nothing; at the end it does.
    check(&guest(MEMORY, &alloc(65536), METHOD), "run", "", &output(""));
    check(&guest(MEMORY, &alloc(65537), METHOD), "run", "", &AbiOutcome::Violated(AbiViolation::ArgumentsOutOfBounds));

    let method = |pointer: u32, length: u32| {
        format!(
            "(func (export \"run\") (param i32 i32) (result i32)
                (i32.store (i32.const 65528) (i32.const {length})) (i32.const {pointer}))"
        )
    };
    let run = |pointer, length| guest(MEMORY, ALLOC, &method(pointer, length));
    check(&run(65528, 4), "run", "", &output("\0\0\0\0"));
    check(&run(65532, 4), "run", "", &output(""));
    violated(&run(65533, 0), AbiViolation::ResultOutOfBounds);
    violated(&run(u32::MAX, 0), AbiViolation::ResultOutOfBounds);
    violated(&run(65528, 5), AbiViolation::ResultOutOfBounds);
    violated(&run(65528, MAX_OUTPUT_BYTES), AbiViolation::ResultOutOfBounds);
    violated(&run(65528, MAX_OUTPUT_BYTES + 1), AbiViolation::OutputTooLong);
    violated(&run(65528, u32::MAX), AbiViolation::OutputTooLong);
}

#[test]
fn traps_are_outcomes() {
    let abort = "(import \"env\" \"abort\" (func $abort)) ";
    let method = "(func (export \"run\") (param i32 i32) (result i32) (call $abort) (i32.const 0))";
    check(&guest(&format!("{abort}{MEMORY}"), ALLOC, method), "run", "", &AbiOutcome::Trapped(Trap::GuestAbort));
    let forever = "(func (export \"run\") (param i32 i32) (result i32) (loop (br 0)) (i32.const 0))";
    check(&guest(MEMORY, ALLOC, forever), "run", "", &AbiOutcome::Trapped(Trap::OutOfGas));
    let alloc = "(func (export \"alloc\") (param i32) (result i32) (i32.load (i32.const -1)))";
    check(&guest(MEMORY, alloc, METHOD), "run", "", &AbiOutcome::Trapped(Trap::MemoryOutOfBounds));
}

#[test]
fn the_longest_texts_pass() {
    let big = "(memory (export \"memory\") 256)";
    let alloc = "(func (export \"alloc\") (param i32) (result i32) (i32.const 4))";
    let echo =
        "(func (export \"run\") (param i32 i32) (result i32) (i32.store (i32.const 0) (local.get 1)) (i32.const 0))";
    let longest = "x".repeat(MAX_INPUT_BYTES);
    check(&guest(big, alloc, echo), "run", &longest, &output(&longest));
}

#[test]
fn what_cannot_run_is_an_error() {
    let bytes = wat::parse_str(guest(MEMORY, ALLOC, METHOD)).expect("the module is well formed");
    for engine in ENGINES {
        for (limit, error) in
            [(0, GasLimitError::Zero), (100_000_001, GasLimitError::AboveMaximum { gas: 100_000_001 })]
        {
            let mut executor = WasmExecutor::new(limit).with_engine(engine);
            assert_eq!(executor.execute(&bytes, "run", ""), Err(ExecuteError::GasLimit(error)), "{engine}");
            assert_eq!(executor.validate_module(&bytes), Err(ExecuteError::GasLimit(error)), "{engine}");
            assert_eq!(WasmExecutor::try_new(limit).map(|_| ()), Err(error), "{engine}");
        }
        let mut executor = WasmExecutor::new(100_000_000).with_engine(engine);
        let long = "x".repeat(MAX_INPUT_BYTES + 1);
        let refused = ExecuteError::InputTooLong { bytes: MAX_INPUT_BYTES + 1 };
        assert_eq!(executor.execute(&bytes, "run", &long), Err(refused), "{engine}");
        for module in [&b"no wasm"[..], &bytes[..bytes.len() - 1], b""] {
            assert!(matches!(executor.execute(module, "run", ""), Err(ExecuteError::Rejected(_))), "{engine}");
            assert!(matches!(executor.validate_module(module), Err(ExecuteError::Rejected(_))), "{engine}");
        }
        assert_eq!(executor.gas_metrics().executions(), 0, "{engine}");
        assert_eq!(executor.cache().statistics().modules, 0, "{engine}");
    }
}
