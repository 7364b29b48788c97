;;! about = "a module is given no more than its own limit, whatever its caller offers"
;;! [[run]]
;;! calls = ["both i64:-1", "both i64:141", "both i64:100"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/enough/tight")
  (func (export "both") (param $gas i64) (result i32 i32)
    (call $call (i32.const 0) (i32.const 7) (i32.const 0) (i32.const 0) (local.get $gas))
    (call $call (i32.const 7) (i32.const 6) (i32.const 0) (i32.const 0) (local.get $gas))))
;;@ { name = "/enough", gas = 141 }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;@ { name = "/tight", gas = 140 }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00no")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 14 | high 0 | memory 1 4a0050b1d37a
;;=   both: completed [i32:0x00000002, i32:0xfffffffa] | gas 10307 | high 1066 | called modal.call(i32:0x00000000, i32:0x00000007, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/enough" returned 2 for 141 of 141 gas given of 994986 left, high 19, result 2689367b205c | called modal.call(i32:0x00000007, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/tight" returned -6 for 140 of 140 gas given of 989833 left, high 19 | memory 1 4a0050b1d37a
;;=   both: completed [i32:0x00000002, i32:0xfffffffa] | gas 10307 | high 1066 | called modal.call(i32:0x00000000, i32:0x00000007, i32:0x00000000, i32:0x00000000, i64:0x000000000000008d) "/enough" returned 2 for 141 of 141 gas given of 994986 left, high 19, result 2689367b205c | called modal.call(i32:0x00000007, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x000000000000008d) "/tight" returned -6 for 140 of 140 gas given of 989833 left, high 19 | memory 1 4a0050b1d37a
;;=   both: completed [i32:0xfffffffa, i32:0xfffffffa] | gas 10226 | high 23 | called modal.call(i32:0x00000000, i32:0x00000007, i32:0x00000000, i32:0x00000000, i64:0x0000000000000064) "/enough" returned -6 for 100 of 100 gas given of 994986 left, high 0 | called modal.call(i32:0x00000007, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x0000000000000064) "/tight" returned -6 for 100 of 100 gas given of 989874 left, high 0 | memory 1 4a0050b1d37a
