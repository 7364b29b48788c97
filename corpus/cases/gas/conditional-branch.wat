;;! about = "a br_if costs one whether or not it is taken, and what follows costs only where it is not"
;;! [[run]]
;;! calls = ["skip i32:1", "skip i32:0", "skip i32:-1"]
(module
  (func (export "skip") (param i32)
    (block
      (br_if 0 (local.get 0))
      (drop (i32.const 1))
      (drop (i32.const 2)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   skip: completed [] | gas 3 | high 18
;;=   skip: completed [] | gas 5 | high 18
;;=   skip: completed [] | gas 3 | high 18
