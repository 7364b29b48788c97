;;! about = "a br_table costs one; each arm, the default among them, then costs what it runs"
;;! [[run]]
;;! calls = ["arm i32:0", "arm i32:1", "arm i32:2", "arm i32:3", "arm i32:-1"]
(module
  (func (export "arm") (param i32)
    (block $c
      (block $b
        (block $a
          (br_table $a $b $c (local.get 0)))
        (drop (i32.const 1))
        (return))
      (drop (i32.const 1))
      (drop (i32.const 2))
      (return))
    (drop (i32.const 1))
    (drop (i32.const 2))
    (drop (i32.const 3))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   arm: completed [] | gas 4 | high 18
;;=   arm: completed [] | gas 5 | high 18
;;=   arm: completed [] | gas 6 | high 18
;;=   arm: completed [] | gas 6 | high 18
;;=   arm: completed [] | gas 6 | high 18
