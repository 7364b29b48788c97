//! What is refused, and in which words.

use modal_wasm_meter::{Meter, RejectionKind};

fn check(module: impl AsRef<[u8]>, kind: RejectionKind, words: &str) {
    let bytes = wat::parse_bytes(module.as_ref()).expect("the module is well-formed text or binary");
    let rejection = Meter::default().meter(&bytes).expect_err(words);
    assert_eq!(rejection.kind, kind, "{words}: {rejection}");
    assert!(rejection.message.contains(words), "{words:?} is not in {rejection:?}");
    assert!(rejection.message.starts_with(char::is_lowercase), "{rejection}");
}

fn accept(module: &str) {
    let bytes = wat::parse_str(module).expect("the module is well-formed text");
    Meter::default().meter(&bytes).unwrap_or_else(|rejection| panic!("{module}: {rejection}"));
}

#[test]
fn features_outside_the_profile_are_named() {
    for (feature, module) in [
        ("simd", "(module (func (result v128) (v128.const i64x2 0 0)))"),
        ("simd", "(module (func (drop (i32x4.splat (i32.const 1)))))"),
        ("simd", r#"(module (import "env" "v" (global v128)))"#),
        ("tail calls", "(module (func $f (return_call $f)))"),
        (
            "tail calls",
            "(module (type $t (func)) (table 1 funcref) (func (return_call_indirect (type $t) (i32.const 0))))",
        ),
        ("threads", "(module (memory 1 1 shared))"),
        ("threads", "(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))"),
        ("exceptions", "(module (tag))"),
        ("memory64", "(module (memory i64 1))"),
        ("multi-memory", "(module (memory 1) (memory 1))"),
        ("relaxed simd", "(module (func (drop (i8x16.relaxed_swizzle (unreachable) (unreachable)))))"),
        ("custom page sizes", "(module (memory 1 (pagesize 1)))"),
        (
            "wide arithmetic",
            "(module (func (param i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 0))))",
        ),
        ("typed function references", "(module (type $t (func)) (func (param (ref $t)) (call_ref $t (local.get 0))))"),
        ("typed function references", "(module (func $f) (table 1 funcref (ref.func $f)) (elem declare func $f))"),
        ("gc", "(module (type (struct (field i32))))"),
        ("gc", "(module (rec (type (func)) (type (func))))"),
        // Of several features the one that is missed first is named.
        ("threads", "(module (memory 1 1 shared) (func (drop (v128.const i64x2 0 0))))"),
        ("simd", "(module (func (drop (v128.const i64x2 0 0))) (func $f (return_call $f)))"),
        ("simd", "(module (func (param v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))))"),
        ("components", "(component)"),
    ] {
        check(
            module,
            RejectionKind::Feature,
            &format!("the module uses {feature}, which profile modal-1 does not allow"),
        );
    }
}

/// Behind the first fault no limit is applied, so nothing there may be validated either: if it were, this module would
/// be an invalid one. Each of its tables would move 512,000 values if validated, and there could be thousands of them.
#[test]
fn nothing_is_validated_behind_a_feature_that_is_missing() {
    let (values, targets) = (vec!["i32"; 64].join(" "), "0 ".repeat(8_000));
    let tables = format!("(br_table {targets} (i32.const 0))").repeat(8);
    let module = format!(
        "(module (type $many (func (result {values}))) (func (drop (v128.const i64x2 0 0)))
            (func (type $many) (block (type $many) i32.const 0 unreachable {tables} i64.add)))"
    );
    check(&module, RejectionKind::Feature, "the module uses simd");
    let valid_features = module.replace("(drop (v128.const i64x2 0 0))", "");
    check(valid_features, RejectionKind::Invalid, "type mismatch");
}

#[test]
fn features_of_the_profile_are_accepted() {
    for module in [
        "(module (global (export \"g\") (mut i64) (i64.const 0)))",
        "(module (func (param i32) (result i32) (i32.extend8_s (local.get 0))))",
        "(module (func (param f32) (result i64) (i64.trunc_sat_f32_u (local.get 0))))",
        "(module (func (param i32) (result i32 i32) (local.get 0) (local.get 0) (block (param i32 i32) (result i32 i32))))",
        "(module (memory 1) (func (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))))",
        "(module (table 1 externref) (table 1 funcref) (func (param externref) (table.set 0 (i32.const 0) (local.get 0))))",
        "(module (memory 1) (data (i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3))) \"x\"))",
        "(module (func (param i32 funcref) (result funcref) (select (result funcref) (local.get 1) (local.get 1) (local.get 0))))",
    ] {
        accept(module);
    }
}

#[test]
fn only_the_listed_imports_are_accepted() {
    accept(r#"(module (import "env" "abort" (func)))"#);
    accept(r#"(module (import "env" "abort" (func (param i32 i32 i32 i32))))"#);
    accept(r#"(module (import "modal" "call" (func (param i32 i32 i32 i32 i64) (result i32))))"#);
    accept(r#"(module (import "modal" "result" (func (param i32))))"#);
    for (what, import) in [
        ("the function env.abort(i32) -> ()", r#""env" "abort" (func (param i32))"#),
        ("the function env.abort() -> (i32)", r#""env" "abort" (func (result i32))"#),
        ("the function env.exit() -> ()", r#""env" "exit" (func)"#),
        ("the function ENV.abort() -> ()", r#""ENV" "abort" (func)"#),
        ("the function modal.result(i32) -> (i32)", r#""modal" "result" (func (param i32) (result i32))"#),
        ("the function modal.result() -> ()", r#""modal" "result" (func)"#),
        (
            "the function modal.call(i32, i32, i32, i32, i32) -> (i32)",
            r#""modal" "call" (func (param i32 i32 i32 i32 i32) (result i32))"#,
        ),
        (
            "the function modal.call(i32, i32, i32, i32, i64) -> ()",
            r#""modal" "call" (func (param i32 i32 i32 i32 i64))"#,
        ),
        (
            "the function wasi_snapshot_preview1.proc_exit(i32) -> ()",
            r#""wasi_snapshot_preview1" "proc_exit" (func (param i32))"#,
        ),
        ("the memory env.memory", r#""env" "memory" (memory 1)"#),
        ("the table env.abort", r#""env" "abort" (table 1 funcref)"#),
        ("the global env.abort", r#""env" "abort" (global i32)"#),
    ] {
        let module = format!("(module (import {import}))");
        check(&module, RejectionKind::Import, what);
        check(&module, RejectionKind::Import, "env.abort() -> (), env.abort(i32, i32, i32, i32) -> ()");
    }
}

#[test]
fn reserved_names_are_refused() {
    for name in ["modal:", "modal:gas", "modal:t0", "modal:later"] {
        check(format!("(module (func (export {name:?})))"), RejectionKind::ReservedExport, name);
    }
    accept(r#"(module (func (export "modal") (export "Modal:gas") (export "modal.gas")))"#);
}

#[test]
fn broken_modules_are_told_apart() {
    for (kind, module) in [
        (RejectionKind::Malformed, b"".as_slice()),
        (RejectionKind::Malformed, b"\0as"),
        (RejectionKind::Malformed, b"\0asm\x02\0\0\0"),
        (RejectionKind::Malformed, b"\0asm\x01\0\0\0\x01"),
        (RejectionKind::Malformed, b"\0asm\x01\0\0\0\x01\x02\x00\x00"),
        (RejectionKind::Malformed, b"\0asm\x01\0\0\0\x7f\x00"),
        // A data segment that the code names and no section counts.
        (
            RejectionKind::Malformed,
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x07\x01\x05\0\xfc\x09\0\x0b\x0b\x03\x01\x01\0",
        ),
        // A function without a body.
        (RejectionKind::Malformed, b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0"),
    ] {
        let rejection = Meter::default().meter(module).expect_err("the module is broken");
        assert_eq!(rejection.kind, kind, "{module:?}: {rejection}");
    }
    for module in [
        "(module (func (result i32)))",
        "(module (func (i32.add)))",
        "(module (func (drop (local.get 0))))",
        "(module (func (export \"a\") (export \"a\")))",
        "(module (memory 65537))",
        "(module (func (param i32)) (start 0))",
        "(module (global i32 (i64.const 0)))",
        "(module (data (i32.const 0) \"\"))",
    ] {
        check(module, RejectionKind::Invalid, "the module is invalid: ");
    }
}
