;;! about = "a store that crosses the end of the memory writes nothing at all"
;;! [[run]]
;;! calls = ["store64 i32:65529", "store32 i32:65533", "store16 i32:65535", "store8 i32:65536", "store64 i32:65528"]
(module
  (memory 1)
  (func (export "store64") (param i32) (i64.store (local.get 0) (i64.const -1)))
  (func (export "store32") (param i32) (i32.store (local.get 0) (i32.const -1)))
  (func (export "store16") (param i32) (i32.store16 (local.get 0) (i32.const -1)))
  (func (export "store8") (param i32) (i32.store8 (local.get 0) (i32.const -1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   store64: trapped MemoryOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;=   store32: trapped MemoryOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;=   store16: trapped MemoryOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;=   store8: trapped MemoryOutOfBounds | gas 1000000 | high 19 | memory 1 e3b0c44298fc
;;=   store64: completed [] | gas 4 | high 19 | memory 1 8e3d7d664d57
