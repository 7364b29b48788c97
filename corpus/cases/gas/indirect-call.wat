;;! about = "a call_indirect costs one, its index one, and the callee's entry one"
;;! [[run]]
;;! calls = ["run i32:0", "run i32:1"]
(module
  (type $t (func (result i32)))
  (table funcref (elem $short $long))
  (func $short (result i32) (i32.const 1))
  (func $long (result i32) (i32.add (i32.const 1) (i32.const 2)))
  (func (export "run") (param i32) (result i32)
    (call_indirect (type $t) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | table 2 5c1de681576e
;;=   run: completed [i32:0x00000001] | gas 5 | high 35 | table 2 5c1de681576e
;;=   run: completed [i32:0x00000003] | gas 7 | high 36 | table 2 5c1de681576e
