;;! about = "calls on one instance share its memory and globals, and each of them costs what the first did"
;;! [[run]]
;;! calls = ["push i32:65", "push i32:66", "push i32:67", "length"]
(module
  (memory 1)
  (global $length (mut i32) (i32.const 0))
  (func (export "push") (param i32)
    (i32.store8 (global.get $length) (local.get 0))
    (global.set $length (i32.add (global.get $length) (i32.const 1))))
  (func (export "length") (result i32) (global.get $length)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000000
;;=   push: completed [] | gas 8 | high 19 | memory 1 559aead08264 | globals i32:0x00000001
;;=   push: completed [] | gas 8 | high 19 | memory 1 38164fbd1760 | globals i32:0x00000002
;;=   push: completed [] | gas 8 | high 19 | memory 1 b5d4045c3f46 | globals i32:0x00000003
;;=   length: completed [i32:0x00000003] | gas 2 | high 17 | memory 1 b5d4045c3f46 | globals i32:0x00000003
