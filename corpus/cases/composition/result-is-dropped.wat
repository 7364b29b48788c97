;;! about = "a result lives until the next call, whatever comes of that, and no longer than its budget"
;;! [[run]]
;;! calls = ["failed", "ok", "later"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/ok/no")
  (func (export "ok")
    (drop (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1))))
  (func (export "failed")
    (drop (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1)))
    (drop (call $call (i32.const 3) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1)))
    (call $result (i32.const 32)))
  (func (export "later")
    (call $result (i32.const 32))))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 f213174527de
;;=   failed: completed [] | gas 10162 | high 1064 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | called modal.call(i32:0x00000003, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/no" returned -2 for 0 of 0 gas given of 989840 left, high 0 | memory 1 f213174527de
;;=   ok: completed [] | gas 5151 | high 1064 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | memory 1 f213174527de
;;=   later: completed [] | gas 3 | high 17 | memory 1 f213174527de
