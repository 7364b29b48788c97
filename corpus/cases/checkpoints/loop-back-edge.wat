;;! about = "each branch back to a loop header is a checkpoint, with the branch itself charged"
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 8
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 9
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 24
;;! [[run]]
;;! calls = ["run i32:3"]
;;! gas = 25
(module
  (memory 1)
  (func (export "run") (param i32)
    (loop $again
      (i32.store8 (local.get 0) (i32.const 7))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 8 | high 19 | memory 1 1561ade0621c
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 9 | high 19 | memory 1 93321724060b
;;= run 2
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 24 | high 19 | memory 1 5da3694fd082
;;= run 3
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: completed [] | gas 25 | high 19 | memory 1 5da3694fd082
