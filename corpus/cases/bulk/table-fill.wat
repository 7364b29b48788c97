;;! about = "table.fill costs one and one per element, and is checked as a whole before it writes"
;;! [[run]]
;;! calls = ["fill i32:1 externref:7 i32:3", "fill i32:5 externref:8 i32:0", "fill i32:4 externref:9 i32:1", "fill i32:4 externref:1 i32:2", "fill i32:6 externref:1 i32:0", "fill i32:0 externref:null i32:2"]
(module
  (table 5 externref)
  (func (export "fill") (param i32 externref i32)
    (table.fill (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 5 8855508aade1
;;=   fill: completed [] | gas 8 | high 22 | table 5 0fde54002fbc
;;=   fill: completed [] | gas 5 | high 22 | table 5 0fde54002fbc
;;=   fill: completed [] | gas 6 | high 22 | table 5 48e832f5cb70
;;=   fill: trapped TableOutOfBounds | gas 1000000 | high 22 | table 5 48e832f5cb70
;;=   fill: trapped TableOutOfBounds | gas 1000000 | high 22 | table 5 48e832f5cb70
;;=   fill: completed [] | gas 7 | high 22 | table 5 d25ae84a122c
