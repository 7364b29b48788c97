;;! about = "1,024 frames of 64 words fill the stack to the last word; one more traps, and the high-water stays below it"
;;! [[run]]
;;! calls = ["down i32:1022", "down i32:1023", "down i32:1024", "down i32:1023"]
;; A frame weighs 16 + 46 + 2 words.
(module
  (func $down (export "down") (param i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   down: completed [] | gas 7157 | high 65472
;;=   down: completed [] | gas 7164 | high 65536
;;=   down: trapped CallStackExhausted | gas 1000000 | high 65536
;;=   down: completed [] | gas 7164 | high 65536
