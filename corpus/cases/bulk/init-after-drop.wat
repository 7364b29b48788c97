;;! about = "a dropped data segment is empty: nothing can still be taken from it, something traps, dropping again does nothing"
;;! [[run]]
;;! calls = ["init i32:2", "drop", "init i32:0", "init i32:1", "drop"]
(module
  (memory 1)
  (data $d "abc")
  (func (export "init") (param i32)
    (memory.init $d (i32.const 0) (i32.const 0) (local.get 0)))
  (func (export "drop") (data.drop $d)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   init: completed [] | gas 7 | high 20 | memory 1 fb8e20fc2e4c
;;=   drop: completed [] | gas 2 | high 16 | memory 1 fb8e20fc2e4c
;;=   init: completed [] | gas 5 | high 20 | memory 1 fb8e20fc2e4c
;;=   init: trapped MemoryOutOfBounds | gas 1000000 | high 20 | memory 1 fb8e20fc2e4c
;;=   drop: completed [] | gas 2 | high 16 | memory 1 fb8e20fc2e4c
