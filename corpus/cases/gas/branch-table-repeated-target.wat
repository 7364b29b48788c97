;;! about = "a br_table whose targets are all one label costs what one with a single target does"
;;! [[run]]
;;! calls = ["same i32:0", "same i32:2", "only i32:7"]
(module
  (func (export "same") (param i32) (result i32)
    (block (result i32)
      (br_table 0 0 0 (i32.const 5) (local.get 0))))
  (func (export "only") (param i32) (result i32)
    (block (result i32)
      (br_table 0 (i32.const 6) (local.get 0)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   same: completed [i32:0x00000005] | gas 4 | high 19
;;=   same: completed [i32:0x00000005] | gas 4 | high 19
;;=   only: completed [i32:0x00000006] | gas 4 | high 19
