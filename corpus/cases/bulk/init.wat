;;! about = "memory.init copies part of a passive segment, within the segment and within the memory"
;;! [[run]]
;;! calls = ["init i32:0 i32:1 i32:3", "init i32:65536 i32:5 i32:0", "init i32:0 i32:5 i32:1", "init i32:0 i32:6 i32:0", "init i32:65534 i32:0 i32:3", "init i32:65533 i32:0 i32:3"]
(module
  (memory 1)
  (data $d "abcde")
  (func (export "init") (param i32 i32 i32)
    (memory.init $d (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   init: completed [] | gas 8 | high 22 | memory 1 a6b0f90d2ac2
;;=   init: completed [] | gas 5 | high 22 | memory 1 a6b0f90d2ac2
;;=   init: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 a6b0f90d2ac2
;;=   init: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 a6b0f90d2ac2
;;=   init: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 a6b0f90d2ac2
;;=   init: completed [] | gas 8 | high 22 | memory 1 6bcf2f9d6968
