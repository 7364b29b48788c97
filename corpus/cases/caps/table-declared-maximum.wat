;;! about = "a table's declared maximum below the cap holds, and one above is lowered"
;;! [[run]]
;;! calls = ["small i32:3", "small i32:2", "large i32:65536"]
(module
  (table $small 1 3 externref)
  (table $large 1 4294967295 externref)
  (func (export "small") (param i32) (result i32) (table.grow $small (ref.null extern) (local.get 0)))
  (func (export "large") (param i32) (result i32) (table.grow $large (ref.null extern) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 1 6e340b9cffb3 | table 1 6e340b9cffb3
;;=   small: completed [i32:0xffffffff] | gas 7 | high 19 | table 1 6e340b9cffb3 | table 1 6e340b9cffb3
;;=   small: completed [i32:0x00000001] | gas 6 | high 19 | table 3 709e80c88487 | table 1 6e340b9cffb3
;;=   large: completed [i32:0xffffffff] | gas 65540 | high 19 | table 3 709e80c88487 | table 1 6e340b9cffb3
