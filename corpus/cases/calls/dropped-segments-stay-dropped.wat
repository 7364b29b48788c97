;;! about = "a segment that one call dropped is empty for the next, and what one call grew the next can use"
;;! [[run]]
;;! calls = ["take", "drop", "take", "grow", "use"]
(module
  (memory 1)
  (data $d "z")
  (func (export "take") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "drop") (data.drop $d))
  (func (export "grow") (drop (memory.grow (i32.const 1))))
  (func (export "use") (i32.store8 (i32.const 65536) (i32.const 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   take: completed [] | gas 6 | high 19 | memory 1 594e519ae499
;;=   drop: completed [] | gas 2 | high 16 | memory 1 594e519ae499
;;=   take: trapped MemoryOutOfBounds | gas 1000000 | high 19 | memory 1 594e519ae499
;;=   grow: completed [] | gas 131 | high 17 | memory 2 594e519ae499
;;=   use: completed [] | gas 4 | high 18 | memory 2 ae5923210487
