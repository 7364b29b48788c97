;;! about = "alloc must take and return one i32; a missing method is reported before a wrong type"
;;! [[run]]
;;! method = "run"
;;! [[run]]
;;! method = "absent"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i64) (result i32) (i32.const 0))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: violated WrongSignature "alloc" | gas 1000000 | high 0
;;= run 1
;;=   absent: violated MissingExport "absent" | gas 1000000 | high 0
