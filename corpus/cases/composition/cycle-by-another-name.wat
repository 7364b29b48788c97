;;! about = "a module is known by its bytes: under another name it is open all the same, and the outermost has no name at all"
;;! [[run]]
;;! calls = ["run"]
;;! [[run]]
;;! method = "execute"
;;! input = ""
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/copy")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func $execute (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32))
  (func (export "run") (result i32)
    (call $execute (i32.const 0) (i32.const 0))))
;;@ { name = "/copy" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/copy")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func $execute (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32))
  (func (export "run") (result i32)
    (call $execute (i32.const 0) (i32.const 0))))
;;= run 0
;;=   start: completed [] | gas 11 | high 0 | memory 1 643c74d85186
;;=   run: completed [i32:0x00000020] | gas 5023 | high 42 | called modal.call(i32:0x00000000, i32:0x00000005, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/copy" returned -4 for 0 of 0 gas given of 994984 left, high 0 | memory 1 66bf2b84b172
;;= run 1
;;=   execute: output "4" | gas 5032 | high 24 | called modal.call(i32:0x00000000, i32:0x00000005, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/copy" returned -4 for 0 of 0 gas given of 994975 left, high 0 | memory 1 66bf2b84b172
