;;! about = "table.fill, table.copy and table.init are charged by their lengths before their bounds are checked"
;;! [[run]]
;;! calls = ["fill i32:5", "copy i32:5", "init i32:5"]
;;! gas = 9
;;! [[run]]
;;! calls = ["fill i32:5", "copy i32:5", "init i32:5"]
;;! gas = 10
(module
  (table 2 funcref)
  (elem $passive func $f)
  (func $f)
  (func (export "fill") (param i32)
    (table.fill (i32.const 0) (ref.null func) (local.get 0)))
  (func (export "copy") (param i32)
    (table.copy (i32.const 0) (i32.const 0) (local.get 0)))
  (func (export "init") (param i32)
    (table.init $passive (i32.const 0) (i32.const 0) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | table 2 96a296d224f2
;;=   fill: trapped OutOfGas | gas 9 | high 20 | table 2 96a296d224f2
;;=   copy: trapped OutOfGas | gas 9 | high 20 | table 2 96a296d224f2
;;=   init: trapped OutOfGas | gas 9 | high 20 | table 2 96a296d224f2
;;= run 1
;;=   start: completed [] | gas 1 | high 0 | table 2 96a296d224f2
;;=   fill: trapped TableOutOfBounds | gas 10 | high 20 | table 2 96a296d224f2
;;=   copy: trapped TableOutOfBounds | gas 10 | high 20 | table 2 96a296d224f2
;;=   init: trapped TableOutOfBounds | gas 10 | high 20 | table 2 96a296d224f2
