;;! about = "table.grow fills with its reference, returns the size before, and costs one and one per element"
;;! [[run]]
;;! calls = ["grow externref:5 i32:2", "grow externref:6 i32:0", "grow externref:null i32:1", "size"]
(module
  (table 1 externref)
  (func (export "grow") (param externref i32) (result i32) (table.grow (local.get 0) (local.get 1)))
  (func (export "size") (result i32) (table.size)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 1 6e340b9cffb3
;;=   grow: completed [i32:0x00000001] | gas 6 | high 20 | table 3 efa69dd805ca
;;=   grow: completed [i32:0x00000003] | gas 4 | high 20 | table 3 efa69dd805ca
;;=   grow: completed [i32:0x00000003] | gas 5 | high 20 | table 4 5255f6fd0381
;;=   size: completed [i32:0x00000004] | gas 2 | high 17 | table 4 5255f6fd0381
