;;! about = "a return is free, and operators below its results are dropped without cost"
;;! [[run]]
;;! calls = ["early i32:1", "early i32:0", "surplus"]
(module
  (func (export "early") (param i32)
    (if (local.get 0) (then (return)))
    (drop (i32.add (i32.const 1) (i32.const 2))))
  (func (export "surplus") (result i32)
    i32.const 1
    i32.const 2
    i32.const 3
    return))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   early: completed [] | gas 3 | high 19
;;=   early: completed [] | gas 6 | high 19
;;=   surplus: completed [i32:0x00000003] | gas 4 | high 19
