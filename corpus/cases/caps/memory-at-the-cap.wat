;;! about = "a memory may begin with as many pages as the cap allows, and then grows no more"
;;! [[run]]
;;! calls = ["grow", "touch"]
(module
  (memory 256)
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "touch") (i32.store8 (i32.const 16777215) (i32.const 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 256 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 131 | high 17 | memory 256 e3b0c44298fc
;;=   touch: completed [] | gas 4 | high 18 | memory 256 5d8ccae0249f
