//! The rules of floats: arithmetic leaves one NaN, and nothing else touches a bit.

mod common;

use common::{Log, instance};
use modal_wasm_reference::{Outcome, Value};

const CANONICAL_32: u32 = 0x7fc0_0000;
const CANONICAL_64: u64 = 0x7ff8_0000_0000_0000;
const SIGNALLING_32: u32 = 0xffa0_1234;
const SIGNALLING_64: u64 = 0xfff4_0000_0000_1234;

/// Applies an operator to copies of its argument.
fn apply(operator: &str, params: &str, args: &[Value]) -> Value {
    let (from, to) = (args[0].value_type(), params.split_once("->").expect("a type").1);
    let params = params.split_once("->").expect("a type").0;
    let gets: Vec<String> = (0..args.len()).map(|index| format!("local.get {index}")).collect();
    let mut instance =
        instance(&format!(r#"(func (export "f") (param {params}) (result {to}) {} {operator})"#, gets.join(" ")));
    instance.begin(100);
    match instance.invoke("f", args, &mut Log::default()) {
        Ok(Outcome::Returned(results)) => results[0],
        other => panic!("{operator} of {from:?}: {other:?}"),
    }
}

#[test]
fn arithmetic_leaves_the_canonical_positive_nan() {
    let (nan_32, nan_64) = (Value::F32(SIGNALLING_32), Value::F64(SIGNALLING_64));
    for operator in ["sqrt", "ceil", "floor", "trunc", "nearest"] {
        assert_eq!(apply(&format!("f32.{operator}"), "f32->f32", &[nan_32]), Value::F32(CANONICAL_32), "{operator}");
        assert_eq!(apply(&format!("f64.{operator}"), "f64->f64", &[nan_64]), Value::F64(CANONICAL_64), "{operator}");
    }
    for operator in ["add", "sub", "mul", "div", "min", "max"] {
        let (one_32, one_64) = (Value::F32(1_f32.to_bits()), Value::F64(1_f64.to_bits()));
        for args in [[nan_32, one_32], [one_32, nan_32], [nan_32, nan_32]] {
            let result = apply(&format!("f32.{operator}"), "f32 f32->f32", &args);
            assert_eq!(result, Value::F32(CANONICAL_32), "{operator} {args:x?}");
        }
        for args in [[nan_64, one_64], [one_64, nan_64], [nan_64, nan_64]] {
            let result = apply(&format!("f64.{operator}"), "f64 f64->f64", &args);
            assert_eq!(result, Value::F64(CANONICAL_64), "{operator} {args:x?}");
        }
    }
    assert_eq!(apply("f32.demote_f64", "f64->f32", &[nan_64]), Value::F32(CANONICAL_32));
    assert_eq!(apply("f64.promote_f32", "f32->f64", &[nan_32]), Value::F64(CANONICAL_64));
    // NaNs that arithmetic makes of numbers; processors make negative ones of these.
    let (zero, infinity) = (Value::F64(0), Value::F64(f64::INFINITY.to_bits()));
    assert_eq!(apply("f64.div", "f64 f64->f64", &[zero, zero]), Value::F64(CANONICAL_64));
    assert_eq!(apply("f64.sub", "f64 f64->f64", &[infinity, infinity]), Value::F64(CANONICAL_64));
    assert_eq!(apply("f32.sqrt", "f32->f32", &[Value::F32((-1_f32).to_bits())]), Value::F32(CANONICAL_32));
}

#[test]
fn everything_else_keeps_all_bits() {
    let (nan_32, nan_64) = (Value::F32(SIGNALLING_32), Value::F64(SIGNALLING_64));
    for (operator, params, arg, result) in [
        ("", "f32->f32", nan_32, nan_32),
        ("", "f64->f64", nan_64, nan_64),
        ("i32.reinterpret_f32", "f32->i32", nan_32, Value::I32(SIGNALLING_32)),
        ("f32.reinterpret_i32", "i32->f32", Value::I32(SIGNALLING_32), nan_32),
        ("i64.reinterpret_f64", "f64->i64", nan_64, Value::I64(SIGNALLING_64)),
        ("f64.reinterpret_i64", "i64->f64", Value::I64(SIGNALLING_64), nan_64),
        ("f32.abs", "f32->f32", nan_32, Value::F32(SIGNALLING_32 & 0x7fff_ffff)),
        ("f32.neg", "f32->f32", nan_32, Value::F32(SIGNALLING_32 ^ 0x8000_0000)),
        ("f64.abs", "f64->f64", nan_64, Value::F64(SIGNALLING_64 & !(1 << 63))),
        ("f64.neg", "f64->f64", nan_64, Value::F64(SIGNALLING_64 ^ 1 << 63)),
        ("(f32.const 1) f32.copysign", "f32->f32", nan_32, Value::F32(SIGNALLING_32 & 0x7fff_ffff)),
        ("(f64.const -1) f64.copysign", "f64->f64", nan_64, nan_64),
        ("(f32.const 1) (i32.const 1) select", "f32->f32", nan_32, nan_32),
        ("drop (f32.const -nan:0x201234)", "f32->f32", Value::F32(0), nan_32),
        ("drop (f64.const -nan:0x4000000001234)", "f64->f64", Value::F64(0), nan_64),
    ] {
        assert_eq!(apply(operator, params, &[arg]), result, "{operator}");
    }
    let mut instance = instance(
        r#"(memory 1) (global $a (mut f32) (f32.const 0)) (global $b (mut f64) (f64.const 0))
        (func (export "f") (param f32 f64) (result f32 f64)
            (f32.store (i32.const 0) (local.get 0)) (global.set $a (f32.load (i32.const 0)))
            (f64.store (i32.const 8) (local.get 1)) (global.set $b (f64.load (i32.const 8)))
            (global.get $a) (global.get $b))"#,
    );
    instance.begin(100);
    let outcome = instance.invoke("f", &[nan_32, nan_64], &mut Log::default());
    assert_eq!(outcome, Ok(Outcome::Returned(vec![nan_32, nan_64])));
    assert_eq!(instance.globals(), [nan_32, nan_64]);
}
