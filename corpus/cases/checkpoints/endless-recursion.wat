;;! about = "each call of an endless recursion is a checkpoint: the sixth, at 12, is the first above 10"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 10
(module
  (func $run (export "run") (call $run)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped OutOfGas | gas 10 | high 96
