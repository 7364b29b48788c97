;;! about = "a declared maximum below the cap holds; one above it is lowered to the cap"
;;! [[run]]
;;! calls = ["grow i32:3", "grow i32:2", "grow i32:1"]
(module
  (memory 1 3)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 387 | high 18 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0x00000001] | gas 259 | high 18 | memory 3 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 131 | high 18 | memory 3 e3b0c44298fc
