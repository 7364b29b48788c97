;;! about = "a fill may end at the end of the memory, be empty at its end, and neither beyond; out of bounds writes nothing"
;;! [[run]]
;;! calls = ["fill i32:65536 i32:1 i32:0", "fill i32:65535 i32:2 i32:1", "fill i32:65537 i32:3 i32:0", "fill i32:65535 i32:4 i32:2", "fill i32:-1 i32:5 i32:1"]
(module
  (memory 1)
  (func (export "fill") (param i32 i32 i32)
    (memory.fill (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   fill: completed [] | gas 5 | high 22 | memory 1 e3b0c44298fc
;;=   fill: completed [] | gas 6 | high 22 | memory 1 dcfc1a41f9d3
;;=   fill: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 dcfc1a41f9d3
;;=   fill: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 dcfc1a41f9d3
;;=   fill: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 dcfc1a41f9d3
