;;! about = "a memory of no pages has no byte to load, but the empty fill at its start is within it"
;;! [[run]]
;;! calls = ["load", "fill i32:0", "fill i32:1"]
(module
  (memory 0)
  (func (export "load") (result i32) (i32.load8_u (i32.const 0)))
  (func (export "fill") (param i32) (memory.fill (local.get 0) (i32.const 0) (i32.const 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 0 e3b0c44298fc
;;=   load: trapped MemoryOutOfBounds | gas 1000000 | high 17 | memory 0 e3b0c44298fc
;;=   fill: completed [] | gas 5 | high 20 | memory 0 e3b0c44298fc
;;=   fill: trapped MemoryOutOfBounds | gas 1000000 | high 20 | memory 0 e3b0c44298fc
