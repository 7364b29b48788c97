;;! about = "recursion through a table weighs what direct recursion does and costs one more a level, for the index"
;;! [[run]]
;;! calls = ["down i32:100", "down i32:3448", "down i32:3449"]
(module
  (type $t (func (param i32)))
  (table funcref (elem $down))
  (func $down (export "down") (type $t)
    (if (local.get 0)
      (then
        (call_indirect (type $t)
          (i32.sub (local.get 0) (i32.const 1))
          (i32.const 0))))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | table 1 957b88b12730
;;=   down: completed [] | gas 803 | high 1919 | table 1 957b88b12730
;;=   down: completed [] | gas 27587 | high 65531 | table 1 957b88b12730
;;=   down: trapped CallStackExhausted | gas 1000000 | high 65531 | table 1 957b88b12730
