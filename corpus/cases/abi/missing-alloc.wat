;;! about = "alloc must be there and must be a function; its absence is seen before the method's"
;;! [[run]]
;;! method = "run"
;;! [[run]]
;;! method = "absent"
(module
  (memory (export "memory") 1)
  (global (export "alloc") i32 (i32.const 0))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: violated MissingExport "alloc" | gas 1000000 | high 0
;;= run 1
;;=   absent: violated MissingExport "alloc" | gas 1000000 | high 0
