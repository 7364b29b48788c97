;;! about = "a result above a mebibyte is too long, wherever it would end; one of exactly that is looked for in the memory"
;;! [[run]]
;;! method = "above"
;;! [[run]]
;;! method = "most"
;;! [[run]]
;;! method = "negative"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "above") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.const 1048577))
    (i32.const 0))
  (func (export "most") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.const 1048576))
    (i32.const 0))
  (func (export "negative") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.const -1))
    (i32.const 0)))
;;= run 0
;;=   above: violated OutputTooLong | gas 1000000 | high 20 | memory 1 7ca4a6282e10
;;= run 1
;;=   most: violated ResultOutOfBounds | gas 1000000 | high 20 | memory 1 334f38f6b429
;;= run 2
;;=   negative: violated OutputTooLong | gas 1000000 | high 20 | memory 1 ad95131bc0b7
