;;! about = "a call is a checkpoint once the operator is charged and before the callee is entered, so its frame does not count"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 4
;;! [[run]]
;;! calls = ["run"]
;;! gas = 5
;;! [[run]]
;;! calls = ["run"]
;;! gas = 9
(module
  (memory 1)
  (func $callee
    (i32.store8 (i32.const 1) (i32.const 2)))
  (func (export "run")
    (i32.store8 (i32.const 0) (i32.const 1))
    (call $callee)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 4 | high 18 | memory 1 4bf5122f3445
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 5 | high 36 | memory 1 a12871fee210
;;= run 2
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: completed [] | gas 9 | high 36 | memory 1 a12871fee210
