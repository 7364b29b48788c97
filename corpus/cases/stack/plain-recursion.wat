;;! about = "3,449 frames of 19 words leave five words, in which nothing more fits"
;;! [[run]]
;;! calls = ["down i32:3448", "down i32:3449", "down i32:-1"]
(module
  (func $down (export "down") (param i32)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   down: completed [] | gas 24139 | high 65531
;;=   down: trapped CallStackExhausted | gas 1000000 | high 65531
;;=   down: trapped CallStackExhausted | gas 1000000 | high 65531
