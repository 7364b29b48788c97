;;! about = "a guest that does not export its memory breaks the ABI before anything runs; another export of that name is no memory"
;;! [[run]]
;;! method = "run"
(module
  (memory 1)
  (func (export "memory"))
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: violated MissingExport "memory" | gas 1000000 | high 0
