;;! about = "the output is charged before it is read: with gas for 1,000 bytes it is not UTF-8, with one less the gas is out"
;;! [[run]]
;;! calls = ["call i64:1138", "call i64:1137"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/bytes")
  (func (export "call") (param $gas i64) (result i32)
    (call $call (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 0) (local.get $gas))))
;;@ { name = "/bytes" }
(module
  (memory (export "memory") 1)
  ;; 128 for the page, 5 + 1 to start, 2 + 2, and 1,000: 1,138.
  (data (i32.const 0) "\e8\03\00\00\ff")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 0))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 f20b69d32d21
;;=   call: completed [i32:0xfffffff8] | gas 6151 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x0000000000000472) "/bytes" returned -8 for 1138 of 1138 gas given of 994987 left, high 19 | memory 1 f20b69d32d21
;;=   call: completed [i32:0xfffffffa] | gas 6150 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0x0000000000000471) "/bytes" returned -6 for 1137 of 1137 gas given of 994987 left, high 19 | memory 1 f20b69d32d21
