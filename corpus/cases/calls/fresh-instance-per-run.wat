;;! about = "each run has an instance of its own: what one leaves behind the next does not find"
;;! [[run]]
;;! calls = ["next", "next"]
;;! [[run]]
;;! calls = ["next"]
(module
  (global $n (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | globals i32:0x00000000
;;=   next: completed [i32:0x00000001] | gas 6 | high 18 | globals i32:0x00000001
;;=   next: completed [i32:0x00000002] | gas 6 | high 18 | globals i32:0x00000002
;;= run 1
;;=   start: completed [] | gas 1 | high 0 | globals i32:0x00000000
;;=   next: completed [i32:0x00000001] | gas 6 | high 18 | globals i32:0x00000001
