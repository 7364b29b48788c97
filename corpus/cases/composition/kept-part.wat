;;! about = "the caller keeps one 64th of what it has left, rounded down: of 143 that are left it keeps 2, of 142 as many, of 63 nothing"
;;! [[run]]
;;! calls = ["call i64:-1"]
;;! gas = 5153
;;! [[run]]
;;! calls = ["call i64:-1"]
;;! gas = 5152
;;! [[run]]
;;! calls = ["call i64:-1"]
;;! gas = 5073
;;! [[run]]
;;! calls = ["call i64:-1"]
;;! gas = 5011
;;! [[run]]
;;! calls = ["call i64:-1"]
;;! gas = 5010
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
  ;; 5,010 are spent when the budget is made.
  (func (export "call") (param $gas i64) (result i32)
    (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (local.get $gas))))
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
;;=   call: completed [i32:0x00000002] | gas 5151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 141 gas given of 143 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;= run 1
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5150 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned -6 for 140 of 140 gas given of 142 left, high 19 | memory 1 4545a3126a11
;;= run 2
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5073 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned -6 for 63 of 63 gas given of 63 left, high 0 | memory 1 4545a3126a11
;;= run 3
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5011 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned -6 for 1 of 1 gas given of 1 left, high 0 | memory 1 4545a3126a11
;;= run 4
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5010 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned -6 for 0 of 0 gas given of 0 left, high 0 | memory 1 4545a3126a11
