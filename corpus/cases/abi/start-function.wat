;;! about = "a start function that traps ends a run before alloc"
;;! [[run]]
;;! method = "run"
;;! input = "in"
(module
  (memory (export "memory") 1)
  (func $start (i32.store8 (i32.const 1) (i32.const 1)) unreachable)
  (start $start)
  (func (export "alloc") (param i32) (result i32) (i32.const 16))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: trapped Unreachable | gas 1000000 | high 18 | memory 1 b413f47d13ee
