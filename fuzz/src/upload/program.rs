//! Programs that commits of an input upload and invoke.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::sync::LazyLock;

/// Programs in base64: one that does what it is told, one that returns no actions, one that traps, one that calls the module
/// of the path `/relay`, and bytes that are no module.
pub(super) static PROGRAMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts = [RELAY, IDLE, TRAP, CALLER];
    let modules = texts.iter().filter_map(|text| wat::parse_str(text).ok());
    modules.chain([b"\0asm\x01\0\0".to_vec()]).map(|module| BASE64_STANDARD.encode(module)).collect()
});

/// A program that returns its arguments. The input is `{"args":…,"context":…}`, so they begin at byte 8 and end before the
/// last `,"contex`. The length goes into the four bytes before them.
const RELAY: &str = r#"(module
    (memory (export "memory") 2)
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

const IDLE: &str = r#"(module
    (memory (export "memory") 1)
    (data (i32.const 16) "\1a\00\00\00{\"actions\":[],\"errors\":[]}")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param i32 i32) (result i32) (i32.const 16)))"#;

const TRAP: &str = r#"(module
    (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param i32 i32) (result i32) unreachable))"#;

const CALLER: &str = r#"(module
    (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
    (import "modal" "result" (func $result (param i32)))
    (memory (export "memory") 2)
    (data (i32.const 16) "/relay")
    (data (i32.const 512) "\1d\00\00\00{\"actions\":[],\"errors\":[\"no\"]}")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param $ptr i32) (param $len i32) (result i32) (local $code i32)
        (local.set $code
            (call $call (i32.const 16) (i32.const 6) (local.get $ptr) (local.get $len) (i64.const -1)))
        (if (i32.lt_s (local.get $code) (i32.const 0)) (then (return (i32.const 512))))
        (i32.store (i32.const 65536) (local.get $code))
        (call $result (i32.const 65540))
        (i32.const 65536)))"#;
