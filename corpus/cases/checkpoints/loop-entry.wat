;;! about = "the loop header is a checkpoint on entry from above: what stands before it has happened, what is inside has not"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 3
;;! [[run]]
;;! calls = ["run"]
;;! gas = 4
;;! [[run]]
;;! calls = ["run"]
;;! gas = 7
(module
  (memory 1)
  (func (export "run")
    (i32.store8 (i32.const 0) (i32.const 1))
    (loop
      (i32.store8 (i32.const 1) (i32.const 2)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 3 | high 18 | memory 1 4bf5122f3445
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 4 | high 18 | memory 1 a12871fee210
;;= run 2
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: completed [] | gas 7 | high 18 | memory 1 a12871fee210
