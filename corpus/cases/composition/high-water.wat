;;! about = "the frames of a called module weigh above its caller and 1,024 words for the call; a call that enters no frame weighs nothing"
;;! [[run]]
;;! calls = ["call i64:-1", "call i64:100", "call i64:0"]
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
;;=   call: completed [i32:0x00000002] | gas 5151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 979444 gas given of 994990 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5110 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x0000000000000064) "/ok" returned -6 for 100 of 100 gas given of 994990 left, high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffa] | gas 5010 | high 22 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x0000000000000000) "/ok" returned -6 for 0 of 0 gas given of 994990 left, high 0 | memory 1 4545a3126a11
