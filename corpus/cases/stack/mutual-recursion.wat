;;! about = "two functions that call each other weigh differently, and whichever does not fit traps"
;;! [[run]]
;;! calls = ["even i32:10", "even i32:7", "even i32:3275", "even i32:3276", "odd i32:3275", "odd i32:3276"]
;; "even" weighs 19 words, "odd" 21. From "even", 3,276 frames are 1,638 pairs of 40 words: 65,520.
(module
  (func $even (export "even") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $odd (i32.sub (local.get 0) (i32.const 1))))
      (else (i32.const 1))))
  (func $odd (export "odd") (param i32) (result i32) (local i64 i64)
    (if (result i32) (local.get 0)
      (then (call $even (i32.sub (local.get 0) (i32.const 1))))
      (else (i32.const 0)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   even: completed [i32:0x00000001] | gas 74 | high 219
;;=   even: completed [i32:0x00000000] | gas 53 | high 160
;;=   even: completed [i32:0x00000000] | gas 22929 | high 65520
;;=   even: trapped CallStackExhausted | gas 1000000 | high 65520
;;=   odd: completed [i32:0x00000001] | gas 22929 | high 65520
;;=   odd: trapped CallStackExhausted | gas 1000000 | high 65520
