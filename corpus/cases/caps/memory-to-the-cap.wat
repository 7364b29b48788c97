;;! about = "an undeclared maximum is the profile's 256 pages; growing beyond it is refused and charged all the same"
;;! [[run]]
;;! calls = ["grow i32:0", "grow i32:256", "grow i32:255", "grow i32:1", "grow i32:0", "size"]
(module
  (memory 1)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0x00000001] | gas 3 | high 18 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 32771 | high 18 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0x00000001] | gas 32643 | high 18 | memory 256 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 131 | high 18 | memory 256 e3b0c44298fc
;;=   grow: completed [i32:0x00000100] | gas 3 | high 18 | memory 256 e3b0c44298fc
;;=   size: completed [i32:0x00000100] | gas 2 | high 17 | memory 256 e3b0c44298fc
