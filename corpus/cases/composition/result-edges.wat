;;! about = "a copy of the result must fit, up to the last byte; an empty one must be in the memory as well; copies cost their bytes each time"
;;! [[run]]
;;! calls = ["call i32:65534"]
;;! [[run]]
;;! calls = ["call i32:65535"]
;;! [[run]]
;;! calls = ["call i32:-1"]
;;! [[run]]
;;! calls = ["none i32:65536"]
;;! [[run]]
;;! calls = ["none i32:65537"]
;;! [[run]]
;;! calls = ["twice"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
  (func $ok (result i32)
    (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "call") (param $to i32)
    (drop (call $ok))
    (call $result (local.get $to)))
  (func (export "none") (param $to i32)
    (call $result (local.get $to)))
  (func (export "twice")
    (drop (call $ok))
    (call $result (i32.const 16))
    (call $result (i32.const 17))))
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
;;=   call: completed [] | gas 5157 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979442 gas given of 994988 left, high 19, result 2689367b205c | memory 1 9db5fb90a073
;;= run 1
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979442 gas given of 994988 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;= run 2
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979442 gas given of 994988 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;= run 3
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   none: completed [] | gas 3 | high 18 | memory 1 4545a3126a11
;;= run 4
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   none: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 4545a3126a11
;;= run 5
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   twice: completed [] | gas 5161 | high 1081 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979442 gas given of 994988 left, high 19, result 2689367b205c | memory 1 ed18369f2338
