;;! about = "memory.grow is charged and checked before the memory grows"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 130
;;! [[run]]
;;! calls = ["run"]
;;! gas = 131
(module
  (memory 1)
  (func (export "run") (result i32)
    (memory.grow (i32.const 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 130 | high 17 | memory 1 e3b0c44298fc
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: completed [i32:0x00000001] | gas 131 | high 17 | memory 2 e3b0c44298fc
