;;! about = "memory.fill is charged and checked before it writes: one short, and the memory is as it was"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 104
;;! [[run]]
;;! calls = ["run"]
;;! gas = 105
(module
  (memory 1)
  (func (export "run")
    (memory.fill (i32.const 0) (i32.const 97) (i32.const 100))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 104 | high 19 | memory 1 e3b0c44298fc
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: completed [] | gas 105 | high 19 | memory 1 2816597888e4
