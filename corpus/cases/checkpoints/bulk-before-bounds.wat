;;! about = "a bulk operator out of bounds is out of gas first, if its length costs more than there is"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 70004
;;! [[run]]
;;! calls = ["run"]
;;! gas = 70005
(module
  (memory 1)
  (func (export "run")
    (memory.fill (i32.const 0) (i32.const 97) (i32.const 70000))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 70004 | high 19 | memory 1 e3b0c44298fc
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped MemoryOutOfBounds | gas 70005 | high 19 | memory 1 e3b0c44298fc
