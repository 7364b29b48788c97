;;! about = "a result may end with the last byte of the memory: only its length, or its length and its text"
;;! [[run]]
;;! method = "empty"
;;! [[run]]
;;! method = "one"
;;! [[run]]
;;! method = "zero"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "empty") (param i32 i32) (result i32) (i32.const 65532))
  (func (export "one") (param i32 i32) (result i32)
    (i32.store (i32.const 65531) (i32.const 1))
    (i32.store8 (i32.const 65535) (i32.const 33))
    (i32.const 65531))
  (func (export "zero") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   empty: output "" | gas 4 | high 19 | memory 1 e3b0c44298fc
;;= run 1
;;=   one: output "!" | gas 10 | high 20 | memory 1 5137501198c0
;;= run 2
;;=   zero: output "" | gas 4 | high 19 | memory 1 e3b0c44298fc
