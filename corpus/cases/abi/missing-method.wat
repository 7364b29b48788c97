;;! about = "the method must be exported as a function: names that are absent, differ in case or stand for a memory are none"
;;! [[run]]
;;! method = "absent"
;;! [[run]]
;;! method = "Run"
;;! [[run]]
;;! method = "memory"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   absent: violated MissingExport "absent" | gas 1000000 | high 0
;;= run 1
;;=   Run: violated MissingExport "Run" | gas 1000000 | high 0
;;= run 2
;;=   memory: violated MissingExport "memory" | gas 1000000 | high 0
