;;! about = "a declared maximum of 65,536 pages promises nothing beyond the cap"
;;! [[run]]
;;! calls = ["grow i32:256", "grow i32:255"]
(module
  (memory 1 65536)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0xffffffff] | gas 32771 | high 18 | memory 1 e3b0c44298fc
;;=   grow: completed [i32:0x00000001] | gas 32643 | high 18 | memory 256 e3b0c44298fc
