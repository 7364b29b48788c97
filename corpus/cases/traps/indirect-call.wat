;;! about = "an indirect call traps by its index, then a null, then the signature; equal types of other numbers are the same signature"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:1", "call i32:2", "call i32:3", "call i32:4", "call i32:-1"]
(module
  (type $a (func (param i32) (result i32)))
  (type $b (func (param i32) (result i32)))
  (type $c (func (param i64) (result i32)))
  (table 4 funcref)
  (elem (i32.const 0) $f $g $h)
  (func $f (type $a) (i32.const 10))
  (func $g (type $b) (i32.const 20))
  (func $h (type $c) (i32.const 30))
  (func (export "call") (param i32) (result i32)
    (call_indirect (type $a) (i32.const 5) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | table 4 02dfeec8fc94
;;=   call: completed [i32:0x0000000a] | gas 6 | high 37 | table 4 02dfeec8fc94
;;=   call: completed [i32:0x00000014] | gas 6 | high 37 | table 4 02dfeec8fc94
;;=   call: trapped BadSignature | gas 1000000 | high 19 | table 4 02dfeec8fc94
;;=   call: trapped IndirectCallToNull | gas 1000000 | high 19 | table 4 02dfeec8fc94
;;=   call: trapped TableOutOfBounds | gas 1000000 | high 19 | table 4 02dfeec8fc94
;;=   call: trapped TableOutOfBounds | gas 1000000 | high 19 | table 4 02dfeec8fc94
