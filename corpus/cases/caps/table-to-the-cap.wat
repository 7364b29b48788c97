;;! about = "an undeclared maximum of a table is the profile's 65,536 elements; a refused growth is charged all the same"
;;! [[run]]
;;! calls = ["grow i32:65536", "grow i32:65535", "grow i32:1", "grow i32:0"]
(module
  (table 1 externref)
  (func (export "grow") (param i32) (result i32) (table.grow (ref.null extern) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 1 6e340b9cffb3
;;=   grow: completed [i32:0xffffffff] | gas 65540 | high 19 | table 1 6e340b9cffb3
;;=   grow: completed [i32:0x00000001] | gas 65539 | high 19 | table 65536 de2f256064a0
;;=   grow: completed [i32:0xffffffff] | gas 5 | high 19 | table 65536 de2f256064a0
;;=   grow: completed [i32:0x00010000] | gas 4 | high 19 | table 65536 de2f256064a0
