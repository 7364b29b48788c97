;;! about = "memory.fill costs one and one per byte, and writes the low byte of its value"
;;! [[run]]
;;! calls = ["fill i32:10 i32:0 i32:0", "fill i32:10 i32:0x1ff i32:1", "fill i32:20 i32:7 i32:100"]
(module
  (memory 1)
  (func (export "fill") (param i32 i32 i32)
    (memory.fill (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   fill: completed [] | gas 5 | high 22 | memory 1 e3b0c44298fc
;;=   fill: completed [] | gas 6 | high 22 | memory 1 e05cbdef7de4
;;=   fill: completed [] | gas 105 | high 22 | memory 1 97fe40ddfe71
