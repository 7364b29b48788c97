;;! about = "a module without a memory has one of no bytes"
;;! [[run]]
;;! calls = ["call i32:0 i32:0"]
;;! [[run]]
;;! calls = ["call i32:0 i32:1"]
;;! [[run]]
;;! calls = ["call i32:1 i32:0"]
;;! [[run]]
;;! calls = ["result i32:0"]
;;! [[run]]
;;! calls = ["result i32:1"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (func (export "call") (param $name i32) (param $length i32) (result i32)
    (call $call (local.get $name) (local.get $length) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "result") (param $to i32)
    (call $result (local.get $to))))
;;@ { name = "" }
(module)
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   call: completed [i32:0xfffffff8] | gas 984454 | high 23 | called modal.call(i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "" returned -8 for 979447 of 979447 gas given of 994993 left, high 0
;;= run 1
;;=   start: completed [] | gas 0 | high 0
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 23 | called modal.call(i32:0x00000000, i32:0x00000001, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff)
;;= run 2
;;=   start: completed [] | gas 0 | high 0
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 23 | called modal.call(i32:0x00000001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff)
;;= run 3
;;=   start: completed [] | gas 0 | high 0
;;=   result: completed [] | gas 3 | high 18
;;= run 4
;;=   start: completed [] | gas 0 | high 0
;;=   result: trapped MemoryOutOfBounds | gas 1000000 | high 18
