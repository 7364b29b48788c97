;;! about = "table.init copies part of a passive segment, null among its elements; a dropped segment is empty"
;;! [[run]]
;;! calls = ["init i32:0 i32:0 i32:2", "init i32:1 i32:1 i32:2", "init i32:0 i32:2 i32:2", "init i32:2 i32:0 i32:2", "init i32:3 i32:3 i32:0", "drop", "init i32:0 i32:0 i32:0", "init i32:0 i32:0 i32:1", "drop"]
(module
  (table 3 funcref)
  (elem $e funcref (ref.func $a) (ref.null func) (ref.func $b))
  (func $a) (func $b)
  (func (export "init") (param i32 i32 i32)
    (table.init $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (elem.drop $e)))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | table 3 709e80c88487
;;=   init: completed [] | gas 7 | high 22 | table 3 847b68e04850
;;=   init: completed [] | gas 7 | high 22 | table 3 d3fb7a5fa8de
;;=   init: trapped TableOutOfBounds | gas 1000000 | high 22 | table 3 d3fb7a5fa8de
;;=   init: trapped TableOutOfBounds | gas 1000000 | high 22 | table 3 d3fb7a5fa8de
;;=   init: completed [] | gas 5 | high 22 | table 3 d3fb7a5fa8de
;;=   drop: completed [] | gas 2 | high 16 | table 3 d3fb7a5fa8de
;;=   init: completed [] | gas 5 | high 22 | table 3 d3fb7a5fa8de
;;=   init: trapped TableOutOfBounds | gas 1000000 | high 22 | table 3 d3fb7a5fa8de
;;=   drop: completed [] | gas 2 | high 16 | table 3 d3fb7a5fa8de
