;;! about = "a module pays for what its instance starts with, as for growth: 3 pages of 128 and 10 + 20 elements; before that nothing is made"
;;! [[run]]
;;! calls = ["call i64:-1", "call i64:413", "call i64:414", "call i64:419", "call i64:420"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/large")
  (func (export "call") (param $gas i64) (result i32)
    (call $call (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 0) (local.get $gas))))
;;@ { name = "/large" }
(module
  (memory (export "memory") 3)
  (table 10 funcref)
  (table 20 externref)
  (data (i32.const 0) "\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 cc2b922a85e6
;;=   call: completed [i32:0x00000000] | gas 5433 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/large" returned 0 for 420 of 979441 gas given of 994987 left, high 19, result e3b0c44298fc | memory 1 cc2b922a85e6
;;=   call: completed [i32:0xfffffffa] | gas 5426 | high 22 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x000000000000019d) "/large" returned -6 for 413 of 413 gas given of 994987 left, high 0 | memory 1 cc2b922a85e6
;;=   call: completed [i32:0xfffffffa] | gas 5427 | high 22 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x000000000000019e) "/large" returned -6 for 414 of 414 gas given of 994987 left, high 0 | memory 1 cc2b922a85e6
;;=   call: completed [i32:0xfffffffa] | gas 5432 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x00000000000001a3) "/large" returned -6 for 419 of 419 gas given of 994987 left, high 19 | memory 1 cc2b922a85e6
;;=   call: completed [i32:0x00000000] | gas 5433 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x00000000000001a4) "/large" returned 0 for 420 of 420 gas given of 994987 left, high 19, result e3b0c44298fc | memory 1 cc2b922a85e6
