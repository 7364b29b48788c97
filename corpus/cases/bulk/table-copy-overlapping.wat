;;! about = "table.copy behaves as if through a buffer, and costs one per element"
;;! [[run]]
;;! calls = ["copy i32:1 i32:0 i32:3"]
;;! [[run]]
;;! calls = ["copy i32:0 i32:1 i32:3"]
;;! [[run]]
;;! calls = ["copy i32:4 i32:4 i32:0", "copy i32:5 i32:0 i32:0", "copy i32:2 i32:0 i32:3", "copy i32:0 i32:2 i32:3"]
(module
  (table funcref (elem $a $b $c $d))
  (func $a) (func $b) (func $c) (func $d)
  (func (export "copy") (param i32 i32 i32)
    (table.copy (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | table 4 6b7942131f26
;;=   copy: completed [] | gas 8 | high 22 | table 4 82b3ab35183f
;;= run 1
;;=   start: completed [] | gas 5 | high 0 | table 4 6b7942131f26
;;=   copy: completed [] | gas 8 | high 22 | table 4 fddde7993f6b
;;= run 2
;;=   start: completed [] | gas 5 | high 0 | table 4 6b7942131f26
;;=   copy: completed [] | gas 5 | high 22 | table 4 6b7942131f26
;;=   copy: trapped TableOutOfBounds | gas 1000000 | high 22 | table 4 6b7942131f26
;;=   copy: trapped TableOutOfBounds | gas 1000000 | high 22 | table 4 6b7942131f26
;;=   copy: trapped TableOutOfBounds | gas 1000000 | high 22 | table 4 6b7942131f26
