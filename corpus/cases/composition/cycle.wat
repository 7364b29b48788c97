;;! about = "a module whose call is open is not called again: neither by the module that it calls nor by itself"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/a/s")
  (func (export "call") (param $name i32) (result i32 i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $result (i32.const 64))
    (i32.load8_u (i32.const 64))))
;;@ { name = "/a" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/b")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/b" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/a")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/s" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/s")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | memory 1 7ca52c961142
;;=   call: completed [i32:0x00000001, i32:0x0000002f] | gas 15324 | high 2118 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned 1 for 10310 of 979445 gas given of 994991 left, high 1072, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/b" returned 1 for 5155 of 959075 gas given of 974298 left, high 24, result 4b227777d4dd [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned -4 for 0 of 0 gas given of 953928 left, high 0]] | memory 1 a6ab15e6808b
;;=   call: completed [i32:0x00000001, i32:0x00000034] | gas 10169 | high 1070 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/s" returned 1 for 5155 of 979445 gas given of 994991 left, high 24, result 4b227777d4dd [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/s" returned -4 for 0 of 0 gas given of 974298 left, high 0] | memory 1 4e3a2cdcdcac
