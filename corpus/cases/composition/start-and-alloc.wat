;;! about = "modules can be called from the start function and the allocator; one budget covers all, and a result outlives the call that asked for it"
;;! [[run]]
;;! method = "execute"
;;! input = ""
;;! [[run]]
;;! method = "execute"
;;! input = ""
;;! gas = 10324
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/ok")
  (data (i32.const 16) "\02\00\00\00")
  (func $ok
    (drop (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1))))
  (start $ok)
  (func (export "alloc") (param i32) (result i32)
    (call $result (i32.const 64))
    (call $ok)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (call $result (i32.const 20))
    (i32.const 16)))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   execute: output "ok" | gas 10324 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979435 gas given of 994981 left, high 19, result 2689367b205c | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 974358 gas given of 989824 left, high 19, result 2689367b205c | memory 1 36e79c745f4e
;;= run 1
;;=   execute: output "ok" | gas 10324 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 5223 gas given of 5305 left, high 19, result 2689367b205c | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 146 gas given of 148 left, high 19, result 2689367b205c | memory 1 36e79c745f4e
