;;! about = "a call completes under exactly its own gas and under no less"
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 16
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 15
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 1
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 100000000
(module
  (func (export "run") (param i32)
    (loop $again
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [] | gas 16 | high 19
;;= run 1
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped OutOfGas | gas 15 | high 19
;;= run 2
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped OutOfGas | gas 1 | high 19
;;= run 3
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [] | gas 16 | high 19
