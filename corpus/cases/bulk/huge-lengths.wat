;;! about = "lengths are unsigned: minus one is four thousand million, which no limit can pay for, so bounds are never reached"
;;! [[run]]
;;! calls = ["fill", "copy", "init", "table-fill", "table-copy", "table-init", "memory-grow", "table-grow"]
;;! gas = 100000000
(module
  (memory 1)
  (table 1 externref)
  (data $d "abc")
  (elem $e externref (ref.null extern))
  (func (export "fill") (memory.fill (i32.const 0) (i32.const 1) (i32.const -1)))
  (func (export "copy") (memory.copy (i32.const 0) (i32.const 1) (i32.const -1)))
  (func (export "init") (memory.init $d (i32.const 0) (i32.const 1) (i32.const -1)))
  (func (export "table-fill") (table.fill (i32.const 0) (ref.null extern) (i32.const -1)))
  (func (export "table-copy") (table.copy (i32.const 0) (i32.const 0) (i32.const -1)))
  (func (export "table-init") (table.init $e (i32.const 0) (i32.const 0) (i32.const -1)))
  (func (export "memory-grow") (result i32) (memory.grow (i32.const -1)))
  (func (export "table-grow") (result i32) (table.grow (ref.null extern) (i32.const -1))))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   fill: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   copy: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   init: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   table-fill: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   table-copy: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   table-init: trapped OutOfGas | gas 100000000 | high 19 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   memory-grow: trapped OutOfGas | gas 100000000 | high 17 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   table-grow: trapped OutOfGas | gas 100000000 | high 18 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
