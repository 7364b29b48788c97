//! Gas, to the unit, and where a limit ends a call.

use crate::support::{ENGINES, completed, gas, instantiate, meter, started, trapped};
use modal_wasm_runtime::{CallError, Fault, GasLimit, Outcome, Trap, Value};

/// The gas of `start`, and of `f` called with an i32.
fn check(wat: &str, argument: u32, start: u64, call: u64, results: &str) {
    let metered = meter(wat);
    for engine in ENGINES {
        let mut instance = instantiate(engine, &metered);
        instance.begin(GasLimit::default());
        assert_eq!(instance.start(), Ok(completed("")), "{engine}: {wat}");
        assert_eq!(instance.gas_used(), start, "{engine}: the start of {wat}");

        // One budget spans the calls that follow it, and the same call costs the same again.
        let args = [Value::I32(argument)];
        instance.begin(gas(2 * call));
        for used in [call, 2 * call] {
            assert_eq!(instance.invoke("f", &args), Ok(completed(results)), "{engine}: {wat}");
            assert_eq!((instance.gas_used(), instance.gas_left()), (used, 2 * call - used), "{engine}: {wat}");
        }
        assert_eq!(instance.invoke("f", &args), Ok(trapped(Trap::OutOfGas)), "{engine}: {wat}");

        // A call succeeds if and only if the limit covers it.
        instance.begin(gas(call));
        assert_eq!(instance.invoke("f", &args), Ok(completed(results)), "{engine}: {wat}");
        if call > 1 {
            instance.begin(gas(call - 1));
            assert_eq!(instance.invoke("f", &args), Ok(trapped(Trap::OutOfGas)), "{engine}: {wat}");
            assert_eq!((instance.gas_used(), instance.gas_left()), (call - 1, 0), "{engine}: {wat}");
            let spent = Fault::OutOfOrder { step: "call a function", because: "no budget of gas is open" };
            assert_eq!(instance.invoke("f", &args), Err(CallError::Fault(spent)), "{engine}: {wat}");
        }
    }
}

#[test]
fn gas_is_exact() {
    check("(module (func (export \"f\") (param i32)))", 0, 0, 1, "");
    check(
        "(module (func (export \"f\") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))",
        41,
        0,
        4,
        "i32:42",
    );
    // Entry 1, then five operators a turn: local.get, i32.const, i32.sub, local.tee, br_if.
    let countdown = "(module (func (export \"f\") (param i32)
        (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))";
    check(countdown, 1, 0, 6, "");
    check(countdown, 1000, 0, 5001, "");
    // Two entries, call, the argument's local.get, and the callee's three.
    let call = "(module (func (export \"f\") (param i32) (result i32) (call 1 (local.get 0)))
        (func (param i32) (result i32) (i32.mul (local.get 0) (local.get 0))))";
    check(call, 12, 0, 7, "i32:144");
    // The fill is 1 + 100 bytes, its operands 3, entry 1.
    let fill = "(module (memory 1) (func (export \"f\") (param i32)
        (memory.fill (i32.const 0) (i32.const 1) (local.get 0))))";
    check(fill, 100, 0, 105, "");
    // A refused growth costs as much as a granted one.
    let grow = "(module (memory 0 3) (func (export \"f\") (param i32) (result i32) (memory.grow (local.get 0))))";
    check(grow, 4, 0, 3 + 4 * 128, "i32:-1");
    // Segment bytes 3 and their offset, one element and its offset, a global's initialiser, the start's entry and nop.
    let start = "(module (memory 1) (data (i32.const 9) \"abc\") (table 1 funcref) (elem (i32.const 0) 0)
        (global i32 (i32.const 5)) (func (export \"f\") (param i32)) (func $s nop) (start $s))";
    check(start, 0, 8, 1, "");
}

#[test]
fn a_result_depends_on_the_argument() {
    let metered = meter(
        "(module (func (export \"f\") (param i32) (result i32) (local i32)
            (loop (local.set 1 (i32.add (i32.mul (local.get 1) (i32.const 31)) (local.get 0)))
                (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            (local.get 1)))",
    );
    let native = |mut n: u32| {
        let mut sum = 0_u32;
        loop {
            sum = sum.wrapping_mul(31).wrapping_add(n);
            n -= 1;
            if n == 0 {
                return sum;
            }
        }
    };
    for engine in ENGINES {
        let mut instance = started(engine, &metered);
        for n in 1..50 {
            instance.begin(GasLimit::default());
            let expect = Outcome::Completed(vec![Value::I32(native(n))]);
            assert_eq!(instance.invoke("f", &[Value::I32(n)]), Ok(expect), "{engine}");
            assert_eq!(instance.gas_used(), 2 + 11 * u64::from(n), "{engine}");
        }
    }
}
