;;! about = "table.grow is charged and checked before the table grows"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 13
;;! [[run]]
;;! calls = ["run"]
;;! gas = 14
(module
  (table 3 externref)
  (func (export "run") (result i32)
    (table.grow (ref.null extern) (i32.const 10))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 3 709e80c88487
;;=   run: trapped OutOfGas | gas 13 | high 18 | table 3 709e80c88487
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | table 3 709e80c88487
;;=   run: completed [i32:0x00000003] | gas 14 | high 18 | table 13 dd46c3eebb18
