;;! about = "a declared element segment is empty from the start, although its elements are paid for"
;;! [[run]]
;;! calls = ["init i32:0", "init i32:1"]
(module
  (table 1 funcref)
  (elem $e declare func $f $f)
  (func $f)
  (func (export "init") (param i32)
    (table.init $e (i32.const 0) (i32.const 0) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | table 1 6e340b9cffb3
;;=   init: completed [] | gas 5 | high 20 | table 1 6e340b9cffb3
;;=   init: trapped TableOutOfBounds | gas 1000000 | high 20 | table 1 6e340b9cffb3
