;;! about = "each call has an instance of its own: what the module counts it counts from the beginning, and the memory of the caller is out of its reach"
;;! [[run]]
;;! calls = ["run", "run"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/count")
  (func $count (param $to i32)
    (drop (call $call (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 0) (i64.const -1)))
    (call $result (local.get $to)))
  (func (export "run") (result i32)
    (call $count (i32.const 16))
    (call $count (i32.const 17))
    (i32.load16_u (i32.const 16))))
;;@ { name = "/count" }
(module
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 48))
  (data (i32.const 0) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store8 (i32.const 4) (global.get $count))
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 c3d0a36ad784
;;=   run: completed [i32:0x00003131] | gas 10331 | high 1083 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/count" returned 1 for 146 of 979438 gas given of 994984 left, high 20, result 6b86b273ff34 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/count" returned 1 for 146 of 974355 gas given of 989820 left, high 20, result 6b86b273ff34 | memory 1 a6930a2d46ff
;;=   run: completed [i32:0x00003131] | gas 10331 | high 1083 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/count" returned 1 for 146 of 979438 gas given of 994984 left, high 20, result 6b86b273ff34 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/count" returned 1 for 146 of 974355 gas given of 989820 left, high 20, result 6b86b273ff34 | memory 1 a6930a2d46ff
