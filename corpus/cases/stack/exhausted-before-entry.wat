;;! about = "the stack is checked before anything of the callee runs: 1,024 calls fit, and the counter counts just those"
;;! [[run]]
;;! calls = ["count"]
;; A frame weighs 16 + 46 + 2 words.
(module
  (global $entered (mut i32) (i32.const 0))
  (func $count (export "count")
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (global.set $entered (i32.add (global.get $entered) (i32.const 1)))
    (call $count)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | globals i32:0x00000000
;;=   count: trapped CallStackExhausted | gas 1000000 | high 65536 | globals i32:0x00000400
