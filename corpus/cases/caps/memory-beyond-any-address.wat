;;! about = "asking for more pages than addresses exist is refused, for 128 a page if that can be paid"
;;! [[run]]
;;! calls = ["grow i32:65536", "grow i32:100000"]
;;! gas = 20000000
(module
  (memory 1)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 8388611 | high 18 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 12800003 | high 18 | memory 1 e3b0c44298fc
