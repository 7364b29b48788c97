;;! about = "table.copy goes from one table to another, each with bounds of its own"
;;! [[run]]
;;! calls = ["copy i32:0 i32:1 i32:2", "copy i32:1 i32:0 i32:2", "copy i32:0 i32:2 i32:2"]
(module
  (table $to 2 funcref)
  (table $from funcref (elem $a $b $c))
  (func $a) (func $b) (func $c)
  (func (export "copy") (param i32 i32 i32)
    (table.copy $to $from (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | table 2 96a296d224f2 | table 3 14506d83e18e
;;=   copy: completed [] | gas 7 | high 22 | table 2 098c546b3768 | table 3 14506d83e18e
;;=   copy: trapped TableOutOfBounds | gas 1000000 | high 22 | table 2 098c546b3768 | table 3 14506d83e18e
;;=   copy: trapped TableOutOfBounds | gas 1000000 | high 22 | table 2 098c546b3768 | table 3 14506d83e18e
