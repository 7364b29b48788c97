;;! about = "a start function that traps leaves an instance that can be looked at and on which nothing is called"
;;! [[run]]
;;! calls = ["never"]
(module
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func (export "never"))
  (func $start
    (global.set $g (i32.const 1))
    (i32.store8 (i32.const 3) (i32.const 9))
    unreachable)
  (start $start))
;;= run 0
;;=   start: trapped Unreachable | gas 1000000 | high 18 | memory 1 3b28a6c3766c | globals i32:0x00000001
