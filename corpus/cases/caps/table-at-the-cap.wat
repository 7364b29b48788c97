;;! about = "a table may begin with as many elements as the cap allows"
;;! [[run]]
;;! calls = ["size", "grow"]
(module
  (table 65536 funcref)
  (func (export "size") (result i32) (table.size))
  (func (export "grow") (result i32) (table.grow (ref.null func) (i32.const 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 65536 de2f256064a0
;;=   size: completed [i32:0x00010000] | gas 2 | high 17 | table 65536 de2f256064a0
;;=   grow: completed [i32:0xffffffff] | gas 5 | high 18 | table 65536 de2f256064a0
