;;! about = "a module may be called again once its call has ended, and by two callers in turn"
;;! [[run]]
;;! calls = ["run"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/a/ok")
  (func (export "run") (result i32 i32 i32)
    (call $call (i32.const 2) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $call (i32.const 2) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1))))
;;@ { name = "/a" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/ok")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 6 | high 0 | memory 1 dd783243e5e5
;;=   run: completed [i32:0x00000002, i32:0x00000001, i32:0x00000002] | gas 20607 | high 2114 | called modal.call(i32:0x00000002, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned 1 for 5298 of 974375 gas given of 989841 left, high 1067, result cdb4ee2aea69 [modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 954082 gas given of 969226 left, high 19, result 2689367b205c] | called modal.call(i32:0x00000002, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 964229 gas given of 979534 left, high 19, result 2689367b205c | memory 1 dd783243e5e5
