;;! about = "memory.copy is charged and checked before it writes"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 7
;;! [[run]]
;;! calls = ["run"]
;;! gas = 8
(module
  (memory 1)
  (data (i32.const 0) "abc")
  (func (export "run")
    (memory.copy (i32.const 8) (i32.const 0) (i32.const 3))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 ba7816bf8f01
;;=   run: trapped OutOfGas | gas 7 | high 19 | memory 1 ba7816bf8f01
;;= run 1
;;=   start: completed [] | gas 4 | high 0 | memory 1 ba7816bf8f01
;;=   run: completed [] | gas 8 | high 19 | memory 1 5bac6e2f517d
