;;! about = "globals may be exported, mutable ones too, under several names"
;;! [[run]]
;;! calls = ["next", "next"]
(module
  (global $n (export "n") (export "count") (mut i64) (i64.const 5))
  (global (export "limit") i32 (i32.const 100))
  (func (export "next") (result i64)
    (global.set $n (i64.add (global.get $n) (i64.const 1))) (global.get $n)))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | globals i64:0x0000000000000005 i32:0x00000064
;;=   next: completed [i64:0x0000000000000006] | gas 6 | high 18 | globals i64:0x0000000000000006 i32:0x00000064
;;=   next: completed [i64:0x0000000000000007] | gas 6 | high 18 | globals i64:0x0000000000000007 i32:0x00000064
