;;! about = "entering a function is charged but is no checkpoint: a callee that traps at once traps as itself"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 1
;;! [[run]]
;;! calls = ["run"]
;;! gas = 2
(module
  (func $callee unreachable)
  (func (export "run") (call $callee)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped OutOfGas | gas 1 | high 16
;;= run 1
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped Unreachable | gas 2 | high 32
