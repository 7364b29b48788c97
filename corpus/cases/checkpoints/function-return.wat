;;! about = "returning from a callee is no checkpoint: the caller goes on beyond the limit and traps as itself"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 2
;;! [[run]]
;;! calls = ["again"]
;;! gas = 2
(module
  (global $g (mut i32) (i32.const 0))
  (func $callee
    (global.set $g (i32.add (i32.const 1) (i32.const 2))))
  (func (export "run")
    (call $callee)
    unreachable)
  (func (export "again")
    (call $callee)
    (call $callee)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | globals i32:0x00000000
;;=   run: trapped Unreachable | gas 2 | high 34 | globals i32:0x00000003
;;= run 1
;;=   start: completed [] | gas 1 | high 0 | globals i32:0x00000000
;;=   again: trapped OutOfGas | gas 2 | high 34 | globals i32:0x00000003
