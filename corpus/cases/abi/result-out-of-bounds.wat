;;! about = "a result whose length field or whose text leaves the memory breaks the ABI"
;;! [[run]]
;;! method = "field"
;;! [[run]]
;;! method = "text"
;;! [[run]]
;;! method = "end"
;;! [[run]]
;;! method = "negative"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "field") (param i32 i32) (result i32) (i32.const 65533))
  (func (export "text") (param i32 i32) (result i32)
    (i32.store (i32.const 65528) (i32.const 5))
    (i32.const 65528))
  (func (export "end") (param i32 i32) (result i32) (i32.const 65536))
  (func (export "negative") (param i32 i32) (result i32) (i32.const -4)))
;;= run 0
;;=   field: violated ResultOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;= run 1
;;=   text: violated ResultOutOfBounds | gas 1000000 | high 20 | memory 1 42659eef7b2f
;;= run 2
;;=   end: violated ResultOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;= run 3
;;=   negative: violated ResultOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
