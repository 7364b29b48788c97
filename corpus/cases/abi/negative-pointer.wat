;;! about = "pointers are unsigned: minus one is the last address there could be, and outside"
;;! [[run]]
;;! method = "run"
;;! input = "x"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const -1))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: violated ArgumentsOutOfBounds | gas 1000000 | high 18 | memory 1 e3b0c44298fc
