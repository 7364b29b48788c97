//! Guests, as the base64 that a commit uploads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A program that returns its arguments: whoever invokes it says what it does. The input is `{"args":…,"context":…}`, so the
/// arguments begin at byte 8 and end before the last `,"contex` (that text, within a string, has a backslash in it). The
/// length goes into the four bytes before them.
pub(crate) const RELAY: &str = r#"(module
    (memory (export "memory") 8)
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param $ptr i32) (param $len i32) (result i32) (local $at i32)
        (local.set $at (i32.sub (i32.add (local.get $ptr) (local.get $len)) (i32.const 8)))
        (loop $back
            (if (i64.ne (i64.load (local.get $at)) (i64.const 0x7865746e6f63222c))
                (then
                    (local.set $at (i32.sub (local.get $at) (i32.const 1)))
                    (br $back))))
        (i32.store
            (i32.add (local.get $ptr) (i32.const 4))
            (i32.sub (local.get $at) (i32.add (local.get $ptr) (i32.const 8))))
        (i32.add (local.get $ptr) (i32.const 4))))"#;

/// A program that returns its whole input as the value of a post.
pub(crate) const MIRROR: &str = r#"(module
    (memory (export "memory") 8)
    (data (i32.const 4) "{\"actions\":[{\"method\":\"post\",\"path\":\"/input\",\"value\":")
    (data (i32.const 65536) "}],\"errors\":[]}")
    (func (export "alloc") (param i32) (result i32) (i32.const 57))
    (func (export "execute") (param $ptr i32) (param $len i32) (result i32)
        (memory.copy (i32.add (local.get $ptr) (local.get $len)) (i32.const 65536) (i32.const 15))
        (i32.store (i32.const 0) (i32.add (local.get $len) (i32.const 68)))
        (i32.const 0)))"#;

/// A program with this body of `execute`, whose parameters are `$ptr` and `$len`.
pub(crate) fn program(body: &str) -> String {
    format!(
        r#"(module
            (memory (export "memory") 32)
            (func (export "alloc") (param i32) (result i32) (i32.const 1024))
            (func (export "execute") (param $ptr i32) (param $len i32) (result i32) {body}))"#
    )
}

/// A program that returns this text.
pub(crate) fn constant(output: &str) -> String {
    let bytes: String = output.bytes().map(|byte| format!("\\{byte:02x}")).collect();
    let length: String = (output.len() as u32).to_le_bytes().iter().map(|byte| format!("\\{byte:02x}")).collect();
    program("(i32.const 16)").replacen("(func", &format!("(data (i32.const 16) \"{length}{bytes}\") (func"), 1)
}

/// A program that calls the module of this name on its own input, under all the gas that it can give, and returns what
/// that returned; or, for one of the codes, that it has an error `code -2`.
pub(crate) fn caller(name: &str) -> String {
    let length = name.len();
    format!(
        r#"(module
            (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
            (import "modal" "result" (func $result (param i32)))
            (memory (export "memory") 16)
            (data (i32.const 16) "{name}")
            (data (i32.const 512) "\23\00\00\00{{\"actions\":[],\"errors\":[\"code -0\"]}}")
            (func (export "alloc") (param i32) (result i32) (i32.const 1024))
            (func (export "execute") (param $ptr i32) (param $len i32) (result i32) (local $code i32)
                (local.set $code
                    (call $call
                        (i32.const 16) (i32.const {length}) (local.get $ptr) (local.get $len) (i64.const -1)))
                (if (i32.lt_s (local.get $code) (i32.const 0))
                    (then
                        (i32.store8 (i32.const 547) (i32.sub (i32.const 48) (local.get $code)))
                        (return (i32.const 512))))
                (i32.store (i32.const 524288) (local.get $code))
                (call $result (i32.const 524292))
                (i32.const 524288)))"#
    )
}

pub(crate) fn base64(wat: &str) -> String {
    STANDARD.encode(wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}: {wat}")))
}
