;;! about = "memory.copy checks source and destination as a whole before it writes a byte"
;;! [[run]]
;;! calls = ["copy i32:65536 i32:0 i32:0", "copy i32:0 i32:65536 i32:0", "copy i32:65533 i32:0 i32:3", "copy i32:65534 i32:0 i32:3", "copy i32:10 i32:65534 i32:3", "copy i32:65537 i32:0 i32:0", "copy i32:0 i32:65537 i32:0"]
(module
  (memory 1)
  (data (i32.const 0) "abc")
  (func (export "copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 ba7816bf8f01
;;=   copy: completed [] | gas 5 | high 22 | memory 1 ba7816bf8f01
;;=   copy: completed [] | gas 5 | high 22 | memory 1 ba7816bf8f01
;;=   copy: completed [] | gas 8 | high 22 | memory 1 0a3a1e575229
;;=   copy: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 0a3a1e575229
;;=   copy: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 0a3a1e575229
;;=   copy: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 0a3a1e575229
;;=   copy: trapped MemoryOutOfBounds | gas 1000000 | high 22 | memory 1 0a3a1e575229
