;;! about = "where no modules are passed in none is found"
;;! [[run]]
;;! calls = ["run"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
  (func (export "run") (result i32)
    (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   run: completed [i32:0xfffffffe] | gas 5010 | high 21 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned -2 for 0 of 0 gas given of 994990 left, high 0 | memory 1 4545a3126a11
