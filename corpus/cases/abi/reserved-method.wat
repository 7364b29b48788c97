;;! about = "what the meter exports is no method of the guest"
;;! [[run]]
;;! method = "modal:start"
;;! [[run]]
;;! method = "modal:f1"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func $hidden (param i32 i32) (result i32) (i32.const 0))
  (elem declare func $hidden))
;;= run 0
;;=   modal:start: violated MissingExport "modal:start" | gas 1000000 | high 0
;;= run 1
;;=   modal:f1: violated MissingExport "modal:f1" | gas 1000000 | high 0
