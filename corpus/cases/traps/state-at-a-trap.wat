;;! about = "what was done before a trap stays done"
;;! [[run]]
;;! calls = ["run", "read"]
(module
  (memory 1)
  (table 2 externref)
  (global $g (mut i64) (i64.const 0))
  (func (export "run")
    (global.set $g (i64.const 7))
    (i32.store16 (i32.const 2) (i32.const 0x1234))
    (drop (memory.grow (i32.const 1)))
    (drop (table.grow (ref.null extern) (i32.const 1)))
    (i32.store (i32.const 131070) (i32.const 5))
    (global.set $g (i64.const 9)))
  (func (export "read") (result i64) (global.get $g)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | globals i64:0x0000000000000000 | table 2 96a296d224f2
;;=   run: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 2 437c346c0684 | globals i64:0x0000000000000007 | table 3 709e80c88487
;;=   read: completed [i64:0x0000000000000007] | gas 2 | high 17 | memory 2 437c346c0684 | globals i64:0x0000000000000007 | table 3 709e80c88487
