;;! about = "where gas and stack would both run out at one call, gas is first, because the call is checked before the callee's frame"
;;! [[run]]
;;! calls = ["down i32:1024"]
;;! gas = 7167
;;! [[run]]
;;! calls = ["down i32:1024"]
;;! gas = 7168
;; A frame of "down" weighs 16 + 46 + 2 = 64 words, so that 1,024 of them fit exactly; a level costs 7.
(module
  (func $down (export "down") (param i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   down: trapped OutOfGas | gas 7167 | high 65536
;;= run 1
;;=   start: completed [] | gas 0 | high 0
;;=   down: trapped CallStackExhausted | gas 7168 | high 65536
