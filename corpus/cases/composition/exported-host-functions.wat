;;! about = "a module can export what it imports: called by the host, the functions act for its instance"
;;! [[run]]
;;! calls = ["call i32:0 i32:3 i32:0 i32:0 i64:-1", "result i32:65536", "call i32:0 i32:3 i32:0 i32:0 i64:5"]
;;! [[run]]
;;! calls = ["call i32:0 i32:3 i32:0 i32:0 i64:-1"]
;;! gas = 5002
;;! [[run]]
;;! calls = ["result i32:65537"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (export "call" (func $call))
  (export "result" (func $result))
  (memory 1)
  (data (i32.const 0) "/ok"))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0x00000002] | gas 5144 | high 1043 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979451 gas given of 994997 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;=   result: completed [] | gas 0 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5008 | high 0 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x0000000000000005) "/ok" returned -6 for 5 of 5 gas given of 994997 left, high 0 | memory 1 4545a3126a11
;;= run 1
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped OutOfGas | gas 5002 | high 0 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 2
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   result: trapped MemoryOutOfBounds | gas 1000000 | high 0 | memory 1 4545a3126a11
