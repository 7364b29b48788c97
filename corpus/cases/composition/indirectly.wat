;;! about = "a call through a table is the same call"
;;! [[run]]
;;! calls = ["run"]
(module
  (type $call (func (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "call" (func $call (type $call)))
  (memory 1)
  (table funcref (elem $call))
  (data (i32.const 0) "/ok")
  (func (export "run") (result i32)
    (call_indirect (type $call) (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1) (i32.const 0))))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 6 | high 0 | memory 1 4545a3126a11 | table 1 957b88b12730
;;=   run: completed [i32:0x00000002] | gas 5152 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979443 gas given of 994989 left, high 19, result 2689367b205c | memory 1 4545a3126a11 | table 1 957b88b12730
