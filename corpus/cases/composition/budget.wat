;;! about = "the module uses 141: 128 for its page, 7 to start, 2 + 2, and 2 for its output; with one less it is out of gas and uses all it was given; gas is unsigned"
;;! [[run]]
;;! calls = ["call i64:141", "call i64:140", "call i64:1", "call i64:127", "call i64:0", "call i64:-1", "call i64:-9223372036854775808"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
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
;;=   call: completed [i32:0x00000002] | gas 5151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x000000000000008d) "/ok" returned 2 for 141 of 141 gas given of 994990 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5150 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x000000000000008c) "/ok" returned -6 for 140 of 140 gas given of 994990 left, high 19 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5011 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x0000000000000001) "/ok" returned -6 for 1 of 1 gas given of 994990 left, high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5137 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x000000000000007f) "/ok" returned -6 for 127 of 127 gas given of 994990 left, high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5010 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x0000000000000000) "/ok" returned -6 for 0 of 0 gas given of 994990 left, high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0x00000002] | gas 5151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;=   call: completed [i32:0x00000002] | gas 5151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x8000000000000000) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | memory 1 4545a3126a11
