;;! about = "a table may be exported and is observed once, under whatever names"
;;! [[run]]
;;! calls = ["set"]
(module
  (table $t (export "table") (export "again") 1 funcref)
  (func $set (export "set") (table.set (i32.const 0) (ref.func $set))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 1 6e340b9cffb3
;;=   set: completed [] | gas 4 | high 18 | table 1 957b88b12730
